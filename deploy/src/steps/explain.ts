import { DeployError } from './failure.js';
import type { Paint } from './paint.js';
import { StepFailure } from './runner.js';

/** The text that an operator reads when a plan or a command has failed: what, why, where, what to try. */
export function explain(error: unknown, paint: Paint): string {
  const step = error instanceof StepFailure ? error.step : undefined;
  const report = DeployError.reportOf(error instanceof StepFailure ? error.cause : error);
  const tryThis = report.tryThis ?? step?.tryThis;
  const lines = [paint.red(step ? `${step.title} failed: ${report.what}.` : `${report.what}.`)];
  if (report.why) lines.push(`Why:    ${report.why}`);
  if (report.log) {
    lines.push(
      `Where:  ${report.log.file}`,
      ...report.log.lines.map((line) => paint.dim(`        │ ${line}`)),
    );
  }
  if (tryThis) lines.push(`Try:    ${tryThis}`);
  return lines.join('\n');
}

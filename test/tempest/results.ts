/** How one test, or the set-up of one class, has ended. */
export interface TestResult {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Zero where Tempest tells none. */
  readonly seconds: number;
  /** Why it was skipped, or what Tempest has to say of the failure. */
  readonly detail: string;
}

const line =
  /^\{\d+\} (?<name>.+?) (?:\[(?<seconds>[\d.]+)s\] )?\.\.\. (?<word>ok|FAILED|SKIPPED)(?:: (?<reason>.*))?$/;

const outcomes = { ok: 'passed', FAILED: 'failed', SKIPPED: 'skipped' } as const;

/** Reads what `tempest run` prints, line by line; what follows a failure is its detail. */
export class ResultReader {
  readonly #results: { -readonly [K in keyof TestResult]: TestResult[K] }[] = [];
  #ended = false;

  read(text: string): TestResult | undefined {
    const groups = line.exec(text)?.groups;
    const word = groups?.['word'];
    if (groups === undefined || (word !== 'ok' && word !== 'FAILED' && word !== 'SKIPPED')) {
      this.#addDetail(text);
      return undefined;
    }
    const result = {
      name: groups['name'] ?? '',
      outcome: outcomes[word],
      seconds: Number(groups['seconds'] ?? 0),
      detail: groups['reason'] ?? '',
    };
    this.#results.push(result);
    return result;
  }

  get results(): readonly TestResult[] {
    return this.#results;
  }

  #addDetail(text: string): void {
    if (text.startsWith('======')) this.#ended = true; // the totals
    const last = this.#results.at(-1);
    if (!this.#ended && last?.outcome === 'failed') last.detail += `${text}\n`;
  }
}

/** A failure's last line that says something: the exception. */
export function exceptionOf({ detail }: TestResult): string {
  const lines = detail
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '' && !/^~+$/.test(text));
  const exception = lines.find((text) =>
    /^[\w.]+(Exception|Error|Timeout|Mismatch\w*|NotFound|Fault|Request)\b/.test(text),
  );
  return exception ?? lines.at(-1) ?? 'no reason was given';
}

/** Writes a line for whoever watches the run. */
export const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Writes how a test has ended. */
export function show({ name, outcome, seconds, detail }: TestResult): void {
  const mark = { passed: '✓', failed: '✗', skipped: '–' }[outcome];
  print(`${mark} ${name}${outcome === 'skipped' ? `: ${detail}` : ` (${seconds.toFixed(1)} s)`}`);
}

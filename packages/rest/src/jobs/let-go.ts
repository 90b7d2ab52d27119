import { PowerVMError } from '../errors/error.js';
import { type JobObservation, publish } from '../observe/channels.js';
import type { Connection } from '../session/connection.js';
import type { Deadline } from '../time/deadline.js';
import { askToCancel, deleteJob, poll } from './job-requests.js';
import { isOver, type JobReport } from './job-response.js';

/**
 * What becomes of a running job when its caller gives up.
 *
 * - `stop-waiting`: the job goes on; its record is deleted in the background once it has ended.
 * - `cancel`: the console is asked to cancel it, then the same. The console may not be able to.
 * - `abandon`: nothing more is sent. The job goes on and its record stays on the console.
 */
export type AbortStrategy = 'stop-waiting' | 'cancel' | 'abandon';

/** Sees a job to its end and deletes its record, in the background. */
export function letGo(
  connection: Connection,
  operation: string,
  report: JobReport,
  strategy: AbortStrategy,
): void {
  const observe = (step: JobObservation['step'], error?: unknown) =>
    publish('powervm.rest.job', {
      ...{ origin: connection.origin, id: report.id, operation, step },
      error: error === undefined ? undefined : PowerVMError.from(error).code,
    });
  if (strategy === 'abandon') {
    observe('left-behind');
    return;
  }
  void connection.inBackground(`see job ${report.id} off`, 0, async (deadline) => {
    try {
      if (strategy === 'cancel' && !isOver(report)) await cancel(connection, report, deadline, observe);
      await waitForEnd(connection, report, deadline);
      await deleteJob(connection, report.id, deadline);
      observe('deleted');
    } catch (error) {
      observe('left-behind', error);
    }
  });
}

async function cancel(
  connection: Connection,
  { id }: JobReport,
  deadline: Deadline,
  observe: (step: 'cancel-asked', error?: unknown) => void,
): Promise<void> {
  try {
    await askToCancel(connection, id, deadline);
    observe('cancel-asked');
  } catch (error) {
    observe('cancel-asked', error); // it may have ended meanwhile, or cannot be cancelled (protocol reference 4.1)
  }
}

/** A running job must not be deleted (protocol reference 4.1). */
async function waitForEnd(connection: Connection, report: JobReport, deadline: Deadline): Promise<void> {
  for (let current = report; !isOver(current); ) {
    await deadline.sleep(connection.timing.jobPollLongestMs);
    current = await poll(connection, report.id, deadline);
  }
}

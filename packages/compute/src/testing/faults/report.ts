/** What a campaign has done so far, and every promise that it saw broken. */
export class Report {
  /** Faults that hit, kills included. */
  faults = 0;
  /** Requests that a repeated run did not send any more, so that nothing could be injected. */
  missed = 0;
  /** Times that the operation was run. */
  operations = 0;
  /** Times that the system held something else than it should. */
  leaks = 0;
  readonly problems: string[] = [];

  /** Runs one trial; what it throws is a broken promise, and the campaign goes on. */
  async trial(where: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.problems.push(`${where}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  }
}

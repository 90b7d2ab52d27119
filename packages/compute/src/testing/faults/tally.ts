/** What the campaign of one process has done so far. */
export const tally = { faults: 0, operations: 0, leaks: 0 };

export function tallyLine(): string {
  return `${tally.faults} faults injected, ${tally.operations} operations run, ${tally.leaks} leaks found`;
}

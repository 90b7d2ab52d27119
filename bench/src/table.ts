import type { Measurement } from './task.js';

/** The head of the table for people. */
export function title(): string {
  const first = ['CPU ms', 'entries/s', 'peak RSS MB'];
  const columns = [...first, 'warm CPU ms', 'warm /entry', 'warm entries/s', 'peak RSS MB'];
  return line(['feed', 'mode', 'entries', ...columns]);
}

export function row(measured: Measurement): string {
  const { feed, mode, entries, first, warm, firstEntriesPerSecond, warmEntriesPerSecond, peakRssMb } =
    measured;
  const whole = [first.cpuMs, firstEntriesPerSecond, first.peakRssMb, warm.cpuMs].map((value) =>
    value.toFixed(0),
  );
  const rest = [(warm.cpuMs / entries).toFixed(3), warmEntriesPerSecond.toFixed(0), peakRssMb.toFixed(0)];
  return line([feed, mode, String(entries), ...whole, ...rest]);
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, index) => (index < 2 ? cell.padEnd(8) : cell.padStart(index === 2 ? 8 : 15)))
    .join('');
}

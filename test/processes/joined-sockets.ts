import type { Socket } from 'node:net';

/** Two ends of one line: when one of them closes, or breaks, so does the other. Both are in `open` until then. */
export function closeTogether(open: Set<Socket>, near: Socket, far: Socket): void {
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    open.add(one);
    one.on('error', () => {});
    one.on('close', () => {
      open.delete(one);
      other.destroy();
    });
  }
}

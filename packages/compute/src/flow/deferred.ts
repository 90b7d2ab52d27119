/** A promise with its handles outside. */
export interface Deferred<R> {
  readonly promise: Promise<R>;
  readonly resolve: (value: R) => void;
  readonly reject: (reason: unknown) => void;
}

export function deferred<R>(): Deferred<R> {
  let handles: Pick<Deferred<R>, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<R>((resolve, reject) => {
    handles = { resolve, reject };
  });
  if (!handles) throw new Error('a promise runs its executor at once');
  return { promise, ...handles };
}

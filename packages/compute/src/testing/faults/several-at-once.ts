/** Each trial has a system of its own and mostly waits. */
const trialsAtOnce = 4;

/** Works on all items, some at the same time; ends with the first error, when no work is under way any more. */
export async function severalAtOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  const workers = Array.from({ length: trialsAtOnce }, worker);
  await Promise.allSettled(workers);
  await Promise.all(workers);
}

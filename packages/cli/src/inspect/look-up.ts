import { exitStatus } from '../exit-status.js';
import { CommandFailure } from '../failure.js';

/** The one item that a key on the command line names; UUIDs are compared without regard to case. */
export async function theOne<Item>(
  items: AsyncIterable<Item>,
  key: string,
  noun: string,
  identifiersOf: (item: Item) => readonly (string | number | undefined)[],
): Promise<Item> {
  const wish = key.toUpperCase();
  const found: Item[] = [];
  for await (const item of items)
    if (identifiersOf(item).some((each) => String(each).toUpperCase() === wish)) found.push(item);
  const [item, ...others] = found;
  if (item === undefined)
    throw new CommandFailure(
      'PVM_OBJECT_UNKNOWN',
      `there is no ${noun} "${key}"`,
      'the list command shows what there is; with several systems, check --system',
      exitStatus.unknownObject,
    );
  if (others.length > 0)
    throw new CommandFailure(
      'PVM_OBJECT_AMBIGUOUS',
      `"${key}" fits ${found.length} of them`,
      `name the ${noun} by its UUID, or its system with --system`,
      exitStatus.unknownObject,
    );
  return item;
}

import type { ExtendedGroup } from '../schema/index.js';

/** The groups of a read; an empty list leaves the choice to the console, which may mean everything. */
export type Groups = readonly ExtendedGroup[];

/** The `group` parameter: `None` when not given, sorted and without repetition (protocol reference 2.10). */
export function groupQuery(groups: Groups = ['None']): string {
  return groups.length === 0 ? '' : `group=${[...new Set(groups)].sort().join(',')}`;
}

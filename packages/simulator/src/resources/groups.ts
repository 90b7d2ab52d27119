import { type ExtendedGroup, extendedGroups } from '@openstack-powervm/rest';
import type { Behaviour } from '../world/behaviour.js';
import { invalid } from '../world/refusal.js';
import type { GroupSet } from './resource-kind.js';

export const groupBehaviours: readonly Behaviour[] = [
  {
    id: 'groups.default',
    does: 'a request without group is answered like group=None, with the same ETag',
    assumed:
      'checklist item 3; the captured servers without a group answered everything (protocol reference 2.10)',
  },
  {
    id: 'groups.echo',
    does: 'SELF links echo the group query as it was sent',
    evidence: 'protocol reference 2.10: 22 captures',
  },
  {
    id: 'groups.unknown',
    does: 'an unknown group name is refused with 400',
    assumed: 'no capture',
  },
];

/** Reads `?group=A,B`; the comma may have arrived as %2C (protocol reference 1.9). */
export function groupsOf(query: URLSearchParams): GroupSet {
  const names = (query.get('group') ?? '').split(',').filter((name) => name !== '' && name !== 'None');
  const unknown = names.find((name) => !(extendedGroups as readonly string[]).includes(name));
  if (unknown !== undefined) throw invalid(`There is no extended attribute group ${unknown}.`);
  const all = names.includes('All');
  const key = all ? 'All' : [...new Set(names)].sort().join(',');
  return { key, has: (group: ExtendedGroup) => all || names.includes(group) };
}

/** The query that a SELF link carries. */
export function echoedQuery(query: URLSearchParams): string {
  const group = query.get('group');
  return group === null ? '' : `?group=${group}`;
}

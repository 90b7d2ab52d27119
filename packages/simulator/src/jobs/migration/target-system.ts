import type { ManagedSystem } from '../../world/managed-system.js';
import { systemMtms } from '../../world/managed-system.js';
import { conflict, invalid, notFound } from '../../world/refusal.js';
import type { JobRun } from '../job-kind.js';

/**
 * The system that a partition is to go to: one of this console's own, or one of a console that accepts this one's key
 * (protocol reference 3.21, 4.5). Throws a `Refusal`.
 */
export function targetSystem({ console, parameters }: JobRun): ManagedSystem {
  const name = parameters.get('TargetManagedSystemName');
  if (name === undefined) throw invalid('Parameter TargetManagedSystemName is missing.');
  const isMeant = (system: ManagedSystem): boolean => system.name === name || systemMtms(system) === name;
  const own = console.systems.find(isMeant);
  if (own !== undefined) return own;
  const address = parameters.get('TargetRemoteHMCIPAddress') ?? '';
  const user = parameters.get('TargetRemoteHMCUserID') ?? '';
  if (address === '' || user === '')
    throw notFound(
      `Console ${console.name} does not manage system ${name}: TargetRemoteHMCIPAddress and TargetRemoteHMCUserID must name the console that does.`,
    );
  for (const peer of console.peers()) {
    const system = peer.systems.find(isMeant);
    if (system === undefined) continue;
    if (!peer.authorizedKeys.some((key) => isSameKey(key, console.publicKey)))
      throw conflict(
        `User ${user} cannot log on to console ${address}: the key of ${console.name} is not among its authorized keys.`,
      );
    return system;
  }
  throw notFound(`Console ${address} does not manage a system ${name}.`);
}

/** Kind and key count, the comment behind them does not. */
const isSameKey = (left: string, right: string): boolean => withoutComment(left) === withoutComment(right);
const withoutComment = (key: string): string => key.trim().split(/\s+/).slice(0, 2).join(' ');

import type { Console } from '../console/console.js';
import { type ManagedSystem, systemMtms } from '../world/managed-system.js';
import { conflict, notFound } from '../world/refusal.js';

/** A system by its name or MTMS, and how to log on to the console that manages it. */
export interface PeerAddress {
  readonly name: string;
  readonly address: string;
  readonly user: string;
}

/**
 * A system of this console, or one of a console that accepts this one's key (protocol reference 3.21, 4.5). Throws a
 * `Refusal`.
 */
export function peerSystem(console: Console, { name, address, user }: PeerAddress): ManagedSystem {
  const isMeant = (system: ManagedSystem): boolean => system.name === name || systemMtms(system) === name;
  const own = console.systems.find(isMeant);
  if (own !== undefined) return own;
  if (address === '' || user === '')
    throw notFound(
      `Console ${console.name} does not manage system ${name}: address and user must name the console that does.`,
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

import type { ManagedSystem } from '../managed-system.js';
import type { VirtualIOServer } from '../vios.js';
import type { HostRequest } from './migration-plan.js';

/** VIOSes of the target that can make adapters, or the one that was asked for. */
export function candidateVioses(target: ManagedSystem, request: HostRequest | undefined): VirtualIOServer[] {
  return [...target.vioses]
    .filter(
      ({ state, rmc, isManagement }) =>
        state === 'running' && (isManagement || rmc === 'active' || rmc === 'busy'),
    )
    .filter(
      ({ name, id }) =>
        (request?.viosName === undefined || request.viosName === name) &&
        (request?.viosId === undefined || request.viosId === id),
    )
    .toSorted((left, right) => left.id - right.id);
}

/** What one source VIOS served stays together, and two source VIOSes stay apart where that is possible. */
export class Spread {
  readonly #partner = new Map<VirtualIOServer, VirtualIOServer>();

  choose(source: VirtualIOServer, candidates: readonly VirtualIOServer[]): VirtualIOServer | undefined {
    const partner = this.#partner.get(source);
    const taken = new Set(this.#partner.values());
    const chosen =
      candidates.find((vios) => vios === partner) ??
      candidates.find((vios) => !taken.has(vios)) ??
      candidates[0];
    if (chosen !== undefined) this.#partner.set(source, chosen);
    return chosen;
  }
}

/** IBM's documentation: slots of server adapters are preserved where possible. */
export const sameSlot = (vios: VirtualIOServer, wanted: number): number | undefined =>
  wanted < vios.slots.limit && !vios.slots.has(wanted) ? wanted : undefined;

/** Entries for slots in which the partition has no such adapter. */
export function unknownSlots(
  what: string,
  requests: readonly HostRequest[],
  slots: readonly number[],
): string[] {
  return requests
    .filter(({ clientSlot }) => !slots.includes(clientSlot))
    .map(({ clientSlot }) => `The partition has no virtual ${what} adapter in slot ${clientSlot}.`);
}

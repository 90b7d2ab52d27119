import { type Session, VirtualIOServer } from '@openstack-powervm/rest';
import type { Clock } from '../clock.js';
import { DriverError, sentenceOf } from '../errors/index.js';
import type { CallOptions } from '../flow/index.js';
import type { Log } from '../log.js';
import { isActiveVios, isComing, type ViosFacts, viosFactsOf, waitLimitSeconds } from './vios-facts.js';

/** How long the list may serve without an event having told of a change. */
const freshMs = 60_000;
const pollMs = 5_000;

/** The Virtual I/O Servers of the host. The list is read again when an event says so, or after a minute. */
export class VirtualIOServers {
  readonly #session: Session;
  readonly #clock: Clock;
  #known: { readonly vioses: readonly ViosFacts[]; readonly readAt: number } | undefined;

  constructor(session: Session, clock: Clock) {
    this.#session = session;
    this.#clock = clock;
  }

  /** Something about a VIOS has changed. */
  forget(): void {
    this.#known = undefined;
  }

  /** All of them, the management partition first (TX-3). */
  async all(call: CallOptions): Promise<readonly ViosFacts[]> {
    const now = this.#clock.now();
    if (this.#known && now - this.#known.readAt < freshMs) return this.#known.vioses;
    const entities = await this.#session.list(VirtualIOServer, call);
    const vioses = entities.map(viosFactsOf).sort(managementFirst);
    this.#known = { vioses, readAt: now };
    return vioses;
  }

  /** Those that can be worked with. None is an error of its own (TX-3, L-4). */
  async active(call: CallOptions): Promise<readonly ViosFacts[]> {
    const all = await this.all(call);
    const active = all.filter(isActiveVios);
    if (active.length > 0) return active;
    this.forget();
    throw noActiveVios(all);
  }

  /**
   * Waits at start until every VIOS that is powered on is reachable: cleaning up evacuated instances follows, and
   * would leave mappings behind on one that is not (INIT-4, L-1). `limitSeconds` null means the automatic limit.
   */
  async waitUntilReady(limitSeconds: number | null, log: Log, call: CallOptions): Promise<void> {
    const started = this.#clock.now();
    for (;;) {
      const vioses = await this.#readForWait(log, call);
      const coming = vioses?.filter(isComing) ?? [];
      const ready = vioses?.some(isActiveVios) ?? false;
      if (ready && coming.length === 0) return;
      const limit = (limitSeconds ?? waitLimitSeconds(vioses ?? [])) * 1000;
      if (this.#clock.now() - started >= limit) return giveUp(vioses ?? [], coming, log);
      await this.#clock.sleep(pollMs, call.signal);
    }
  }

  /** A failed read is no reason to give up (INIT-4). */
  async #readForWait(log: Log, call: CallOptions): Promise<readonly ViosFacts[] | undefined> {
    this.forget();
    try {
      return await this.all(call);
    } catch (thrown) {
      call.signal?.throwIfAborted();
      log.warn(`Reading the Virtual I/O Servers failed, trying again: ${sentenceOf(thrown)}`);
      return undefined;
    }
  }
}

/** And always in the same order, so that a restart finds the same volume group first (TX-3, LVG-1). */
function managementFirst(a: ViosFacts, b: ViosFacts): number {
  return Number(b.isManagement) - Number(a.isManagement) || a.partitionId - b.partitionId;
}

function giveUp(vioses: readonly ViosFacts[], coming: readonly ViosFacts[], log: Log): void {
  if (!vioses.some(isActiveVios)) throw noActiveVios(vioses);
  const names = coming.map(({ name }) => name).join(', ');
  log.warn(`No RMC connection to ${names}; going on without. Check the network between NovaLink and VIOS`);
}

function noActiveVios(vioses: readonly ViosFacts[]): DriverError {
  const seen = vioses.map(({ name, state, rmcState }) => `${name} is ${state}, RMC ${rmcState}`);
  return new DriverError(
    'PVM_NO_ACTIVE_VIOS',
    `No Virtual I/O Server is running and reachable (${seen.join('; ') || 'there is none'}); ` +
      'start one and check its RMC connection',
  );
}

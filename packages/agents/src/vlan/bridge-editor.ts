import {
  ManagedSystem,
  NetworkBridge,
  PowerVMError,
  type Session,
  VirtualIOServer,
} from '@openstack-powervm/rest';
import { AgentError } from '../errors.js';
import { type Log, textOfError } from '../log.js';
import { pause, Serial } from '../waiting.js';
import { editBridge, readBridge, readOrphans } from './bridge-document.js';
import { type Bridge, bridgeOf, type Change, type OrphanTrunk, serves, type Topology } from './model.js';
import { type Plan, type PlanOptions, planEnsure, planRemove } from './plan.js';
import { retryDelay, TRIES } from './retry-delay.js';
import { stagesOf } from './stages.js';

export interface BridgeEditorOptions {
  readonly session: Session;
  /** UUID of the managed system. */
  readonly system: string;
  readonly spread: boolean;
  readonly log: Log;
}

/** Why VLANs could not be had, by VLAN. */
export type Refusals = ReadonlyMap<number, Error>;

/**
 * Brings VLANs to the bridges of one system and takes them off again. One change at a time: two plans made at once
 * would give the same room away twice (TX-9).
 */
export class BridgeEditor {
  readonly #options: BridgeEditorOptions;
  readonly #serial = new Serial();

  constructor(options: BridgeEditorOptions) {
    this.#options = options;
  }

  /** The bridges as they are now. */
  async bridges(signal: AbortSignal): Promise<Bridge[]> {
    const { session } = this.#options;
    const parent = this.#parent();
    const [bridges, vioses] = await Promise.all([
      session.list(NetworkBridge, { parent, signal }),
      session.list(VirtualIOServer, { parent, signal }),
    ]);
    const names = new Map(vioses.map(({ id, value }) => [id.toLowerCase(), value.partitionName ?? id]));
    return bridges.map((bridge) => readBridge(bridge, (uuid) => names.get(uuid.toLowerCase()) ?? uuid));
  }

  /**
   * Ensures that a bridge serves the VLANs (SEAA-5). A VLAN that cannot be had is among the refusals; the others
   * are served.
   *
   * @throws PowerVMError when the system cannot be read or changed at all
   */
  async ensure(
    bridge: string,
    vlans: ReadonlySet<number>,
    inUse: PlanOptions['inUse'],
    signal: AbortSignal,
  ): Promise<Refusals> {
    const { spread } = this.#options;
    return await this.#serial.run(async () => {
      const plan = (some: Iterable<number>) => (topology: Topology) =>
        planEnsure(topology, bridge, some, { spread, inUse });
      const served = (bridges: readonly Bridge[]) => {
        const found = bridgeOf({ bridges, orphans: [] }, bridge);
        return [...vlans].every((vlan) => serves(found, vlan));
      };
      try {
        return await this.#carryOut(plan(vlans), signal, served);
      } catch (error) {
        if (!isRefusal(error) || vlans.size === 1) throw error;
        return await this.#oneByOne(plan, vlans, signal);
      }
    });
  }

  /** Takes VLANs off a bridge as far as the platform lets them go (SEAA-8, SEAA-9). */
  async remove(bridge: string, vlans: readonly number[], signal: AbortSignal): Promise<void> {
    await this.#serial.run(() => this.#carryOut((topology) => planRemove(topology, bridge, vlans), signal));
  }

  /** The console refused all at once: the guilty VLAN must stand alone. */
  async #oneByOne(
    plan: (vlans: Iterable<number>) => (topology: Topology) => Plan,
    vlans: ReadonlySet<number>,
    signal: AbortSignal,
  ): Promise<Refusals> {
    const refusals = new Map<number, Error>();
    for (const vlan of vlans) {
      try {
        for (const [refused, error] of await this.#carryOut(plan([vlan]), signal))
          refusals.set(refused, error);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refusals.set(vlan, error);
      }
    }
    return refusals;
  }

  /**
   * Reads, plans and writes until it works (RETRY-3). `done` spares the reading of the VIOSes' trunks, the dear part,
   * when the bridges alone show that there is nothing to do.
   */
  async #carryOut(
    plan: (topology: Topology) => Plan,
    signal: AbortSignal,
    done?: (bridges: readonly Bridge[]) => boolean,
  ): Promise<Refusals> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const bridges = await this.bridges(signal);
        if (done?.(bridges)) return new Map();
        const made = plan({ bridges, orphans: await this.#orphans(signal) });
        for (const { bridge, changes } of stagesOf(made.changes)) await this.#write(bridge, changes, signal);
        return made.refused;
      } catch (error) {
        if (signal.aborted || attempt >= TRIES || !isPassing(error)) throw error;
        this.#options.log.debug('bridge edit starts over', { attempt, reason: textOfError(error) });
        await pause(retryDelay(attempt, Math.random()), signal);
      }
    }
  }

  async #write(bridge: string, changes: readonly Change[], signal: AbortSignal): Promise<void> {
    const { session, log } = this.#options;
    const { highSlots } = session.traits;
    await session.commit(NetworkBridge, bridge, ['None'], (value) => editBridge(value, changes, highSlots), {
      parent: this.#parent(),
      signal,
    });
    log.info('changed VLANs of a network bridge', { bridge, changes: changes.map(describe) });
  }

  async #orphans(signal: AbortSignal): Promise<OrphanTrunk[]> {
    const vioses = await this.#options.session.list(VirtualIOServer, {
      parent: this.#parent(),
      groups: ['ViosNetwork'],
      signal,
    });
    return vioses.flatMap(({ value }) => readOrphans(value));
  }

  #parent() {
    return { type: ManagedSystem, id: this.#options.system };
  }
}

/** The console understood and said no; another VLAN may still be had. */
function isRefusal(error: unknown): error is PowerVMError {
  return PowerVMError.is(error, 'PVM_REQUEST_REFUSED');
}

/** Whether the same edit may work on a fresh read. */
function isPassing(error: unknown): boolean {
  if (error instanceof AgentError) return error.code === 'AGENT_BRIDGE_CHANGED';
  return PowerVMError.is(error) && (error.grade === 'retry' || error.grade === 'reread');
}

function describe(change: Change): string {
  switch (change.kind) {
    case 'add-vlan':
      return `VLAN ${change.vlan} on trunk ${change.trunk}`;
    case 'add-trunk':
      return `VLAN ${change.vlan} on new trunk ${change.trunk}`;
    case 'remove-vlan':
      return `VLAN ${change.vlan} off trunk ${change.trunk}`;
    case 'remove-trunk':
      return `VLAN ${change.vlan} off, and with it trunk ${change.trunk}`;
    case 'move-pvid':
      return `trunk ${change.trunk} becomes ${change.to}`;
  }
}

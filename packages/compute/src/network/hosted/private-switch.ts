import {
  ClientNetworkAdapter,
  ManagedSystem,
  type Session,
  uuidOf,
  VirtualNetwork,
} from '@openstack-powervm/rest';
import type { NovaLinkDevices } from '../../devices/novalink-devices.js';
import { DriverError } from '../../errors/index.js';
import { type CallOptions, KeyedLock } from '../../flow/index.js';
import type { ManagedSystemReader } from '../../host/managed-system.js';
import { findNovaLink, type NovaLinkPartition } from '../../host/novalink-partition.js';
import type { SwitchFacts, VirtualSwitches } from '../../host/switches.js';
import type { VirtualIOServers } from '../../host/vioses.js';
import { isMissing } from '../../partition/partition.js';
import type { Partitions } from '../../partition/partitions.js';
import { freeVlan, lastVlan } from './free-vlan.js';
import { attributeFields, isTrunkOf, type TrunkAttributes, type TrunkEntity } from './trunk.js';

interface Parts {
  readonly session: Session;
  readonly system: ManagedSystemReader;
  readonly partitions: Partitions;
  readonly vioses: VirtualIOServers;
  readonly devices: NovaLinkDevices;
  readonly switches: VirtualSwitches;
  /** `pvm_vswitch_for_novalink_io` */
  readonly name: string;
}

/** The virtual switch between NovaLink and the partitions. Each VLAN on it connects two adapters. */
export class PrivateSwitch {
  readonly #parts: Parts;
  readonly #lock = new KeyedLock();
  #host: TrunkHost | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get name(): string {
    return this.#parts.name;
  }

  /** The switch, unless nothing has needed it yet. */
  find(call: CallOptions): Promise<SwitchFacts | undefined> {
    return this.#parts.switches.find(this.name, call);
  }

  /** Trunk adapters on this switch. */
  async trunks(call: CallOptions): Promise<readonly TrunkEntity[]> {
    const found = await this.find(call);
    if (!found) return [];
    const uuid = uuidOf(found.href) ?? '';
    const adapters = await this.#parts.session.list(ClientNetworkAdapter, {
      ...call,
      parent: await this.#trunkHost(call),
    });
    return adapters.filter((adapter) => isTrunkOf(adapter, uuid));
  }

  /**
   * Makes a trunk, by default on a VLAN that nobody else uses. One at a time: the next choice must see what this
   * one took (OVS-1).
   */
  async createTrunk(
    attributes: TrunkAttributes,
    call: CallOptions,
    vlan?: number,
  ): Promise<{ trunk: TrunkEntity; switchHref: string; vlan: number }> {
    const work = async () => {
      const { href: switchHref } = await this.#ensure(call);
      const chosen = vlan ?? (await this.#freeVlan(switchHref, call));
      const trunk = await this.#parts.session.create(
        ClientNetworkAdapter,
        {
          // The slots that NovaLink keeps for itself (protocol reference 3.9).
          useNextAvailableSlotID: true,
          portVLANID: chosen,
          taggedVLANSupported: false,
          associatedVirtualSwitch: [switchHref],
          trunkPriority: 1,
          ...attributeFields(attributes),
        },
        { ...call, parent: await this.#trunkHost(call) },
      );
      return { trunk, switchHref, vlan: chosen };
    };
    return this.#lock.run(this.name, work, call);
  }

  /** Writes the attributes again even when they are the same: NovaLink then makes the device anew (OVS-4). */
  async rewriteTrunk(trunk: TrunkEntity, attributes: TrunkAttributes, call: CallOptions): Promise<void> {
    const edit = (value: TrunkEntity['value']): void => {
      Object.assign(value, attributeFields(attributes));
    };
    await this.#parts.session.update(trunk, edit, call);
  }

  /** Deletes a trunk; one that is gone is no error. */
  async deleteTrunk({ id }: TrunkEntity, call: CallOptions): Promise<void> {
    try {
      const parent = await this.#trunkHost(call);
      await this.#parts.session.delete({ type: ClientNetworkAdapter, id, parent }, call);
    } catch (thrown) {
      if (!isMissing(thrown)) throw thrown;
    }
  }

  async #ensure(call: CallOptions): Promise<SwitchFacts> {
    const { switches, system } = this.#parts;
    const found = (await this.find(call)) ?? (await switches.create(this.name, call));
    if (found) return found;
    throw new DriverError(
      'PVM_VIF_PLUG_FAILED',
      `Virtual switch ${this.name} was made on ${system.lastFacts.name}, but is not listed`,
    );
  }

  /** The lowest VLAN without a virtual network and without a trunk (protocol reference 8.10). */
  async #freeVlan(switchHref: string, call: CallOptions): Promise<number> {
    const { session, system } = this.#parts;
    const parent = { type: ManagedSystem, id: system.id };
    const [networks, trunks] = await Promise.all([
      session.list(VirtualNetwork, { ...call, parent }),
      this.trunks(call),
    ]);
    const ours = networks.filter(({ value }) => uuidOf(value.associatedSwitch ?? '') === uuidOf(switchHref));
    const vlans = [
      ...ours.map(({ value }) => value.networkVLANID ?? 0),
      ...trunks.map(({ value }) => value.portVLANID ?? 0),
    ];
    const free = freeVlan(new Set(vlans));
    if (free !== undefined) return free;
    throw new DriverError(
      'PVM_VIF_PLUG_FAILED',
      `Virtual switch ${this.name} of ${system.lastFacts.name} has no VLAN left: all ${lastVlan} are in use; ` +
        'delete virtual networks of that switch that no adapter uses',
      { switch: this.name },
    );
  }

  async #trunkHost(call: CallOptions): Promise<TrunkHost> {
    this.#host ??= await trunkHost(this.#parts, call);
    return this.#host;
  }
}

/** What trunks are children of. */
type TrunkHost = { readonly type: NovaLinkPartition['type']; readonly id: string };

async function trunkHost(parts: Parts, call: CallOptions): Promise<TrunkHost> {
  const found = await findNovaLink(parts, call);
  if (found) return { type: found.type, id: found.uuid };
  throw new DriverError(
    'PVM_VIF_PLUG_FAILED',
    `${parts.system.lastFacts.name} has no NovaLink partition that could carry ports of Open vSwitch or a Linux bridge; ` +
      'use VIF type pvm_sea or pvm_sriov here',
  );
}

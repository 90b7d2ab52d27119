import { setTimeout as sleep } from 'node:timers/promises';
import type { AdapterSnapshot, Simulator } from '@openstack-powervm/simulator';
import { Namespace } from './namespace.js';

/** One connection: the trunk's device in NovaLink, and the guest at its other end. */
interface Cable {
  /** UUID of the trunk adapter; another trunk may come on the same VLAN. */
  readonly trunk: string;
  readonly device: string;
  readonly peer: string;
  guest: Namespace | undefined;
}

/**
 * What NovaLink's kernel and the hypervisor do on a real system: each trunk of NovaLink is a network device, and
 * what goes in there comes out at the client adapter of the same VLAN. Here a cable is a pair of veth devices, and
 * each guest a namespace, whose address is 192.0.2.VLAN if nothing else is said.
 */
export class TrunkDevices implements AsyncDisposable {
  readonly #simulator: Simulator;
  readonly #novalink: Namespace;
  readonly #addressOf: (client: AdapterSnapshot) => string;
  /** By VLAN. */
  readonly #cables = new Map<number, Cable>();
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #rebooting = false;

  private constructor(
    simulator: Simulator,
    novalink: Namespace,
    addressOf: (client: AdapterSnapshot) => string,
  ) {
    this.#simulator = simulator;
    this.#novalink = novalink;
    this.#addressOf = addressOf;
  }

  static follow(
    simulator: Simulator,
    novalink: Namespace,
    addressOf = ({ portVlan }: AdapterSnapshot) => TrunkDevices.addressOf(portVlan),
  ): TrunkDevices {
    const devices = new TrunkDevices(simulator, novalink, addressOf);
    devices.#running = devices.#follow();
    return devices;
  }

  static addressOf(vlan: number): string {
    return `192.0.2.${vlan}`;
  }

  /** The guest at the end of a VLAN's cable. */
  async guest(vlan: number): Promise<Namespace> {
    for (;;) {
      const guest = this.#cables.get(vlan)?.guest;
      if (guest) return guest;
      await Promise.race([sleep(20), this.#running]);
    }
  }

  /** Takes all devices away, as a boot of NovaLink does; they are made anew at once. */
  async reboot(): Promise<void> {
    this.#rebooting = true;
    while (this.#rebooting) await Promise.race([sleep(20), this.#running]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#running;
    for (const vlan of [...this.#cables.keys()]) await this.#unplug(vlan);
  }

  async #follow(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#update();
      await sleep(20);
    }
  }

  async #update(): Promise<void> {
    const partitions = this.#simulator.inspect().systems.flatMap((system) => system.partitions);
    const trunks = adaptersOf(partitions.filter(({ isManagement }) => isManagement)).filter(isHosted);
    const clients = adaptersOf(partitions.filter(({ isManagement }) => !isManagement));
    for (const [vlan, cable] of [...this.#cables])
      if (this.#rebooting || !trunks.some(({ uuid }) => uuid === cable.trunk)) await this.#unplug(vlan);
    this.#rebooting = false;
    for (const adapter of trunks) {
      const { portVlan, switch: parent } = adapter;
      const cable = this.#cables.get(portVlan) ?? (await this.#plug(adapter));
      const client = clients.find((each) => each.portVlan === portVlan && each.switch === parent);
      if (client && !cable.guest) cable.guest = await this.#connect(cable, client);
    }
  }

  async #plug({ uuid, portVlan: vlan, trunk }: AdapterSnapshot): Promise<Cable> {
    const device = trunk?.deviceName ?? '';
    const cable = { trunk: uuid, device, peer: `guest${vlan}`, guest: undefined };
    await this.#novalink.run('ip', 'link', 'add', device, 'type', 'veth', 'peer', 'name', cable.peer);
    await this.#novalink.run('ip', 'link', 'set', 'dev', device, 'up');
    this.#cables.set(vlan, cable);
    return cable;
  }

  async #connect({ peer }: Cable, client: AdapterSnapshot): Promise<Namespace> {
    const guest = await Namespace.make(peer);
    await this.#novalink.run('ip', 'link', 'set', 'dev', peer, 'netns', guest.name);
    const address = (client.mac.match(/../g) ?? []).join(':');
    await guest.run('ip', 'link', 'set', 'dev', peer, 'address', address, 'up');
    await guest.run('ip', 'address', 'add', `${this.#addressOf(client)}/24`, 'dev', peer);
    return guest;
  }

  async #unplug(vlan: number): Promise<void> {
    const cable = this.#cables.get(vlan);
    if (!cable) return;
    this.#cables.delete(vlan);
    await this.#novalink.run('ip', 'link', 'del', 'dev', cable.device);
    await cable.guest?.[Symbol.asyncDispose]();
  }
}

function adaptersOf(partitions: readonly { readonly adapters: readonly AdapterSnapshot[] }[]) {
  return partitions.flatMap(({ adapters }) => adapters);
}

function isHosted({ trunk }: AdapterSnapshot): boolean {
  return trunk?.deviceName !== undefined;
}

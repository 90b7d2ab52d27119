import {
  ClientNetworkAdapter,
  LogicalPartition,
  ManagedSystem,
  NetworkBridge,
  Session,
  VirtualIOServer,
  VirtualNICDedicated,
  VirtualSwitch,
} from '@openstack-powervm/rest';
import { defaultSite, type Simulator, type SiteInput, startSimulator } from '@openstack-powervm/simulator';
import type { Log, LogFields } from '../log.js';

type SystemChanges = Partial<SiteInput['systems'][number]>;

/** A simulated system with some partitions, and what Nova's driver would do to it. */
export class PowerSystem implements AsyncDisposable {
  private constructor(
    readonly simulator: Simulator,
    readonly session: Session,
    readonly uuid: string,
    readonly partitions: readonly string[],
  ) {}

  static async start(changes: SystemChanges = {}): Promise<PowerSystem> {
    const simulator = await startSimulator({ site: defaultSite({ partitions: { count: 4 }, ...changes }) });
    try {
      const session = await Session.open({
        endpoint: simulator.url,
        credentials: { kind: 'password', username: 'pvmadmin', password: 'pvmadmin-simulated' },
      });
      const [system] = await session.list(ManagedSystem);
      const partitions = await session.list(LogicalPartition);
      const clients = partitions.filter(({ value }) => !value.isManagementPartition).map(({ id }) => id);
      return new PowerSystem(simulator, session, system?.id ?? '', clients);
    } catch (error) {
      await simulator.close();
      throw error;
    }
  }

  partition(index: number): string {
    return this.partitions[index] ?? '';
  }

  /** Creates an adapter on a client partition; returns its reference. */
  async plug(index: number, mac: string, vlan: number, switchName = 'ETHERNET0'): Promise<string> {
    return this.#plug({ type: LogicalPartition, id: this.partition(index) }, mac, vlan, switchName);
  }

  /** Creates an adapter on the first VIOS, as for its own traffic. */
  async plugVios(mac: string, vlan: number): Promise<void> {
    const [vios] = await this.session.list(VirtualIOServer);
    await this.#plug({ type: VirtualIOServer, id: vios?.id ?? '' }, mac, vlan, 'ETHERNET0');
  }

  async #plug(
    owner: { readonly type: typeof LogicalPartition | typeof VirtualIOServer; readonly id: string },
    mac: string,
    vlan: number,
    switchName: string,
  ): Promise<string> {
    const parent = { type: ManagedSystem, id: this.uuid };
    const switches = await this.session.list(VirtualSwitch, { parent });
    const found = switches.find(({ value }) => value.switchName === switchName);
    const adapter = await this.session.create(
      ClientNetworkAdapter,
      {
        useNextAvailableHighSlotID: true,
        macAddress: mac,
        portVLANID: vlan,
        taggedVLANSupported: false,
        associatedVirtualSwitch: [`${this.session.endpoint}${found?.path ?? ''}`],
      },
      { parent: owner },
    );
    return `${this.session.endpoint}${adapter.path}`;
  }

  /** Creates a virtual NIC on a client partition, backed by one SR-IOV port; returns its reference. */
  async plugVnic(index: number, mac: string, vlan: number, physicalPortID = 0): Promise<string> {
    const [vios] = await this.session.list(VirtualIOServer);
    const device = {
      associatedVirtualIOServer: `${this.session.endpoint}${vios?.path.split('?')[0] ?? ''}`,
      relatedSRIOVAdapterID: 1,
      relatedSRIOVPhysicalPortID: physicalPortID,
    };
    const vnic = await this.session.create(
      VirtualNICDedicated,
      {
        useNextAvailableHighSlotID: true,
        details: { portVLANID: vlan, macAddress: mac },
        associatedBackingDevices: [{ virtualNICSRIOVBackingDevice: [device] }],
      },
      { parent: { type: LogicalPartition, id: this.partition(index) } },
    );
    return `${this.session.endpoint}${vnic.path}`;
  }

  async unplugVnic(index: number, href: string): Promise<void> {
    const id = /[^/]+$/.exec(href)?.[0] ?? '';
    const parent = { type: LogicalPartition, id: this.partition(index) };
    await this.session.delete({ type: VirtualNICDedicated, id, parent });
  }

  /** Labels a port of the first SR-IOV adapter, as an administrator would. */
  async labelPort(portId: number, label: string): Promise<void> {
    const system = await this.session.get(ManagedSystem, this.uuid);
    await this.session.update(system, ({ associatedSystemIOConfiguration: io }) => {
      const adapter = io?.sriovAdapters.at(0)?.sriovAdapter;
      const port = adapter?.ethernetPhysicalPorts.find(({ physicalPortID }) => physicalPortID === portId);
      if (port) port.label = label;
    });
  }

  async unplug(index: number, href: string): Promise<void> {
    const id = /[^/]+$/.exec(href)?.[0] ?? '';
    const parent = { type: LogicalPartition, id: this.partition(index) };
    await this.session.delete({ type: ClientNetworkAdapter, id, parent });
  }

  /** The event that the driver sends after plugging and unplugging (VIF-11). */
  async announce(action: string, mac: string, href: string, type = 'pvm_sea', more = {}): Promise<void> {
    const detail = JSON.stringify({ provider: 'NOVA_PVM_VIF', action, mac, type, ...more });
    await this.session.inject({ data: href, detail });
  }

  /** What the driver at the destination of a live migration sends (LMP-8). */
  async announceArrival(mac: string, type: string, segment: Record<string, unknown>): Promise<void> {
    const partition = '0c5a2f5e-9d1f-4b6e-8a39-6f1f0a3c9d11';
    const href = `${this.session.endpoint}/rest/api/uom/LogicalPartition/${partition}`;
    await this.announce('prepare', mac, href, type, segment);
  }

  /** The VLANs that the bridge on a switch serves now. */
  vlans(switchName = 'ETHERNET0'): readonly number[] {
    return this.#bridge(switchName)?.vlans ?? [];
  }

  bridgeId(switchName = 'ETHERNET0'): string {
    return this.#bridge(switchName)?.uuid ?? '';
  }

  /** Puts VLANs on a bridge by hand, as an administrator would: one additional trunk with this PVID. */
  async addTrunk(pvid: number, vlans: readonly number[]): Promise<void> {
    const parent = { type: ManagedSystem, id: this.uuid };
    await this.session.commit(
      NetworkBridge,
      this.bridgeId(),
      ['None'],
      ({ sharedEthernetAdapters }) => {
        for (const sea of sharedEthernetAdapters) {
          const primary = sea.trunkAdapters.at(0);
          sea.trunkAdapters.add({
            requiredAdapter: true,
            useNextAvailableHighSlotID: true,
            portVLANID: pvid,
            taggedVLANIDs: vlans.join(' '),
            taggedVLANSupported: true,
            associatedVirtualSwitch: primary?.associatedVirtualSwitch ?? [],
            virtualSwitchID: primary?.virtualSwitchID,
            trunkPriority: primary?.trunkPriority,
          });
        }
      },
      { parent },
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.session.close();
    await this.simulator.close();
  }

  /** By switch: the simulator lists objects in any order. */
  #bridge(switchName: string) {
    return this.simulator.inspect().systems[0]?.bridges.find((bridge) => bridge.switch === switchName);
  }
}

/** A log that tests can read. */
export class MemoryLog implements Log {
  readonly lines: string[] = [];

  debug(message: string, fields?: LogFields): void {
    this.#add('debug', message, fields);
  }
  info(message: string, fields?: LogFields): void {
    this.#add('info', message, fields);
  }
  warn(message: string, fields?: LogFields): void {
    this.#add('warn', message, fields);
  }
  error(message: string, fields?: LogFields): void {
    this.#add('error', message, fields);
  }

  /** The lines of one level, or all. */
  at(level: string): string[] {
    return this.lines.filter((line) => line.startsWith(level));
  }

  #add(level: string, message: string, fields: LogFields = {}): void {
    this.lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  }
}

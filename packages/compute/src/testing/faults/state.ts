import type { PartitionSnapshot } from '@openstack-powervm/simulator';
import type { FakeBridges } from '../bridges.js';
import type { Rig } from '../rig.js';
import type { FaultFlow } from './flow.js';

/** Between NovaLink and the ports of Open vSwitch. Networks of other switches belong to all servers, and stay. */
const privateSwitch = 'NovaLinkVEABridge';

/**
 * What an operation can change on the system and on NovaLink. Cached images stay on purpose, except where they are
 * the operation's subject, and descriptors of files are the REST client's own, see its tests.
 */
export async function stateOf(rig: Rig, bridges: FakeBridges, { subject }: Pick<FaultFlow, 'subject'>) {
  const { mappings, contents } = rig.inventory();
  const { clusters } = rig.simulator.inspect();
  const withImages = subject === 'images';
  return {
    partitions: rig.system.partitions.map(partitionLine).sort(),
    mappings,
    contents: contents.filter((content) => withImages || !content.includes(' i_')),
    units: clusters
      .flatMap(({ units }) => units.map(({ name }) => name))
      .filter((name) => withImages || !name.startsWith('image_'))
      .sort(),
    networks: rig.system.networks
      .filter((network) => network.switch === privateSwitch)
      .map(({ name }) => name)
      .sort(),
    bridgePorts: [...bridges.ports.keys()].sort(),
    devices: await rig.devices(),
  };
}

/** A trunk of NovaLink has a MAC address by chance, and is known by its device. */
function partitionLine({ name, state, memoryMb, processors, adapters, vnics }: PartitionSnapshot): string {
  const power = state === 'not activated' ? 'off' : 'on';
  const interfaces = [
    ...adapters.map(({ mac, trunk }) => trunk?.deviceName ?? mac),
    ...vnics.map(({ mac }) => mac),
  ];
  return `${name} ${power} ${memoryMb} MB ${processors.count} processors ${interfaces.sort()}`;
}

export type State = Awaited<ReturnType<typeof stateOf>>;

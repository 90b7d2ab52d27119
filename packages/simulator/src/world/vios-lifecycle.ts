import type { SiteVios } from '../site/site.js';
import type { Behaviour } from './behaviour.js';
import { buildPorts } from './build-fibre-channel.js';
import { added, deleted, modified } from './changes.js';
import { removeChannelsOf } from './fibre-channel-update.js';
import type { ManagedSystem } from './managed-system.js';
import { NumberPool } from './number-pool.js';
import { isOff, type Partition } from './partition.js';
import { buildPartition, type PartitionPlan } from './partition-lifecycle.js';
import { conflict } from './refusal.js';
import { Registry } from './registry.js';
import { updateMappings } from './scsi-update.js';
import type { VirtualIOServer } from './vios.js';
import type { World } from './world.js';

export const viosBehaviours: readonly Behaviour[] = [
  {
    id: 'vios.create',
    does: 'a VIOS that a client creates is off and has no disks, Ethernet or Fibre Channel ports: physical I/O cannot be assigned',
    assumed: 'the captures hold installed VIOSes only; I/O slots of the system are not simulated',
  },
  {
    id: 'vios.delete',
    does: 'a VIOS that is on, has a Shared Ethernet Adapter or belongs to a cluster cannot be deleted; its mappings go with it',
    assumed: 'no capture of a deletion',
  },
];

/** What a VIOS has besides what all partitions have. */
export type ViosEquipment = Pick<SiteVios, 'ethernetDevices' | 'fibreChannel'>;

export function createVios(world: World, system: ManagedSystem, plan: PartitionPlan): VirtualIOServer {
  const partition = buildPartition(world, system, plan);
  const vios = equipVios(world, partition, { ethernetDevices: 0, fibreChannel: [] });
  system.vioses.add(vios);
  added(world, vios);
  modified(world, system, 'Other');
  return vios;
}

/** Makes a VIOS of a partition; it is not part of the system yet. */
export function equipVios(world: World, partition: Partition, plan: ViosEquipment): VirtualIOServer {
  const { system, name, id } = partition;
  const ent = new NumberPool();
  const location = `U78D2.001.WZS${system.serial.slice(-4)}-P1-C${id}`;
  return {
    ...partition,
    kind: 'VirtualIOServer',
    operatingSystem: 'VIOS 3.1.4.10',
    volumeGroups: new Registry(world.random),
    physicalVolumes: [],
    backingObjects: [],
    scsiMappings: [],
    ethernetDevices: Array.from({ length: plan.ethernetDevices }, (_, port) => ({
      name: `ent${ent.next()}`,
      description: '4-Port Gigabit Ethernet PCI-Express Adapter (e414571614102004)',
      location: `${location}-T${port + 1}`,
    })),
    trunkAdapters: [],
    fibreChannelPorts: buildPorts(
      world.random.stream(`fibre-channel/${system.name}/${name}`),
      location.replace(/-C\d+$/, ''),
      plan.fibreChannel,
    ),
    fibreChannelMappings: [],
    deviceNumbers: {
      vhost: new NumberPool(),
      vtscsi: new NumberPool(),
      vtopt: new NumberPool(),
      ent,
      hdisk: new NumberPool(),
      vfchost: new NumberPool(),
    },
    cluster: undefined,
    moverServicePartition: true,
    iscsi: {
      initiator: `iqn.2026-11.example.powervm:${system.name}.${name}`.toLowerCase(),
      sessions: [],
    },
  };
}

/** Throws a `Refusal` while something depends on the VIOS. */
export function deleteVios(world: World, vios: VirtualIOServer): void {
  const { system, name } = vios;
  if (vios.isManagement) throw conflict(`The management partition ${name} cannot be deleted.`);
  if (!isOff(vios))
    throw conflict(`HSCL05DF VIOS ${name} is ${vios.state}; a partition must be off before it is deleted.`);
  if (vios.cluster !== undefined)
    throw conflict(`VIOS ${name} is a node of cluster ${vios.cluster.name} and cannot be deleted.`);
  if (vios.trunkAdapters.length > 0)
    throw conflict(`VIOS ${name} has Shared Ethernet Adapters and cannot be deleted.`);
  updateMappings(world, vios, []);
  removeChannelsOf(world, vios, () => true);
  system.vioses.delete(vios);
  deleted(world, vios);
  modified(world, system, 'Other');
}

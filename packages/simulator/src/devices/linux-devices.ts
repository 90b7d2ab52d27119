import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PartitionDisk, partitionDisks } from '../inspect/partition-disks.js';
import type { Behaviour } from '../world/behaviour.js';
import type { Change } from '../world/changes.js';
import type { AnyPartition } from '../world/partition.js';
import { linuxNumber } from '../world/scsi-mapping.js';
import { letters } from '../world/volume-name.js';
import type { World } from '../world/world.js';
import { BlockDevice, type DeviceContent } from './block-device.js';
import { HostedDevices } from './hosted-devices.js';
import { WrittenFile } from './written-file.js';

export const deviceBehaviours: readonly Behaviour[] = [
  {
    id: 'devices.scan',
    does: 'NovaLink sees a mapped disk only after a scan of the adapter it is behind, and the device stays until it is deleted',
    assumed: 'the strictest behaviour that Linux may show to a client',
  },
];

/** Links in /dev/disk/by-id end in so much of the UDID. */
const udidDigits = 32;

/** A virtual SCSI host of the partition. */
interface Bus {
  readonly directory: string;
  readonly scan: WrittenFile;
}

/**
 * The block devices of one partition's Linux, as files in a directory: what a program on NovaLink finds in `dev` and
 * `sys`, for one that runs beside the simulator instead.
 */
export class LinuxDevices {
  readonly #world: World;
  readonly #partition: AnyPartition;
  readonly #root: string;
  readonly #buses = new Map<number, Bus>();
  /** By UDID; undefined while the device is being made. */
  readonly #devices = new Map<string, BlockDevice | undefined>();
  /** What the partition hosts itself, when it is a VIOS. */
  readonly #hosted: HostedDevices | undefined;
  #named = 0;

  constructor(world: World, partition: AnyPartition, root: string) {
    this.#world = world;
    this.#partition = partition;
    this.#root = root;
    rmSync(root, { recursive: true, force: true });
    for (const directory of ['dev/disk/by-id', 'sys/block', 'sys/class/block', 'sys/devices/vio'])
      mkdirSync(join(root, directory), { recursive: true });
    writeIdentity(root, partition);
    if (partition.kind === 'VirtualIOServer') this.#hosted = new HostedDevices(world, partition, root);
    world.listeners.add(this.#changed);
    this.#syncBuses();
  }

  close(): void {
    this.#world.listeners.delete(this.#changed);
    for (const { scan } of this.#buses.values()) scan.close();
    for (const device of this.#devices.values()) device?.close();
  }

  /** An adapter is plugged and unplugged with the first and last mapping behind it. */
  readonly #changed = ({ detail, path, system }: Change): void => {
    if (system !== this.#partition.system) return;
    if (detail.includes('VirtualSCSIMappings')) this.#syncBuses();
    if (path.includes('/VolumeGroup/')) this.#hosted?.sync();
  };

  #syncBuses(): void {
    const slots = new Set(
      [...this.#partition.system.vioses].flatMap(({ scsiMappings }) =>
        scsiMappings.flatMap(({ adapters }) =>
          adapters.client === this.#partition ? [adapters.remoteSlot] : [],
        ),
      ),
    );
    for (const [slot, bus] of this.#buses)
      if (!slots.has(slot)) {
        bus.scan.close();
        rmSync(bus.directory, { recursive: true, force: true });
        this.#buses.delete(slot);
      }
    for (const slot of slots) if (!this.#buses.has(slot)) this.#buses.set(slot, this.#makeBus(slot));
  }

  #makeBus(slot: number): Bus {
    const directory = join(this.#root, 'sys/devices/vio', linuxNumber(slot));
    const host = `host${slot}`;
    const scan = new WrittenFile(join(directory, host, 'scsi_host', host, 'scan'), () => this.#scan(slot));
    return { directory, scan };
  }

  #scan(slot: number): void {
    for (const disk of partitionDisks(this.#world, this.#partition))
      if (disk.slot === slot && !this.#devices.has(disk.udid)) {
        this.#devices.set(disk.udid, undefined);
        void this.#show(disk).catch(() => this.#devices.delete(disk.udid));
      }
  }

  async #show({ udid, content }: PartitionDisk): Promise<void> {
    const name = this.#nextName();
    const links = [`dev/disk/by-id/scsi-SAIX_VDASD_${udid.slice(-udidDigits)}`];
    const device = await BlockDevice.create(this.#root, { name, links }, this.#contentOf(content), () =>
      this.#delete(udid),
    );
    this.#devices.set(udid, device);
  }

  /** Disks of its own keep their names. */
  #nextName(): string {
    const own = this.#partition.kind === 'VirtualIOServer' ? this.#partition.physicalVolumes : [];
    for (;;) {
      const name = `sd${letters(this.#named)}`;
      this.#named += 1;
      if (!own.some((volume) => volume.name === `/dev/${name}`)) return name;
    }
  }

  #contentOf(info: PartitionDisk['content']): DeviceContent {
    const { bytes } = this.#world;
    return {
      size: info?.sizeBytes ?? 0,
      read: () => (info ? bytes.read(info.key) : bytes.read('')),
    };
  }

  #delete(udid: string): void {
    this.#devices.get(udid)?.remove();
    this.#devices.delete(udid);
  }
}

/** What Linux tells a program of the partition that it runs on (protocol reference 8.14). */
function writeIdentity(root: string, { id }: AnyPartition): void {
  mkdirSync(join(root, 'proc/ppc64'), { recursive: true });
  writeFileSync(join(root, 'proc/ppc64/lparcfg'), `partition_id=${id}\n`);
}

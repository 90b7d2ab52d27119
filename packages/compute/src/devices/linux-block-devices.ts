import { createReadStream } from 'node:fs';
import { readdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock } from '../clock.js';
import { DriverError } from '../errors/index.js';
import type { CallOptions } from '../flow/index.js';
import type { NovaLinkDevice, NovaLinkDevices, ShownDisk } from './novalink-devices.js';

/** Limits of section 22.2, milliseconds. */
const appearMs = 300_000;
const vanishMs = 10_000;
const pollMs = 250;

/** Links in /dev/disk/by-id end in so much of the UDID (SNAP-4). */
const udidDigits = 32;
/** Linux numbers a virtual adapter by its slot (SNAP-4). */
const virtualAdapter = 0x30000000;
const sectorBytes = 512;
const pieceBytes = 1024 * 1024;

/** Block devices as Linux shows them in `dev` and `sys` below a root directory: `/`, or that of a simulator. */
export class LinuxBlockDevices implements NovaLinkDevices {
  readonly #root: string;
  readonly #clock: Clock;

  constructor(root: string, clock: Clock) {
    this.#root = root;
    this.#clock = clock;
  }

  async partitionId(): Promise<number | undefined> {
    const facts = await unlessGone(() => readFile(join(this.#root, 'proc/ppc64/lparcfg'), 'utf8'));
    const id = /^partition_id=(\d+)$/m.exec(facts ?? '')?.[1];
    return id === undefined ? undefined : Number(id);
  }

  async discover({ udid, slot }: ShownDisk, call: CallOptions): Promise<NovaLinkDevice> {
    const deadline = this.#clock.now() + appearMs;
    // The adapter itself may have been added a moment ago, so that its bus is not there yet.
    for (let scanned = false; ; ) {
      scanned ||= await this.#scan(slot);
      const [path, ...others] = await this.#find(udid);
      if (path !== undefined && others.length === 0) return this.open(path);
      if (path !== undefined) throw notUnique(udid, [path, ...others]);
      if (this.#clock.now() >= deadline) throw notDiscovered(udid, slot, scanned);
      await this.#clock.sleep(pollMs, call.signal);
    }
  }

  async open(path: string): Promise<NovaLinkDevice> {
    const file = path.startsWith(this.#root) ? path : join(this.#root, path);
    const size = await this.#sizeOf(file);
    return {
      path,
      size,
      read: ({ signal }) =>
        createReadStream(file, {
          highWaterMark: pieceBytes,
          end: size - 1,
          ...(signal ? { signal } : {}),
        }),
    };
  }

  async remove(udid: string, call: CallOptions): Promise<void> {
    for (const device of await this.#find(udid)) await unlessGone(() => this.#forget(device));
    const deadline = this.#clock.now() + vanishMs;
    while ((await this.#find(udid)).length > 0) {
      if (this.#clock.now() >= deadline) throw notRemoved(udid);
      await this.#clock.sleep(pollMs, call.signal);
    }
  }

  /** Makes the bus of an adapter look for new disks; false when the system has no such bus yet. */
  async #scan(slot: number): Promise<boolean> {
    const adapter = join(this.#root, 'sys/devices/vio', (virtualAdapter | slot).toString(16));
    const hosts = (await namesIn(adapter)).filter((name) => /^host\d+$/.test(name));
    for (const host of hosts)
      await unlessGone(() => writeFile(join(adapter, host, 'scsi_host', host, 'scan'), '- - -'));
    return hosts.length > 0;
  }

  /** Real paths of the devices whose id ends like the UDID; several links may lead to one device. */
  async #find(udid: string): Promise<string[]> {
    const directory = join(this.#root, 'dev/disk/by-id');
    const ending = udid.slice(-udidDigits).toLowerCase();
    const links = (await namesIn(directory)).filter((name) => name.toLowerCase().endsWith(ending));
    const devices = new Set<string>();
    for (const link of links)
      await unlessGone(async () => {
        devices.add(await realpath(join(directory, link)));
      });
    return [...devices];
  }

  async #forget(device: string): Promise<void> {
    await writeFile(join(this.#root, 'sys/block', basename(device), 'device/delete'), '1');
  }

  /** Bytes of a block device, or of a disk that is a file (LVG-5). */
  async #sizeOf(file: string): Promise<number> {
    const size = join(this.#root, 'sys/class/block', basename(await realpath(file)), 'size');
    const sectors = await unlessGone(() => readFile(size, 'latin1'));
    return sectors === undefined ? (await stat(file)).size : Number(sectors) * sectorBytes;
  }
}

/** A directory that does not exist holds nothing. */
async function namesIn(directory: string): Promise<string[]> {
  return (await unlessGone(() => readdir(directory))) ?? [];
}

/** Devices come and go while we look. */
async function unlessGone<R>(work: () => Promise<R>): Promise<R | undefined> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined;
    throw thrown;
  }
}

function notDiscovered(udid: string, slot: number, scanned: boolean): DriverError {
  const why = scanned
    ? `adapter slot ${slot} was searched`
    : `there is no virtual SCSI adapter in slot ${slot}; the daemon must run on the NovaLink partition`;
  return new DriverError(
    'PVM_DISK_NOT_DISCOVERED',
    `The disk ${udid} was mapped to the NovaLink partition, but no device appeared within ${appearMs / 1000} s: ${why}`,
    { udid, slot },
  );
}

function notUnique(udid: string, paths: readonly string[]): DriverError {
  return new DriverError(
    'PVM_DISK_NOT_UNIQUE',
    `Several devices of the NovaLink partition claim to be disk ${udid}: ${paths.join(', ')}`,
    { udid },
  );
}

function notRemoved(udid: string): DriverError {
  return new DriverError(
    'PVM_DEVICE_NOT_REMOVED',
    `The disk ${udid} is unmapped, but its device on the NovaLink partition is still there after ${vanishMs / 1000} s`,
    { udid },
  );
}

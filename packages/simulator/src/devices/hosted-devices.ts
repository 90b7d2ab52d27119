import {
  existsSync,
  mkdirSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { backingDevice } from '../world/scsi-mapping.js';
import type { VirtualIOServer } from '../world/vios.js';
import type { World } from '../world/world.js';
import { sectorBytes } from './block-device.js';

/**
 * The logical volumes and files that NovaLink hosts. They are there without any mapping, and
 * since each leads to the file that holds its bytes, whatever is written shows at once.
 */
export class HostedDevices {
  readonly #world: World;
  readonly #vios: VirtualIOServer;
  readonly #root: string;
  /** By UDID: what was made for the disk. */
  readonly #made = new Map<string, readonly string[]>();

  constructor(world: World, vios: VirtualIOServer, root: string) {
    this.#world = world;
    this.#vios = vios;
    this.#root = root;
    for (const { directory } of vios.volumeGroups)
      if (directory !== undefined) mkdirSync(join(root, directory), { recursive: true });
    for (const { type, name, udid } of vios.backingObjects) if (type === 'File') this.#link(name, udid);
    this.sync();
  }

  /** Call after every change of the volume groups. */
  sync(): void {
    const disks = [...this.#vios.volumeGroups].flatMap((group) => group.disks);
    const present = new Set(disks.map(({ udid }) => udid));
    for (const [udid, paths] of this.#made) {
      if (present.has(udid)) continue;
      for (const path of paths) rmSync(path, { recursive: true, force: true });
      this.#made.delete(udid);
    }
    this.#removeEmptyGroups();
    for (const disk of disks) {
      const path = backingDevice(this.#vios, { kind: 'VirtualDisk', disk });
      const { link, content } = this.#link(path, disk.udid);
      const isFile = disk.group.directory !== undefined;
      this.#made.set(disk.udid, isFile ? [link] : [link, this.#blockDevice(content)]);
    }
  }

  /** As long as the disk is now. */
  #link(path: string, udid: string): { link: string; content: string } {
    const link = join(this.#root, path);
    const content = resolve(this.#world.bytes.wholeFile(udid));
    if (!existsSync(link)) {
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(content, link);
    }
    return { link, content };
  }

  /** The directory below `dev` goes with the last logical volume, that of files stays. */
  #removeEmptyGroups(): void {
    for (const { name, directory } of this.#vios.volumeGroups) {
      const path = join(this.#root, 'dev', name);
      if (directory === undefined && isEmptyDirectory(path)) rmdirSync(path);
    }
  }

  /** A logical volume is a link to a block device, which has its size in `sys`. */
  #blockDevice(content: string): string {
    const sys = join(this.#root, 'sys/class/block', basename(content));
    const bytes = statSync(content).size;
    mkdirSync(sys, { recursive: true });
    writeFileSync(join(sys, 'size'), `${Math.floor(bytes / sectorBytes)}\n`);
    return sys;
  }
}

function isEmptyDirectory(path: string): boolean {
  return existsSync(path) && readdirSync(path).length === 0;
}

import type { Session } from '@openstack-powervm/rest';
import type { Clock } from '../clock.js';
import type { Consoles } from '../console/consoles.js';
import type { NovaOptions, PowerVMOptions } from '../contract/index.js';
import type { NovaLinkDevices } from '../devices/novalink-devices.js';
import type { KeyedLock } from '../flow/index.js';
import type { Log } from '../log.js';
import type { Machine } from '../network/hosted/connector.js';
import type { PrivateSwitch } from '../network/hosted/private-switch.js';
import type { Partitions } from '../partition/partitions.js';
import type { DiskDriver } from '../storage/disk-driver.js';
import type { ImageStore } from '../storage/image-store.js';
import type { MediaRepository } from '../storage/media-repository.js';
import type { HostCpu } from './cpu-stats.js';
import type { LongTermMonitor } from './long-term-monitor.js';
import type { ManagedSystemReader } from './managed-system.js';
import type { VirtualSwitches } from './switches.js';
import type { VirtualIOServers } from './vioses.js';

/** The compute host that the driver works on, after it has been made ready. Nothing in it is shared with another. */
export interface Host {
  readonly options: PowerVMOptions;
  readonly nova: NovaOptions;
  readonly log: Log;
  readonly clock: Clock;
  readonly session: Session;
  readonly system: ManagedSystemReader;
  readonly cpu: HostCpu;
  readonly monitor: LongTermMonitor;
  readonly vioses: VirtualIOServers;
  readonly partitions: Partitions;
  readonly switches: VirtualSwitches;
  readonly disks: DiskDriver;
  readonly media: MediaRepository;
  readonly images: ImageStore;
  /** Disks of the machine that the driver runs on, which is NovaLink. */
  readonly devices: NovaLinkDevices;
  readonly consoles: Consoles;
  /** Power actions of one instance come one after the other (PWR-1). Keys are instance UUIDs. */
  readonly powerLock: KeyedLock;
  /** Virtual NICs of a system are made one after the other, so that they share its SR-IOV ports evenly. */
  readonly vnicLock: KeyedLock;
  /** Connects partitions with NovaLink, for Open vSwitch and Linux bridges. */
  readonly privateSwitch: PrivateSwitch;
  /** The NovaLink partition as an operating system. */
  readonly machine: Machine;
}

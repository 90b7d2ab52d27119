import type { Session } from '@openstack-powervm/rest';
import type { Clock } from '../clock.js';
import type { Commands } from '../commands.js';
import { Consoles } from '../console/consoles.js';
import { readCredentials } from '../console/credentials.js';
import { NovaLinkCommands } from '../console/terminal-commands.js';
import type { NovaOptions, PowerVMOptions } from '../contract/index.js';
import type { NovaLinkDevices } from '../devices/novalink-devices.js';
import { asDriverError } from '../errors/index.js';
import { KeyedLock, type Operation, runFlow } from '../flow/index.js';
import { PrivateSwitch } from '../network/hosted/private-switch.js';
import { removeOrphanTrunks } from '../network/hosted/trunk-removal.js';
import { Partitions } from '../partition/partitions.js';
import type { DiskDriver } from '../storage/disk-driver.js';
import { findVolumeGroup } from '../storage/find-volume-group.js';
import type { ImageStore } from '../storage/image-store.js';
import { LocalDisk } from '../storage/local-disk.js';
import { MediaRepository } from '../storage/media-repository.js';
import { scrubAll } from '../storage/scrub.js';
import { PoolHandle } from '../storage/ssp/cluster.js';
import { SspDisk } from '../storage/ssp/ssp-disk.js';
import { connect } from './connect.js';
import { HostCpu } from './cpu-stats.js';
import type { Host } from './host.js';
import { LongTermMonitor } from './long-term-monitor.js';
import { ManagedSystemReader } from './managed-system.js';
import { VirtualSwitches } from './switches.js';
import { VirtualIOServers } from './vioses.js';

export const initSteps = [
  'read console credentials',
  'open session',
  'find managed system',
  'wait for Virtual I/O Servers',
  'scrub storage',
  'find instance storage',
  'remove unfinished images',
  'remove orphan trunks',
] as const;

export interface HostDependencies {
  readonly options: PowerVMOptions;
  readonly nova: NovaOptions;
  readonly clock: Clock;
  readonly images: ImageStore;
  readonly devices: NovaLinkDevices;
  readonly commands: Commands;
  openSession(call: { signal?: AbortSignal }): Promise<Session>;
}

/** Makes the host ready, in the order of section 3.1. When anything fails the session is closed again. */
export async function initHost(dependencies: HostDependencies, operation: Operation): Promise<Host> {
  const { options, nova, clock, images, devices, commands } = dependencies;
  return runFlow(operation, initSteps, async (flow) => {
    const consoles = await flow.step('read console credentials', {
      run: () => openConsoles(dependencies, operation),
    });
    const session = await flow.step('open session', {
      run: (call) => connect(dependencies.openSession, options, call),
      undo: async (opened) => opened?.close(),
    });
    const system = await flow.step('find managed system', {
      run: (call) => ManagedSystemReader.find(session, call),
    });
    const vioses = new VirtualIOServers(session, clock);
    await flow.step('wait for Virtual I/O Servers', {
      run: (call) => vioses.waitUntilReady(options.vios_active_wait_timeout, operation.log, call),
    });
    await flow.step('scrub storage', {
      run: async (call) => scrubAll({ session, vioses: await vioses.active(call), log: operation.log }, call),
    });
    const disks = await flow.step('find instance storage', {
      run: (call) => openDisks(session, vioses, dependencies, call),
    });
    await flow.step('remove unfinished images', { run: () => disks.recover(operation) });
    const partitions = new Partitions(session, clock);
    const switches = new VirtualSwitches(session, system.id);
    const monitor = new LongTermMonitor(session, system.id, clock);
    const name = options.pvm_vswitch_for_novalink_io;
    const host: Host = {
      ...{ options, nova, clock, images, devices, session, system, vioses, disks, consoles },
      log: operation.log,
      ...{ partitions, switches },
      ...{ monitor, cpu: new HostCpu(monitor) },
      privateSwitch: new PrivateSwitch({ session, system, partitions, vioses, devices, switches, name }),
      machine: { commands, clock, ovsdb: options.ovsdb_connection },
      media: new MediaRepository(session, vioses, options, disks.preferredVios),
      powerLock: new KeyedLock(),
      vnicLock: new KeyedLock(),
    };
    await flow.step('remove orphan trunks', { run: (call) => removeOrphanTrunks(host, call) });
    return host;
  });
}

/** Consoles are opened when somebody asks for one; wrong options are told at the start (CFG-1). */
async function openConsoles(
  { options, nova, clock }: HostDependencies,
  { log }: Operation,
): Promise<Consoles> {
  return new Consoles({
    commands: new NovaLinkCommands(options.mkvterm_command, options.rmvterm_command),
    address: nova['vnc.server_proxyclient_address'],
    access: options.vnc_access,
    port: options.vnc_port,
    credentials: await readCredentials(options),
    ...{ clock, log },
  });
}

/** The disk driver that `[powervm] disk_driver` names (INIT-6). */
async function openDisks(
  session: Session,
  vioses: VirtualIOServers,
  { options, nova, clock }: HostDependencies,
  call: { signal: AbortSignal },
): Promise<DiskDriver> {
  try {
    if (options.disk_driver === 'ssp') {
      const pool = await PoolHandle.find(session, vioses, options, call);
      return new SspDisk(session, pool, { clock, host: nova.host });
    }
    return new LocalDisk(session, await findVolumeGroup(session, vioses, options, call), clock);
  } catch (thrown) {
    throw asDriverError(thrown, 'PVM_REST_FAILED', 'The storage for instance disks could not be read');
  }
}

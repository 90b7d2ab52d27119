import type { Behaviour } from './behaviour.js';
import { requireCapacity } from './capacity.js';
import { modified } from './changes.js';
import { mappingsOfClient } from './fibre-channel-mapping.js';
import { allPartitions } from './managed-system.js';
import { requireSettled } from './migration/migration.js';
import { type AnyPartition, isOff, type PartitionState } from './partition.js';
import { processorCount } from './processors.js';
import { conflict } from './refusal.js';
import { connectRmc, disconnectRmc } from './rmc.js';
import { visibleLuns } from './storage-array.js';
import type { World } from './world.js';

export const powerBehaviours: readonly Behaviour[] = [
  {
    id: 'power.states',
    does: 'PowerOn: not activated, starting, open firmware, running; PowerOff: shutting down, not activated',
    assumed: 'protocol reference 8.3 names the states; no capture shows the sequence',
  },
  {
    id: 'power.no-boot-device',
    does: 'a partition without any mapped storage stays in open firmware',
    assumed: 'firmware without a boot device waits at its prompt',
  },
  {
    id: 'power.codes',
    does: 'PowerOn of a running partition fails with HSCL3681, PowerOff of one that is off with HSCL1558, osshutdown without RMC with HSCL0DB4',
    evidence: 'protocol reference 1.13; the texts after the codes are ours',
  },
];

/** The partition was sent another way while it booted or shut down. */
export class Interrupted extends Error {
  constructor(partition: AnyPartition) {
    super(`The operation on partition ${partition.name} was ended by another one.`);
    this.name = 'Interrupted';
  }
}

export interface PowerOnOptions {
  /** `norm`, `sms`, `dd`, `ds`, `of`, `pbl` (protocol reference 4.4). */
  bootMode?: string | undefined;
  keylock?: string | undefined;
  bootString?: string | undefined;
}

export interface PowerOffOptions {
  operation: 'shutdown' | 'osshutdown' | 'dumprestart';
  immediate: boolean;
}

const bootModes: Readonly<Record<string, string>> = {
  norm: 'Normal',
  sms: 'System_Management_Services',
  dd: 'Diagnostic_With_Default_Boot_List',
  ds: 'Diagnostic_With_Stored_Boot_List',
  of: 'Open_Firmware',
  pbl: 'Petitboot',
};

/** Resolves when firmware has control; the operating system boots afterwards. Throws `Refusal` or `Interrupted`. */
export async function powerOn(world: World, partition: AnyPartition, options: PowerOnOptions): Promise<void> {
  requireSettled(partition);
  if (partition.state === 'error' || partition.state === 'not available') {
    throw conflict(`HSCL05DF Partition ${partition.name} cannot be started in state ${partition.state}.`);
  }
  if (!isOff(partition)) {
    throw conflict(`HSCL3681 Partition ${partition.name} is already running (state ${partition.state}).`);
  }
  requireCapacity(partition);
  const bootMode = bootModes[options.bootMode ?? 'norm'] ?? 'Normal';
  activateConfiguration(world, partition);
  partition.bootMode = bootMode;
  partition.bootString = options.bootString;
  if (options.keylock !== undefined)
    partition.keylock = options.keylock === 'norm' ? 'normal' : options.keylock;
  setState(world, partition, 'starting', 'C20012FF');
  await startFirmware(world, partition);
}

async function startFirmware(world: World, partition: AnyPartition): Promise<void> {
  await later(world, partition, world.timing.powerOnMs * 0.4);
  setState(world, partition, 'open firmware', 'CA00E1F1');
  if (['Normal', 'Petitboot'].includes(partition.bootMode) && hasBootDevice(world, partition)) {
    boot(world, partition).catch(ignoreInterruption);
  }
}

/** Goes on with what a partition was doing when its state was saved. */
export function goOn(world: World, partition: AnyPartition): void {
  switch (partition.state) {
    case 'starting':
      startFirmware(world, partition).catch(ignoreInterruption);
      break;
    case 'open firmware':
      boot(world, partition).catch(ignoreInterruption);
      break;
    case 'shutting down':
      later(world, partition, world.timing.powerOffMs)
        .then(() => stopped(world, partition))
        .catch(ignoreInterruption);
      break;
    case 'running':
      connectRmc(world, partition);
      break;
  }
}

async function boot(world: World, partition: AnyPartition): Promise<void> {
  await later(world, partition, world.timing.powerOnMs * 0.6);
  setState(world, partition, 'running', partition.operatingSystem.startsWith('Linux') ? 'Linux ppc64' : '');
  connectRmc(world, partition);
}

/** Resolves when the partition is off. Throws `Refusal` or `Interrupted`. */
export async function powerOff(
  world: World,
  partition: AnyPartition,
  options: PowerOffOptions,
): Promise<void> {
  requireSettled(partition);
  if (partition.state === 'not activated') {
    throw conflict(`HSCL1558 Partition ${partition.name} is already off (state ${partition.state}).`);
  }
  if (options.operation === 'osshutdown' && partition.type !== 'OS400' && partition.rmc !== 'active') {
    throw conflict(
      `HSCL0DB4 The operating system of partition ${partition.name} cannot be shut down: its RMC connection is ${partition.rmc}.`,
    );
  }
  interrupt(partition);
  const running = partition.state === 'running';
  if (running && !(options.immediate && options.operation !== 'osshutdown')) {
    setState(world, partition, 'shutting down', 'C20080FF');
    await later(world, partition, world.timing.operatingSystemShutdownMs);
  }
  await later(world, partition, world.timing.powerOffMs);
  stopped(world, partition);
}

/** The partition is off at once, whoever caused it. */
export function stopped(world: World, partition: AnyPartition): void {
  interrupt(partition);
  disconnectRmc(partition);
  partition.memory.runtimeMb = 0;
  partition.activatedAt = undefined;
  setState(world, partition, 'not activated', '00000000');
}

/** What the world looks like when a partition has been on for long: used to build sites. */
export function startedLongAgo(world: World, partition: AnyPartition): void {
  activateConfiguration(world, partition);
  partition.activatedAt = world.clock.now() - 86_400_000;
  partition.state = 'running';
  partition.referenceCode = '';
}

function activateConfiguration(world: World, partition: AnyPartition): void {
  partition.memory.current = { ...partition.memory.pending };
  partition.memory.runtimeMb = partition.memory.current.desired;
  partition.processors.current = structuredClone(partition.processors.pending);
  partition.secureBoot.current = partition.secureBoot.pending;
  partition.currentCompatibilityMode = effectiveMode(partition);
  partition.activatedAt = world.clock.now();
}

/** `default` means the newest plain mode that the system offers. */
function effectiveMode(partition: AnyPartition): string {
  if (partition.pendingCompatibilityMode !== 'default') return partition.pendingCompatibilityMode;
  return partition.system.compatibilityModes.findLast((mode) => /^POWER\d+$/.test(mode)) ?? 'default';
}

function setState(world: World, partition: AnyPartition, state: PartitionState, referenceCode: string): void {
  partition.state = state;
  partition.referenceCode = referenceCode;
  modified(world, partition, 'PartitionState,ReferenceCode,Other');
}

function hasBootDevice(world: World, partition: AnyPartition): boolean {
  if (partition.kind === 'VirtualIOServer' || partition.isManagement) return true;
  const channels = mappingsOfClient(partition).flatMap(({ port, wwpns }) =>
    port === undefined ? [] : wwpns.map((wwpn) => ({ wwpn, fabric: port.fabric })),
  );
  if (channels.some((initiator) => visibleLuns(world.arrays, initiator).length > 0)) return true;
  return allPartitions(partition.system).some(
    (host) =>
      host.kind === 'VirtualIOServer' &&
      host.scsiMappings.some(
        (mapping) => mapping.adapters.client === partition && mapping.storage !== undefined,
      ),
  );
}

/** Waits unless another operation on the partition comes first. */
function later(world: World, partition: AnyPartition, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = world.clock.after(ms, () => {
      partition.pendingActions.delete(callOff);
      resolve();
    });
    const callOff = (): void => {
      done();
      reject(new Interrupted(partition));
    };
    partition.pendingActions.add(callOff);
  });
}

/** Ends whatever the partition is on its way to. */
export function interrupt(partition: AnyPartition): void {
  const actions = [...partition.pendingActions];
  partition.pendingActions.clear();
  for (const callOff of actions) callOff();
}

function ignoreInterruption(error: unknown): void {
  if (!(error instanceof Interrupted)) throw error;
}

/** Processors as the operating system counts them; 0 when off. */
export const runningProcessors = (partition: AnyPartition): number =>
  isOff(partition) ? 0 : processorCount(partition.processors.current);

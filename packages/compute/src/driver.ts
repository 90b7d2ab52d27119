import type { Session } from '@openstack-powervm/rest';
import { type Clock, systemClock } from './clock.js';
import { type Commands, systemCommands } from './commands.js';
import type { ConsoleAccess } from './console/consoles.js';
import { vncConsole } from './console/vnc-console.js';
import type {
  DestroyParams,
  DriverCall,
  Instance,
  Nothing,
  NovaOptions,
  OfInstance,
  PowerVMOptions,
  SpawnParams,
  Updates,
  WithImage,
  WithVifs,
} from './contract/index.js';
import { LinuxBlockDevices } from './devices/linux-block-devices.js';
import type { NovaLinkDevices } from './devices/novalink-devices.js';
import { type Diagnostics, instanceDiagnostics } from './diagnostics/instance-diagnostics.js';
import { asDriverError, DriverError, failureCodeOf } from './errors/index.js';
import { type LifecycleEvent, PlatformListener } from './events/listener.js';
import { type CallOptions, type FlowHooks, type Operation, runOperation } from './flow/index.js';
import type { CpuStats } from './host/cpu-stats.js';
import type { Host } from './host/host.js';
import { initHost } from './host/init.js';
import { type Inventory, inventoryOf } from './host/inventory.js';
import { type AvailableResource, availableResource } from './host/resources.js';
import {
  describeSharedStorage,
  hasSharedStorage,
  isInstanceOnDisk,
  type SharedStorage,
} from './host/shared-storage.js';
import { type ConfigDriveFacts, configDriveFacts } from './lifecycle/config-drive-facts.js';
import { triggerCrashDump } from './lifecycle/crash-dump.js';
import { type CleanupParams, cleanup, destroy } from './lifecycle/destroy.js';
import { cacheImage, manageImageCache } from './lifecycle/image-cache.js';
import {
  type PowerOffParams,
  type PowerOnParams,
  powerOff,
  powerOn,
  type RebootParams,
  reboot,
} from './lifecycle/power.js';
import { type RescueParams, rescue, unrescue } from './lifecycle/rescue.js';
import {
  confirmMigration,
  type FinishMigrationParams,
  finishMigration,
  finishRevertMigration,
  type MigrateParams,
  migrateDiskAndPowerOff,
} from './lifecycle/resize.js';
import { type SnapshotParams, snapshot } from './lifecycle/snapshot.js';
import { spawn } from './lifecycle/spawn.js';
import {
  attachInterface,
  detachInterface,
  type InterfaceParams,
  plugVifs,
  unplugVifs,
} from './lifecycle/vifs.js';
import type { Log } from './log.js';
import { instanceUuidCandidates, managedNamePattern } from './partition/naming.js';
import { instanceNotFound } from './partition/partition.js';
import { powerStateOf } from './partition/states.js';
import type { ImageStore } from './storage/image-store.js';

/** What a driver needs from the program around it. */
export interface DriverDependencies {
  /** Logs on to the REST server; retries while it starts (RETRY-2). The driver closes the session. */
  openSession(call: CallOptions): Promise<Session>;
  readonly images: ImageStore;
  readonly log: Log;
  readonly clock?: Clock;
  /** Disks of the NovaLink partition; by default those of this machine. */
  readonly devices?: NovaLinkDevices;
  /** Programs of the NovaLink partition; by default those of this machine. */
  readonly commands?: Commands;
  /** For tests: makes steps fail. */
  readonly hooks?: FlowHooks;
}

interface Started {
  readonly host: Host;
  readonly listener: PlatformListener;
}

/**
 * The PowerVM compute driver: one method per call of Nova's driver interface, plain JSON in and out (design 3.6).
 * Errors are `DriverError`s; the table in `errors/table.ts` names the Nova exception of each.
 */
export class Driver {
  readonly #options: PowerVMOptions;
  readonly #nova: NovaOptions;
  readonly #dependencies: DriverDependencies;
  readonly #listeners = new Set<(event: LifecycleEvent) => void>();
  #starting: Promise<void> | undefined;
  #started: Started | undefined;

  constructor(options: PowerVMOptions, nova: NovaOptions, dependencies: DriverDependencies) {
    this.#options = options;
    this.#nova = nova;
    this.#dependencies = dependencies;
  }

  /** Hears of partitions that change their state by themselves; returns the function that ends it. */
  subscribe(listener: (event: LifecycleEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Connects and makes the host ready (section 3.1). Calls after the first one change nothing. */
  async initHost(_params: object, call: DriverCall): Promise<{ hasImageCache: boolean }> {
    if (!this.#started) {
      this.#starting ??= this.#start(call).finally(() => {
        this.#starting = undefined;
      });
      await this.#starting;
    }
    return { hasImageCache: this.#host().disks.capabilities.imageCache };
  }

  /** Stops listening and logs off; never fails (INIT-11, INIT-12). */
  async cleanupHost(_params: object = {}): Promise<Nothing> {
    const started = this.#started;
    this.#started = undefined;
    await started?.listener.stop();
    await started?.host.consoles.stop();
    await started?.host.session.close();
    return {};
  }

  /** The power state of an instance (HOST-6). */
  async getInfo({ uuid }: { uuid: string }, call: DriverCall): Promise<{ state: number }> {
    return this.#ask('getInfo', call, async ({ partitions }) => {
      const partition = await partitions.find(uuid, call);
      if (!partition) throw instanceNotFound(uuid);
      return { state: powerStateOf(partition.state) };
    });
  }

  async instanceExists({ uuid }: { uuid: string }, call: DriverCall): Promise<boolean> {
    return this.#ask(
      'instanceExists',
      call,
      async ({ partitions }) => (await partitions.find(uuid, call)) !== undefined,
    );
  }

  /** Names of all client partitions, those that Nova does not manage included (HOST-5). */
  async listInstances(_params: object, call: DriverCall): Promise<string[]> {
    return this.#ask('listInstances', call, async ({ partitions }) =>
      (await partitions.list(call)).map(({ name }) => name),
    );
  }

  /** Both UUIDs that the instance of a partition may have; only of partitions that Nova names (HOST-16). */
  async listInstanceUuids(_params: object, call: DriverCall): Promise<string[]> {
    const managed = managedNamePattern(this.#nova.instance_name_template);
    return this.#ask('listInstanceUuids', call, async ({ partitions }) =>
      (await partitions.list(call))
        .filter(({ name }) => managed.test(name))
        .flatMap(({ uuid }) => instanceUuidCandidates(uuid)),
    );
  }

  async getAvailableResource(_params: object, call: DriverCall): Promise<AvailableResource> {
    return this.#ask('getAvailableResource', call, async ({ system, disks, nova }) => {
      const [facts, capacity] = await Promise.all([system.facts(call), disks.capacity(call)]);
      return availableResource(facts, capacity, nova.host);
    });
  }

  /** From what the last resource report has read (PLC-3). */
  async getInventory(_params: object, call: DriverCall): Promise<Inventory> {
    return this.#ask('getInventory', call, async ({ system, disks }) =>
      inventoryOf(system.lastFacts, await disks.capacity(call)),
    );
  }

  /** Running totals of processor cycles (HOST-4). */
  async getHostCpuStats(_params: object, call: DriverCall): Promise<CpuStats> {
    return this.#ask('getHostCpuStats', call, ({ cpu }) => cpu.stats(call));
  }

  async configDriveFacts(params: WithVifs, call: DriverCall): Promise<ConfigDriveFacts> {
    return this.#run('configDriveFacts', params, call, configDriveFacts);
  }

  async spawn(params: SpawnParams, call: DriverCall): Promise<Updates> {
    return this.#run('spawn', params, call, spawn);
  }

  /** Removes what a completed spawn made, because waiting or power-on failed. */
  async undoSpawn(params: Omit<DestroyParams, 'destroyDisks'>, call: DriverCall): Promise<Nothing> {
    return this.#do('undoSpawn', { ...params, destroyDisks: true }, call, destroy);
  }

  async destroy(params: DestroyParams, call: DriverCall): Promise<Nothing> {
    return this.#do('destroy', params, call, destroy);
  }

  async powerOn(params: PowerOnParams, call: DriverCall): Promise<Nothing> {
    return this.#do('powerOn', params, call, powerOn);
  }

  async powerOff(params: PowerOffParams, call: DriverCall): Promise<Nothing> {
    return this.#do('powerOff', params, call, powerOff);
  }

  async reboot(params: RebootParams, call: DriverCall): Promise<Nothing> {
    return this.#do('reboot', params, call, reboot);
  }

  async triggerCrashDump(params: OfInstance, call: DriverCall): Promise<Nothing> {
    return this.#do('triggerCrashDump', params, call, triggerCrashDump);
  }

  async getInstanceDiagnostics(params: OfInstance, call: DriverCall): Promise<Diagnostics> {
    return this.#run('getInstanceDiagnostics', params, call, instanceDiagnostics);
  }

  /** Opens the terminal of a partition for Nova's console proxy (section 17.2). */
  async getVncConsole(params: OfInstance, call: DriverCall): Promise<ConsoleAccess> {
    return this.#run('getVncConsole', params, call, vncConsole);
  }

  async rescue(params: RescueParams, call: DriverCall): Promise<Updates> {
    return this.#run('rescue', params, call, rescue);
  }

  async unrescue(params: OfInstance, call: DriverCall): Promise<Nothing> {
    return this.#do('unrescue', params, call, unrescue);
  }

  async snapshot(params: SnapshotParams, call: DriverCall): Promise<Nothing> {
    return this.#do('snapshot', params, call, snapshot);
  }

  async migrateDiskAndPowerOff(params: MigrateParams, call: DriverCall): Promise<{ diskInfo: string }> {
    return this.#run('migrateDiskAndPowerOff', params, call, migrateDiskAndPowerOff);
  }

  async finishMigration(params: FinishMigrationParams, call: DriverCall): Promise<Updates> {
    return this.#run('finishMigration', params, call, finishMigration);
  }

  /** On the same host a finished resize leaves nothing of its own behind. */
  async undoFinishMigration(_params: FinishMigrationParams): Promise<Nothing> {
    return {};
  }

  async confirmMigration(params: WithVifs, call: DriverCall): Promise<Nothing> {
    return this.#do('confirmMigration', params, call, confirmMigration);
  }

  async finishRevertMigration(params: FinishMigrationParams, call: DriverCall): Promise<Updates> {
    return this.#run('finishRevertMigration', params, call, finishRevertMigration);
  }

  async cleanup(params: CleanupParams, call: DriverCall): Promise<Nothing> {
    return this.#do('cleanup', params, call, cleanup);
  }

  async instanceOnDisk(params: OfInstance, call: DriverCall): Promise<boolean> {
    return this.#run('instanceOnDisk', params, call, isInstanceOnDisk);
  }

  async checkSharedStorageLocal(params: OfInstance, call: DriverCall): Promise<SharedStorage | null> {
    return this.#run('checkSharedStorageLocal', params, call, describeSharedStorage);
  }

  async checkSharedStorageRemote({ data }: { data: SharedStorage }, call: DriverCall): Promise<boolean> {
    const operation = this.#operation('checkSharedStorageRemote', undefined, call);
    return this.#ask(operation.name, call, (host) => hasSharedStorage(host, operation, data));
  }

  async cacheImage(params: WithImage, call: DriverCall): Promise<boolean> {
    const operation = this.#operation('cacheImage', undefined, call);
    return runOperation(operation, () =>
      this.#ask(operation.name, call, (host) => cacheImage(host, operation, params)),
    );
  }

  async manageImageCache(params: { usedImageIds: readonly string[] }, call: DriverCall): Promise<Nothing> {
    const operation = this.#operation('manageImageCache', undefined, call);
    await this.#ask(operation.name, call, (host) => manageImageCache(host, operation, params));
    return {};
  }

  async plugVifs(params: WithVifs, call: DriverCall): Promise<Updates> {
    return this.#run('plugVifs', params, call, plugVifs);
  }

  async unplugVifs(params: WithVifs, call: DriverCall): Promise<Updates> {
    return this.#run('unplugVifs', params, call, unplugVifs);
  }

  async attachInterface(params: InterfaceParams, call: DriverCall): Promise<Updates> {
    return this.#run('attachInterface', params, call, attachInterface);
  }

  async detachInterface(params: InterfaceParams, call: DriverCall): Promise<Updates> {
    return this.#run('detachInterface', params, call, detachInterface);
  }

  /** An operation that has nothing to tell. */
  async #do<P extends OfInstance>(
    name: string,
    params: P,
    call: DriverCall,
    work: (host: Host, operation: Operation, params: P) => Promise<void>,
  ): Promise<Nothing> {
    await this.#run(name, params, call, work);
    return {};
  }

  /** One operation on an instance: logged, and every error a driver error (ERR-1). */
  async #run<P extends OfInstance, R>(
    name: string,
    params: P,
    call: DriverCall,
    work: (host: Host, operation: Operation, params: P) => Promise<R>,
  ): Promise<R> {
    const operation = this.#operation(name, params.instance, call);
    return runOperation(operation, () => this.#ask(name, call, (host) => work(host, operation, params)));
  }

  /** A question, or the inside of an operation. */
  #ask<R>(name: string, call: DriverCall, work: (host: Host) => Promise<R>): Promise<R> {
    return this.#failingAs(name, call, async () => work(this.#host()));
  }

  /** Every error becomes a driver error (ERR-1). */
  async #failingAs<R>(name: string, { signal }: DriverCall, work: () => Promise<R>): Promise<R> {
    try {
      return await work();
    } catch (thrown) {
      const code = signal.aborted ? 'PVM_ABORTED' : failureCodeOf(name);
      throw asDriverError(thrown, code, `${name} failed`);
    }
  }

  async #start(call: DriverCall): Promise<void> {
    const { log, clock = systemClock, images, openSession } = this.#dependencies;
    const { devices = new LinuxBlockDevices('/', clock), commands = systemCommands } = this.#dependencies;
    const parts = { clock, images, devices, commands, openSession };
    const dependencies = { options: this.#options, nova: this.#nova, ...parts };
    const operation = this.#operation('initHost', undefined, call);
    const host = await runOperation(operation, () =>
      this.#failingAs(operation.name, call, () => initHost(dependencies, operation)),
    );
    const emit = (event: LifecycleEvent): void => {
      for (const listener of this.#listeners) listener(event);
    };
    const listener = new PlatformListener({ ...host, log, emit });
    listener.start();
    this.#started = { host, listener };
  }

  #host(): Host {
    if (this.#started) return this.#started.host;
    throw new DriverError(
      'PVM_NOT_STARTED',
      'The driver is not connected to the platform: initHost has not succeeded yet, or the service is stopping',
    );
  }

  #operation(name: string, instance: Instance | undefined, call: DriverCall): Operation {
    const { requestId } = call.request;
    return {
      name,
      instanceUuid: instance?.uuid ?? null,
      log: this.#dependencies.log.with({
        requestId,
        ...(instance
          ? { instance: instance.uuid, name: instance.name, displayName: instance.displayName }
          : {}),
      }),
      signal: call.signal,
      hooks: this.#dependencies.hooks ?? {},
      onProgress: ({ percent, step }) => {
        if (instance) call.progress?.({ instanceUuid: instance.uuid, percent, step });
      },
      onTaskState: (taskState, expected) => {
        if (instance) call.taskState?.({ instanceUuid: instance.uuid, taskState, expected });
      },
    };
  }
}

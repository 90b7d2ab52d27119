import { LogicalPartition, PowerVMError, type Session, uuidOf } from '@openstack-powervm/rest';
import type { Clock } from '../clock.js';
import { sentenceOf } from '../errors/index.js';
import type { VirtualSwitches } from '../host/switches.js';
import type { VirtualIOServers } from '../host/vioses.js';
import type { Log } from '../log.js';
import { instanceUuidCandidates } from '../partition/naming.js';
import type { Partitions } from '../partition/partitions.js';
import { StateWatch } from './state-watch.js';
import type { Transition } from './transition.js';

/** A partition has changed its state without Nova asking. */
export interface LifecycleEvent {
  /** UUIDs the instance may have, likelier first (ID-3). */
  readonly candidates: string[];
  readonly transition: Transition;
}

export interface ListenerDependencies {
  readonly session: Session;
  readonly partitions: Partitions;
  readonly vioses: VirtualIOServers;
  readonly switches: VirtualSwitches;
  readonly clock: Clock;
  readonly log: Log;
  emit(event: LifecycleEvent): void;
}

/** What an event of the platform says; see the REST client's `PowerVMEvent`. */
interface PlatformEvent {
  readonly kind: string;
  readonly uri?: string | undefined;
  readonly detail: readonly string[];
}

/** Follows the platform's events: keeps what is known about partitions and VIOSes fresh, and tells Nova (section 17.1). */
export class PlatformListener {
  readonly #dependencies: ListenerDependencies;
  readonly #watch: StateWatch;
  readonly #stop = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(dependencies: ListenerDependencies) {
    this.#dependencies = dependencies;
    const { session, clock, log, emit } = dependencies;
    this.#watch = new StateWatch({
      clock,
      log,
      readState: (uuid, signal) => readState(session, uuid, signal),
      emit: (uuid, transition) => emit({ candidates: [...instanceUuidCandidates(uuid)], transition }),
    });
  }

  /** Begins to listen. */
  start(): void {
    this.#running = this.#listen();
  }

  /** Ends listening and every wait (INIT-11, INIT-12). */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#watch.stop();
    await this.#running;
  }

  async #listen(): Promise<void> {
    const { session, log } = this.#dependencies;
    const { signal } = this.#stop;
    try {
      for await (const event of session.events({ signal })) this.#take(event);
    } catch (thrown) {
      if (!signal.aborted) log.error(`The events of the platform have ended: ${sentenceOf(thrown)}`);
    }
  }

  #take({ kind, uri, detail }: PlatformEvent): void {
    const { partitions, vioses, switches } = this.#dependencies;
    if (kind === 'resynchronise') {
      partitions.forget();
      vioses.forget();
      switches.forget();
      return;
    }
    const uuid = uuidOf(uri);
    if (uuid === undefined) return;
    const type = typeOf(uri ?? '');
    if (type === 'LogicalPartition') this.#partitionChanged(kind, uuid.toUpperCase(), detail);
    if (type === 'VirtualIOServer' && concernsReadiness(kind, detail)) vioses.forget();
    if (type === 'VirtualSwitch' && kind === 'delete') switches.forget();
  }

  #partitionChanged(kind: string, uuid: string, detail: readonly string[]): void {
    const { partitions } = this.#dependencies;
    if (kind !== 'modify' || !detail.every((word) => saysNothing.has(word))) partitions.touch(uuid);
    if (kind === 'delete') this.#watch.gone(uuid);
    else if (detail.includes('PartitionState')) this.#watch.changed(uuid);
  }
}

/** Words about a partition that its state, name and RMC connection do not follow from. */
const saysNothing: ReadonlySet<string> = new Set(['NVRAM', 'ReferenceCode']);

/** Words about a VIOS that come with every change of its mappings; whether it can be worked with they do not say. */
const mappingNoise: ReadonlySet<string> = new Set(['VirtualSCSIMappings', 'Other', 'other']);

function concernsReadiness(kind: string, detail: readonly string[]): boolean {
  return kind !== 'modify' || detail.some((word) => !mappingNoise.has(word));
}

/** The type of the last object in a reference. */
function typeOf(uri: string): string | undefined {
  return uri.split('?')[0]?.split('/').at(-2);
}

async function readState(session: Session, uuid: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    return String(await session.quick(LogicalPartition, uuid, 'PartitionState', { signal }));
  } catch (thrown) {
    if (PowerVMError.is(thrown, 'PVM_NOT_FOUND')) return undefined;
    throw thrown;
  }
}

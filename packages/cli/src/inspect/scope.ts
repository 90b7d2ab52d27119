import {
  type Entity,
  LogicalPartition,
  ManagedSystem,
  type Session,
  uuidOf,
  VirtualIOServer,
} from '@openstack-powervm/rest';
import { exitStatus } from '../exit-status.js';
import { CommandFailure } from '../failure.js';

/** A managed system, as other objects refer to it. */
export interface SystemReference {
  readonly id: string;
  readonly name: string;
}

/** How long a request may take, and who may stop it. */
export interface Call {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** What one command looks at: a session, and the systems behind it that were asked for. */
export class Scope {
  readonly #wanted: readonly string[];
  readonly #names = new Map<string, Promise<ReadonlyMap<string, string>>>();
  #systems: Promise<readonly SystemReference[]> | undefined;

  constructor(
    readonly session: Session,
    readonly call: Call,
    wanted: readonly string[],
  ) {
    this.#wanted = wanted;
  }

  /** The systems asked for, all of the console when none was. */
  systems(): Promise<readonly SystemReference[]> {
    this.#systems ??= this.#readSystems();
    return this.#systems;
  }

  /** What addresses the objects of a system. */
  parent({ id }: SystemReference) {
    return { ...this.call, parent: { type: ManagedSystem, id } };
  }

  /** The Virtual I/O Servers of a system. */
  vioses(system: SystemReference): AsyncIterable<Entity<typeof VirtualIOServer>> {
    return this.session.stream(VirtualIOServer, this.parent(system));
  }

  /** The client partitions of a system. */
  partitions(system: SystemReference): AsyncIterable<Entity<typeof LogicalPartition>> {
    return this.session.stream(LogicalPartition, this.parent(system));
  }

  /** Names of the partitions and VIOSes of a system by UUID in upper case; read once. */
  partitionNames(system: SystemReference): Promise<ReadonlyMap<string, string>> {
    const known = this.#names.get(system.id);
    if (known !== undefined) return known;
    const reading = this.#readNames(system);
    this.#names.set(system.id, reading);
    return reading;
  }

  async #readSystems(): Promise<readonly SystemReference[]> {
    const entities = await this.session.list(ManagedSystem, this.call);
    const all = entities.map(({ id, value }) => ({ id, name: value.systemName ?? id }));
    if (this.#wanted.length === 0) return all;
    return this.#wanted.map((wish) => {
      const found = all.find(({ id, name }) => name === wish || id.toUpperCase() === wish.toUpperCase());
      if (found) return found;
      throw new CommandFailure(
        'PVM_OBJECT_UNKNOWN',
        `${this.session.endpoint} manages no system "${wish}"`,
        `--system takes one of ${all.map(({ name }) => name).join(', ') || 'none'}`,
        exitStatus.unknownObject,
      );
    });
  }

  async #readNames(system: SystemReference): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for (const entities of [this.partitions(system), this.vioses(system)])
      for await (const { id, value } of entities) names.set(id.toUpperCase(), value.partitionName ?? id);
    return names;
  }
}

/** The name of the partition that a link leads to; its UUID when it is none of this system. */
export function nameBehind(href: string | undefined, names: ReadonlyMap<string, string>): string | undefined {
  const uuid = uuidOf(href);
  return uuid === undefined ? undefined : (names.get(uuid.toUpperCase()) ?? uuid);
}

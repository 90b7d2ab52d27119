import type { ExtendedGroup, Fields, InitOf, LensOf, ResourceType } from '@openstack-powervm/rest';
import type { Console } from '../console/console.js';
import type { Call } from '../http/call.js';
import type { World } from '../world/world.js';

/** What a view may use. */
export interface ViewContext {
  readonly world: World;
  readonly console: Console;
  /** The link to a path below `/rest/api/uom/`. */
  href(path: string): string;
  /** Was this extended attribute group asked for? */
  wants(group: ExtendedGroup): boolean;
}

/** Where objects of a type are found: below the service itself, or below an object of another type. */
export interface Address<T> {
  /** Type of the parent; undefined for ROOT addressing. */
  readonly parent: string | undefined;
  /** The objects there; undefined when there is no such parent. */
  list(console: Console, parent: string): readonly T[] | undefined;
}

/** One type of objects: how they are found, shown and changed. What is left out is answered 405 or 501. */
export interface ResourceKind<T, F extends Fields> {
  readonly type: ResourceType<F>;
  readonly addresses: readonly Address<T>[];
  identity(object: T): { readonly id: string; readonly createdAt: number };
  view(object: T, context: ViewContext): InitOf<F>;
  /** Values by wire name that change by themselves. */
  live?(object: T, context: ViewContext): Readonly<Record<string, () => string>>;
  /** Grows with every visible change; when given, the rendered document is kept until then. */
  revision?(object: T): number;
  /** `parent` is the UUID in the path, '' at ROOT. */
  create?(call: Call, posted: LensOf<F>, parent: string): T | Promise<T>;
  update?(call: Call, object: T, posted: LensOf<F>, groups: GroupSet): void | Promise<void>;
  remove?(call: Call, object: T): void | Promise<void>;
  /** Searchable properties (protocol reference 2.11). */
  readonly search?: Readonly<Record<string, (object: T) => string>>;
  /** Quick properties (protocol reference 2.11). */
  readonly quick?: Readonly<Record<string, (object: T, context: ViewContext) => unknown>>;
}

/** The extended attribute groups of a request. */
export interface GroupSet {
  has(group: ExtendedGroup): boolean;
  /** The same for every way to write the same groups. */
  readonly key: string;
}

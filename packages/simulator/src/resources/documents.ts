import type { Fields } from '@openstack-powervm/rest';
import { type Console, hrefOf } from '../console/console.js';
import { type Rendered, renderObject } from '../render/object.js';
import type { World } from '../world/world.js';
import type { GroupSet, ResourceKind, ViewContext } from './resource-kind.js';

interface Kept {
  readonly revision: number;
  readonly rendered: Rendered;
}

/** Renders the objects of one type; keeps what was rendered while the object does not change. */
export class Documents<T extends object, F extends Fields> {
  readonly #kind: ResourceKind<T, F>;
  readonly #kept = new WeakMap<Console, WeakMap<T, Map<string, Kept>>>();

  constructor(kind: ResourceKind<T, F>) {
    this.#kind = kind;
  }

  render(world: World, console: Console, object: T, groups: GroupSet): Rendered {
    const revision = this.#kind.revision?.(object);
    if (revision === undefined) return this.#render(world, console, object, groups);
    const kept = this.#of(console, object);
    const known = kept.get(groups.key);
    if (known?.revision === revision) return known.rendered;
    const rendered = this.#render(world, console, object, groups);
    kept.set(groups.key, { revision, rendered });
    return rendered;
  }

  #of(console: Console, object: T): Map<string, Kept> {
    const objects = this.#kept.get(console) ?? new WeakMap<T, Map<string, Kept>>();
    this.#kept.set(console, objects);
    const kept = objects.get(object) ?? new Map<string, Kept>();
    objects.set(object, kept);
    return kept;
  }

  #render(world: World, console: Console, object: T, groups: GroupSet): Rendered {
    const context = viewContext(world, console, groups);
    const live = this.#kind.live?.(object, context);
    return renderObject(this.#kind.type, this.#kind.view(object, context), {
      ...this.#kind.identity(object),
      ...(live === undefined ? {} : { live }),
    });
  }
}

export function viewContext(world: World, console: Console, groups: GroupSet): ViewContext {
  return { world, console, href: (path) => hrefOf(console, path), wants: (group) => groups.has(group) };
}

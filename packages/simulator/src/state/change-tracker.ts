import { type KeptClass, keptClassOf } from './kept-classes.js';

const VALUES = Symbol('values');

/** A record whose values have moved aside; its properties read and write them there. */
interface TrackedRecord {
  readonly [VALUES]: Record<string, unknown>;
}

/**
 * Notices which objects change, without the help of whoever changes them: the properties of records become accessors,
 * collections get a prototype whose changing methods tell first. The objects stay the same ones and read as before.
 *
 * What it could not see is refused or must not be: a tracked record takes no further properties, and the elements of an
 * array change by its methods only.
 */
export class ChangeTracker {
  readonly #noticed: (object: object) => void;
  readonly #tracked = new WeakSet<object>();
  readonly #accessors = new Map<string, PropertyDescriptor>();
  readonly #prototypes = new Map<KeptClass, object>();

  /** `noticed` is called with an object that is about to change. */
  constructor(noticed: (object: object) => void) {
    this.#noticed = noticed;
  }

  /** From now on changes of this object are noticed. What is frozen never changes. */
  track(object: object): void {
    if (this.#tracked.has(object) || Object.isFrozen(object)) return;
    this.#tracked.add(object);
    const kept = keptClassOf(object);
    if (kept === undefined) this.#trackRecord(object);
    else Object.setPrototypeOf(object, this.#prototypeOf(kept));
  }

  #trackRecord(record: object): void {
    const keys = Object.keys(record);
    if (!(VALUES in record)) Object.defineProperty(record, VALUES, { value: { ...record } });
    // Away with the last one first: the engine undoes it as it was built and keeps the layout that like records share.
    for (const key of keys.toReversed()) Reflect.deleteProperty(record, key);
    for (const key of keys) Object.defineProperty(record, key, this.#accessorOf(key));
    Object.preventExtensions(record);
  }

  #accessorOf(key: string): PropertyDescriptor {
    const known = this.#accessors.get(key);
    if (known !== undefined) return known;
    const noticed = this.#noticed;
    const accessor = {
      enumerable: true,
      configurable: true,
      get(this: TrackedRecord): unknown {
        return this[VALUES][key];
      },
      set(this: TrackedRecord, value: unknown): void {
        if (Object.is(this[VALUES][key], value)) return;
        noticed(this);
        this[VALUES][key] = value;
      },
    };
    this.#accessors.set(key, accessor);
    return accessor;
  }

  #prototypeOf(kept: KeptClass): object {
    const known = this.#prototypes.get(kept);
    if (known !== undefined) return known;
    const noticed = this.#noticed;
    const prototype: object = Object.create(kept.prototype);
    for (const name of kept.changedBy) {
      const method: unknown = Reflect.get(kept.prototype, name);
      if (typeof method !== 'function') throw new TypeError(`${kept.name} has no method ${name}`);
      Object.defineProperty(prototype, name, {
        value(this: object, ...parameters: unknown[]): unknown {
          noticed(this);
          return Reflect.apply(method, this, parameters);
        },
      });
    }
    this.#prototypes.set(kept, prototype);
    return prototype;
  }
}

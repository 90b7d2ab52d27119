import type { XmlElement } from '@openstack-powervm/atom';
import type { ElementType } from './element-type.js';
import type { Fields } from './field.js';
import type { LensList } from './lens-list.js';
import type { Place } from './place.js';

const placeOf: unique symbol = Symbol('place');

/** What every lens has: the hidden place it looks at, and a plain view for logs and tests. */
export interface LensHandle {
  readonly [placeOf]: Place;
  /** The fields that are present, nested, as plain data. */
  toJSON(): Record<string, unknown>;
}

/**
 * A typed view of a live element. Reading never changes the document; assigning edits it in place; elements that
 * the declaration does not know stay as they are.
 */
export type LensOf<F extends Fields> = { [K in keyof F]: ReturnType<F[K]['read']> } & LensHandle;

/** What a new element is made from: any of the fields, nested objects as plain objects or lenses. */
export type InitOf<F extends Fields> = { readonly [K in keyof F]?: Parameters<F[K]['make']>[1] | undefined };

/** The lens of a declaration: `Lens<typeof LogicalPartition>`. */
export type Lens<T> = T extends ElementType<infer F> ? LensOf<F> : never;

/** The init object of a declaration. */
export type Init<T> = T extends ElementType<infer F> ? InitOf<F> : never;

/** Makes lenses of one declaration: a class whose accessors are the fields. */
export type LensMaker<F extends Fields> = (place: Place) => LensOf<F>;

/** The element a lens looks at. */
export function elementOf(lens: LensHandle): XmlElement {
  return lens[placeOf].element;
}

/** @internal */
export function placeOfLens(lens: LensHandle): Place {
  return lens[placeOf];
}

/** Whether a value is a lens (rather than an init object). */
export function isLens(value: unknown): value is LensHandle {
  return typeof value === 'object' && value !== null && placeOf in value;
}

export function lensMaker<F extends Fields>(fields: F): LensMaker<F> {
  class DeclaredLens implements LensHandle {
    readonly [placeOf]: Place;

    constructor(place: Place) {
      this[placeOf] = place;
    }

    toJSON(): Record<string, unknown> {
      return plain(fields, this[placeOf]);
    }
  }
  for (const [property, field] of Object.entries(fields)) {
    Object.defineProperty(DeclaredLens.prototype, property, {
      enumerable: true,
      get(this: DeclaredLens) {
        return field.read(this[placeOf]);
      },
      set(this: DeclaredLens, value: unknown) {
        field.write(this[placeOf], value);
      },
    });
  }
  // The accessors just defined are those that LensOf<F> promises; the compiler cannot see that.
  return (place) => new DeclaredLens(place) as unknown as LensOf<F>;
}

function plain(fields: Fields, place: Place): Record<string, unknown> {
  const present: Record<string, unknown> = {};
  for (const [property, field] of Object.entries(fields)) {
    if (place.child(field.wire)) present[property] = plainValue(field.read(place));
  }
  return present;
}

function plainValue(value: unknown): unknown {
  if (isLens(value)) return value.toJSON();
  if (isList(value)) return value.map((each) => each.toJSON());
  return value;
}

function isList(value: unknown): value is LensList<Fields> {
  return typeof value === 'object' && value !== null && 'itemType' in value;
}

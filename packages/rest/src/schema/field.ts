import type { XmlElement } from '@openstack-powervm/atom';
import type { FieldFacts, Usage } from './facts.js';
import type { Place } from './place.js';
import type { Style } from './style.js';

/** The kinds of fields, as the reference page names them. */
export type FieldKind =
  | 'text'
  | 'integer'
  | 'decimal'
  | 'flag'
  | 'percent'
  | 'texts'
  | 'integers'
  | 'link'
  | 'links'
  | 'element'
  | 'elements'
  | 'list';

/**
 * One line of a declaration: how one child element is read, written and created. `Value` is what the property of a
 * lens holds, `Init` what a create document is made from.
 */
export abstract class Field<Value, Init = Value> {
  abstract readonly kind: FieldKind;

  constructor(
    /** Name of the element. */
    readonly wire: string,
    readonly usage: Usage,
    readonly facts: FieldFacts,
  ) {}

  /** Never changes the document. */
  abstract read(place: Place): Value;

  /** Edits the document in place. */
  abstract write(place: Place, value: Value): void;

  /** The elements of a new document; `place` is the parent, for errors and adoption. */
  abstract make(place: Place, value: Init, style: Style): XmlElement[];
}

/** The fields of a declaration, by property name, in schema order. */
export type Fields = Readonly<Record<string, Field<unknown, unknown>>>;

/** Whether assigning the second would change nothing. */
export function sameValues<T>(present: readonly T[], assigned: readonly T[]): boolean {
  return present.length === assigned.length && present.every((value, index) => value === assigned[index]);
}

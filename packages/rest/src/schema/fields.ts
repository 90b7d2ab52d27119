import { decimalCodec, flagCodec, integerCodec, percentCodec, textCodec } from './codec.js';
import type { ElementType } from './element-type.js';
import type { FieldFacts, Usage } from './facts.js';
import type { Fields } from './field.js';
import { LinkField, LinksField } from './link-field.js';
import { ElementsField, ListField } from './list-field.js';
import { NestedField } from './nested-field.js';
import { RepeatedField, SimpleField } from './simple-field.js';

/**
 * The words of a declaration. Each takes the wire name, the usage (`kb`) and, where there is more to say, facts:
 * `uptime: integer('Uptime', 'ROO', { volatile: true, since: 'V1_5_0' })`.
 */
type Description = [wire: string, usage: Usage, facts?: FieldFacts];

export function text(wire: string, usage: Usage, facts: FieldFacts = {}): SimpleField<string> {
  return new SimpleField('text', textCodec, wire, usage, facts);
}

export function integer(wire: string, usage: Usage, facts: FieldFacts = {}): SimpleField<number> {
  return new SimpleField('integer', integerCodec, wire, usage, facts);
}

/** A number written with two decimals (processor units). */
export function decimal(wire: string, usage: Usage, facts: FieldFacts = {}): SimpleField<number> {
  return new SimpleField('decimal', decimalCodec(2), wire, usage, facts);
}

/** A size in GB, written with six decimals. */
export function gigabytes(wire: string, usage: Usage, facts: FieldFacts = {}): SimpleField<number> {
  return new SimpleField('decimal', decimalCodec(6), wire, usage, { unit: 'GB', ...facts });
}

/** `true` or `false`. */
export function flag(wire: string, usage: Usage, facts: FieldFacts = {}): SimpleField<boolean> {
  return new SimpleField('flag', flagCodec, wire, usage, facts);
}

/** A percentage: 2 is two per cent, written `2.00%`. */
export function percent(wire: string, usage: Usage, facts: FieldFacts = {}): SimpleField<number> {
  return new SimpleField('percent', percentCodec, wire, usage, { unit: '%', ...facts });
}

/** A text element that repeats. */
export function texts(wire: string, usage: Usage, facts: FieldFacts = {}): RepeatedField<string> {
  return new RepeatedField('texts', textCodec, wire, usage, facts);
}

/** An integer element that repeats. */
export function integers(wire: string, usage: Usage, facts: FieldFacts = {}): RepeatedField<number> {
  return new RepeatedField('integers', integerCodec, wire, usage, facts);
}

/** An empty element with the `href` of one object. */
export function link(wire: string, usage: Usage, facts: FieldFacts = {}): LinkField {
  return new LinkField(wire, usage, facts);
}

/** A wrapper of `link` elements, each with an `href`. */
export function links(wire: string, usage: Usage, facts: FieldFacts = {}): LinksField {
  return new LinksField(wire, usage, facts);
}

/** A complex element. */
export function nested<F extends Fields>(
  type: ElementType<F>,
  ...[wire, usage, facts = {}]: Description
): NestedField<F> {
  return new NestedField(type, wire, usage, facts);
}

/** A complex element that repeats without a wrapper. */
export function elements<F extends Fields>(
  type: ElementType<F>,
  ...[wire, usage, facts = {}]: Description
): ElementsField<F> {
  return new ElementsField(type, wire, usage, facts);
}

/** A wrapper of complex elements. */
export function list<F extends Fields>(
  type: ElementType<F>,
  ...[wire, usage, facts = {}]: Description
): ListField<F> {
  return new ListField(type, wire, usage, facts);
}

import fc from 'fast-check';
import type { Declaration } from '../schema/element-type.js';
import type { Field } from '../schema/field.js';
import { ElementsField, ListField } from '../schema/list-field.js';
import { NestedField } from '../schema/nested-field.js';

/** Random init objects of a declaration, with a few of its fields each, three levels deep. */
export function arbitraryInit(type: Declaration, depth = 0): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(type.fields).flatMap(([property, field]) => {
    const value = arbitraryValue(field, depth);
    return value ? [fc.tuple(fc.constant(property), value)] : [];
  });
  return fc
    .shuffledSubarray(fields, { maxLength: Math.min(fields.length, 8) })
    .chain((chosen) => fc.tuple(...chosen))
    .map((entries) => Object.fromEntries(entries));
}

function arbitraryValue(field: Field<unknown, unknown>, depth: number): fc.Arbitrary<unknown> | undefined {
  if (field instanceof NestedField) return depth < 3 ? arbitraryInit(field.type, depth + 1) : undefined;
  if (field instanceof ListField || field instanceof ElementsField) {
    // A list without wrapper cannot tell "empty" from "absent".
    const minLength = field instanceof ElementsField ? 1 : 0;
    return depth < 3
      ? fc.array(arbitraryInit(field.type, depth + 1), { minLength, maxLength: 2 })
      : undefined;
  }
  return simple[field.kind];
}

const text = fc.string({ unit: 'grapheme', maxLength: 12 });
const href = fc.webUrl();

const simple: Partial<Record<string, fc.Arbitrary<unknown>>> = {
  text,
  texts: fc.array(
    text.filter((value) => value !== ''),
    { minLength: 1, maxLength: 3 },
  ),
  integer: fc.maxSafeInteger(),
  integers: fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 3 }),
  decimal: fc.integer({ min: 0, max: 1_000_000 }).map((hundredths) => hundredths / 100),
  percent: fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100),
  flag: fc.boolean(),
  link: href,
  links: fc.array(href, { maxLength: 3 }),
};

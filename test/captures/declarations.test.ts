import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  attribute,
  childElements,
  readFeed,
  writeDocument,
  type XmlElement,
  XmlError,
} from '@openstack-powervm/atom';
import * as rest from '@openstack-powervm/rest';
import {
  type Declaration,
  ElementsField,
  ElementType,
  type Field,
  type Fields,
  ListField,
  NestedField,
  ResourceType,
} from '@openstack-powervm/rest';
import { type Capture, capturesFolder, readCaptures, skipReason } from './capture-file.js';

const folder = capturesFolder();
const captures = folder === undefined ? [] : readCaptures(folder);
const options = { skip: skipReason() };

/** Every captured object with its declaration. */
function objects(): { name: string; content: XmlElement; type: ResourceType<Fields> }[] {
  return captures.flatMap((capture) =>
    entriesOf(capture).flatMap(({ content }) => {
      const type = Object.values(rest).find(
        (each) => each instanceof ResourceType && each.name === content?.local,
      );
      return content && type instanceof ResourceType ? [{ name: capture.name, content, type }] : [];
    }),
  );
}

function entriesOf({ body }: Capture) {
  try {
    return readFeed(body).entries;
  } catch (error) {
    if (error instanceof XmlError) return [];
    throw error;
  }
}

test(
  'every declared field of every captured object can be read, and reading changes no byte',
  options,
  (t) => {
    let read = 0;
    for (const { name, content, type } of objects()) {
      const before = writeDocument(content);
      type.lens(content).toJSON();
      assert.equal(writeDocument(content), before, name);
      read += 1;
    }
    t.diagnostic(`${read} objects`);
    assert.ok(read > 0);
  },
);

/** Where a field occurs, and the attributes it was captured with there. Partitions and VIOSes share fields. */
interface Occurrence {
  readonly place: string;
  readonly captured: Set<string>;
}

type Occurrences = Map<Field<unknown, unknown>, Occurrence>;

/** The captures that the evidence of declarations names. */
function citedCaptures(): string[] {
  const evidence = Object.values(rest).map((each) => (each instanceof ElementType ? each.evidence : ''));
  return [...new Set(evidence.flatMap((each) => each.match(/[\w.]+\.(?:txt|xml)/g) ?? []))];
}

const missing = citedCaptures().find((cited) => !captures.some(({ name }) => name === cited));
const cited = {
  skip: options.skip || (missing !== undefined && `${missing}, cited as evidence, is not among the captures`),
};

test('usage, volatility, revision and group are declared as some capture has them', cited, (t) => {
  const occurrences = new Map<Field<unknown, unknown>, Occurrence>();
  const unknown = new Set<string>();
  for (const { content, type } of objects()) collect(type, content, occurrences, unknown);
  for (const each of unknown) t.diagnostic(`not declared: ${each}`);
  const wrong: string[] = [];
  for (const [field, { place, captured }] of occurrences) {
    const declared = described(field);
    const others = [...captured].filter((each) => each !== declared).join(', ');
    // A field that cites evidence of its own is declared otherwise on purpose.
    if (!captured.has(declared) && field.facts.evidence === undefined)
      wrong.push(`${place}: ${declared} declared, ${others} captured`);
    else if (others !== '') t.diagnostic(`${place}: ${declared} declared, also captured as ${others}`);
  }
  assert.deepEqual(wrong, []);
});

/** Gathers the attributes of the children, all the way down. */
function collect(type: Declaration, element: XmlElement, all: Occurrences, unknown: Set<string>): void {
  const fields = new Map(Object.values(type.fields).map((field) => [field.wire, field]));
  for (const found of childElements(element)) {
    const place = `${type.name}/${found.local}`;
    const field = fields.get(found.local);
    if (field) {
      const occurrence = all.get(field) ?? { place, captured: new Set() };
      all.set(field, occurrence);
      occurrence.captured.add(attributes(found));
      for (const [inner, innerType] of insides(field, found)) collect(innerType, inner, all, unknown);
    } else if (found.local !== 'Metadata') unknown.add(place);
  }
}

function described({ usage, facts }: Field<unknown, unknown>): string {
  if (usage === 'none') return '';
  return [usage, facts.volatile && 'volatile', facts.since, facts.group].filter(Boolean).join(' ');
}

function attributes(element: XmlElement): string {
  const volatile = attribute(element, 'kxe') === 'true' && 'volatile';
  const [kb, ksv, group] = ['kb', 'ksv', 'group'].map((name) => attribute(element, name));
  return [kb, volatile, ksv, group].filter(Boolean).join(' ');
}

function insides(field: Field<unknown, unknown>, element: XmlElement): [XmlElement, Declaration][] {
  if (field instanceof NestedField || field instanceof ElementsField) return [[element, field.type]];
  if (field instanceof ListField)
    return childElements(element, field.type.name).map((each) => [each, field.type]);
  return [];
}

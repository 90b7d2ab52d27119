import { createHash } from 'node:crypto';
import {
  ElementsField,
  type ElementType,
  type Field,
  type Fields,
  type InitOf,
  ListField,
  NestedField,
} from '@openstack-powervm/rest';
import { EMPTY_METADATA, escapeAttribute, escapeText, objectElement } from './xml.js';

/** An object as XML, ready to be sent again and again until the object changes. */
export interface Rendered {
  /** Text, with gaps for values that change by themselves (`kxe="true"`). */
  readonly parts: readonly (string | (() => string))[];
  /** Signed 32-bit integer as text, the same as long as nothing but volatile values differ (protocol reference 2.4). */
  readonly etag: string;
}

export interface Identity {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly schemaVersion?: string;
  /** Values by wire name that are computed anew whenever the object is sent. */
  readonly live?: Readonly<Record<string, () => string>>;
}

/**
 * Writes an object as a server does: names, order and attributes come from its declaration in the client's schema
 * (protocol reference 2.3 to 2.5).
 */
export function renderObject<F extends Fields>(
  type: ElementType<F>,
  values: InitOf<F>,
  identity: Identity,
): Rendered {
  const writer = new Writer(identity.schemaVersion ?? 'V1_3_0', identity.live ?? {});
  const open = objectElement(type.name, type.service, writer.schemaVersion, '\0');
  const [start = '', end = ''] = open.split('\0');
  const { id, createdAt } = identity;
  writer.write(start);
  writer.write(
    `<Metadata><Atom><AtomID>${id}</AtomID><AtomCreated>${createdAt}</AtomCreated></Atom></Metadata>`,
  );
  writer.fields(type.fields, values);
  writer.write(end);
  return writer.finish();
}

export function textOfRendered(rendered: Rendered): string {
  return rendered.parts.map((part) => (typeof part === 'string' ? part : part())).join('');
}

/** 32-bit signed integer as text, like the ETags of captures. */
export function etagOf(text: string): string {
  return String(createHash('md5').update(text).digest().readInt32BE());
}

/**
 * Collects pieces and joins them once: strings that grow piece by piece stay trees of their pieces, which a feed of
 * 1,000 partitions pays for with half of its time.
 */
class Writer {
  readonly schemaVersion: string;
  readonly #version: string;
  readonly #live: Readonly<Record<string, () => string>>;
  readonly #parts: (string | (() => string))[] = [];
  #pieces: string[] = [];
  /** What the ETag depends on, as soon as that is less than everything. */
  #stable: string[] | undefined;

  constructor(schemaVersion: string, live: Readonly<Record<string, () => string>>) {
    this.schemaVersion = schemaVersion;
    this.#version = ` schemaVersion="${schemaVersion}"`;
    this.#live = live;
  }

  write(text: string): void {
    this.#pieces.push(text);
    this.#stable?.push(text);
  }

  finish(): Rendered {
    const last = this.#pieces.join('');
    this.#parts.push(last);
    return { parts: this.#parts, etag: etagOf(this.#stable?.join('') ?? last) };
  }

  fields(fields: Fields, values: object): void {
    for (const [property, field] of entriesOf(fields)) {
      const value: unknown = Reflect.get(values, property);
      if (value === undefined) continue;
      const live = this.#live[field.wire];
      if (live === undefined) this.#field(field, value);
      else this.#liveField(field, live);
    }
  }

  #field(field: Field<unknown, unknown>, value: unknown): void {
    const start = startOf(field);
    if (field instanceof NestedField) {
      this.write(field.type.bare ? `${start}>` : `${start}${this.#version}>${EMPTY_METADATA}`);
      this.fields(field.type.fields, asObject(value));
      this.write(`</${field.wire}>`);
    } else if (field instanceof ElementsField) {
      this.#items(field, asIterable(value));
    } else if (field instanceof ListField) {
      this.write(`${start}${this.#version}>${EMPTY_METADATA}`);
      this.#items(field, asIterable(value));
      this.write(`</${field.wire}>`);
    } else if (field.kind === 'link') {
      this.write(`${start} href="${escapeAttribute(String(value))}" rel="related"/>`);
    } else if (field.kind === 'links') {
      this.#links(field, asIterable(value));
    } else if (field.kind === 'texts' || field.kind === 'integers') {
      for (const item of asIterable(value)) this.#simple(field, item);
    } else {
      this.#simple(field, value);
    }
  }

  #simple(field: Field<unknown, unknown>, value: unknown): void {
    const text = formatted(field, value);
    const start = startOf(field);
    const element = text === '' ? `${start}/>` : `${start}>${escapeText(text)}</${field.wire}>`;
    if (field.facts.volatile === true) this.#writeVolatile(element);
    else this.write(element);
  }

  #writeVolatile(text: string): void {
    this.#stable ??= [...this.#pieces];
    this.#pieces.push(text);
  }

  #liveField(field: Field<unknown, unknown>, live: () => string): void {
    this.#writeVolatile(`${startOf(field)}>`);
    this.#parts.push(this.#pieces.join(''), live);
    this.#pieces = [`</${field.wire}>`];
  }

  #items({ type }: ListField<Fields> | ElementsField<Fields>, items: Iterable<unknown>): void {
    for (const item of items) {
      this.write(type.bare ? `<${type.name}>` : `<${type.name}${this.#version}>${EMPTY_METADATA}`);
      this.fields(type.fields, asObject(item));
      this.write(`</${type.name}>`);
    }
  }

  #links(field: Field<unknown, unknown>, hrefs: Iterable<unknown>): void {
    const links = Array.from(
      hrefs,
      (href) => `<link href="${escapeAttribute(String(href))}" rel="related"/>`,
    );
    const start = startOf(field);
    this.write(links.length === 0 ? `${start}/>` : `${start}>${links.join('')}</${field.wire}>`);
  }
}

/** What is known of declarations does not change; it is worked out once for each of them. */
const starts = new WeakMap<Field<unknown, unknown>, string>();
const entries = new WeakMap<Fields, readonly (readonly [string, Field<unknown, unknown>])[]>();

function entriesOf(fields: Fields): readonly (readonly [string, Field<unknown, unknown>])[] {
  const known = entries.get(fields) ?? Object.entries(fields);
  entries.set(fields, known);
  return known;
}

/** A field's start tag without its end: `<Name kb="CUD" kxe="false"`. */
function startOf(field: Field<unknown, unknown>): string {
  const known = starts.get(field) ?? `<${field.wire}${attributes(field)}`;
  starts.set(field, known);
  return known;
}

/**
 * `ksv`, `group`, `kb` and `kxe` (protocol reference 2.4). Elements that no capture holds are written as settable;
 * alternatives of a choice have none.
 */
function attributes(field: Field<unknown, unknown>): string {
  if (field.usage === 'none') return '';
  const { since, group, volatile } = field.facts;
  const introduced = since === undefined ? '' : ` ksv="${since}"`;
  const extended = group === undefined ? '' : ` group="${group}"`;
  const usage = field.usage === 'unseen' ? 'CUD' : field.usage;
  return `${introduced}${extended} kb="${usage}" kxe="${volatile === true}"`;
}

/** Servers write decimals as short as they are (protocol reference 2.7). */
function formatted(field: Field<unknown, unknown>, value: unknown): string {
  if (field.kind === 'percent' && typeof value === 'number') {
    return `${Number.isInteger(value) ? value.toFixed(1) : value}%`;
  }
  return String(value);
}

function asObject(value: unknown): object {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${String(value)} is not an object`);
  return value;
}

function asIterable(value: unknown): Iterable<unknown> {
  if (typeof value === 'object' && value !== null && Symbol.iterator in value) {
    return value as Iterable<unknown>;
  }
  throw new TypeError(`${String(value)} is not a list`);
}

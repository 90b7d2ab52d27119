import { setAttribute, type XmlElement } from '@openstack-powervm/atom';
import type { ElementType } from './element-type.js';
import type { Fields } from './field.js';
import type { InitOf, LensOf } from './lens.js';
import { Place } from './place.js';
import { type Description, metadata, type Style, styled } from './style.js';

/**
 * A new document as a client writes it: children in schema order, prefix `uom:` or `web:`, schemaVersion V1_0,
 * Metadata, and the `ksv` of newer elements (protocol reference 2.4, 2.12, 2.13). `id` is the UUID that the client
 * chooses, for the few types that allow it (protocol reference 2.6).
 */
export function create<F extends Fields>(
  type: ElementType<F>,
  init: InitOf<F>,
  options: { readonly id?: string } = {},
): LensOf<F> {
  const style = { prefix: type.service, namespace: type.namespace, schemaVersion: 'V1_0', server: false };
  const root = styled(style, { wire: type.name, complex: !type.bare });
  return fill(type, root, init, style, options.id);
}

/** What a server adds to an object. */
export interface Published {
  readonly id: string;
  /** Epoch ms. */
  readonly created?: number;
  /** Revision of the schema, such as `V1_3_0`. */
  readonly schemaVersion?: string;
}

/**
 * A new document as a server writes it: prefix on the root only, and `kb`, `kxe`, `ksv` and `group` on every child
 * (protocol reference 2.3, 2.4).
 */
export function publish<F extends Fields>(
  type: ElementType<F>,
  init: InitOf<F>,
  published: Published,
): LensOf<F> {
  const { id, created = 0, schemaVersion = 'V1_3_0' } = published;
  const style = { prefix: type.name, namespace: type.namespace, schemaVersion, server: true };
  const root = styled(style, { wire: type.name });
  setAttribute(root, `xmlns:${type.name}`, type.namespace);
  setAttribute(root, 'xmlns', type.namespace);
  setAttribute(root, 'schemaVersion', schemaVersion);
  return fill(type, root, init, { ...style, prefix: '' }, id, created);
}

/** @internal A new complex element inside of a document. `place` is its parent. */
export function newElement<F extends Fields>(
  type: ElementType<F>,
  init: InitOf<F>,
  { wire, usage, facts }: Description,
  place: Place,
  style: Style,
): XmlElement {
  const description = { wire, ...(usage && { usage }), ...(facts && { facts }), complex: !type.bare };
  const made = styled(style, description);
  fill(type, made, init, style, undefined, undefined, place);
  return made;
}

function fill<F extends Fields>(
  type: ElementType<F>,
  made: XmlElement,
  init: InitOf<F>,
  style: Style,
  id?: string,
  created?: number,
  owner?: Place,
): LensOf<F> {
  const place = new Place(made, type.order, owner);
  if (!type.bare) made.children.push(metadata(style, id, created));
  const values: Readonly<Record<string, unknown>> = init;
  for (const unknown of Object.keys(values)) {
    if (!(unknown in type.fields)) throw new TypeError(`${place.path()} has no field "${unknown}"`);
  }
  for (const [property, field] of Object.entries(type.fields)) {
    const value = values[property];
    if (value !== undefined) made.children.push(...field.make(place, value, style));
  }
  return type.lens(made, owner);
}

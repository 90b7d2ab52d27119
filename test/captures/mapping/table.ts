import { type AtomEntry, linkOf, type XmlElement } from '@openstack-powervm/atom';
import { type ElementType, type Fields, idOf, type LensOf } from '@openstack-powervm/rest';

/** What stands around the object whose property is read. */
export interface Around {
  /** The Atom entry, where the object is the content of one. */
  readonly entry?: AtomEntry;
  /** The ETag header of the response, where it belongs to this one object. */
  readonly etagHeader?: string;
  /** The element of the lens that this one was reached from. */
  readonly parent?: XmlElement;
}

type Readings<L> = Readonly<Record<string, (lens: L, around: Around) => unknown>>;

/** How one class of the other client is read through our lenses. */
export interface ClassMapping {
  /** The names of the properties that are compared. */
  readonly names: ReadonlySet<string>;
  /** Properties that are not compared: name → reason. */
  readonly excluded: Readonly<Record<string, string>>;
  /** Our value of a property: undefined stands for the other client's null, a lens for an object. */
  read(element: XmlElement, name: string, around: Around): unknown;
}

/** Maps a class to one of our declarations. */
export function mapped<F extends Fields>(
  type: ElementType<F>,
  readings: Readings<LensOf<F>>,
  excluded: Readonly<Record<string, string>> = {},
): ClassMapping {
  const all: Readings<LensOf<F>> = { uuid: (lens, { entry }) => entry?.id ?? idOf(lens), ...readings };
  return {
    names: new Set(Object.keys(all)),
    excluded,
    read: (element, name, around) => all[name]?.(type.lens(element), around),
  };
}

/** Maps a class whose instances have a URL: the envelope is compared too. */
export function mappedResource<F extends Fields>(
  type: ElementType<F>,
  readings: Readings<LensOf<F>>,
  excluded: Readonly<Record<string, string>> = {},
): ClassMapping {
  const envelope: Readings<LensOf<F>> = {
    // The header wins: it belongs to the representation that was asked for.
    etag: (_, { entry, etagHeader }) => etagHeader ?? entry?.etag,
    href: (_, { entry }) => entry && linkOf(entry, 'SELF')?.href,
    related_href: (_, { entry }) => entry && pathOnly(linkOf(entry, 'SELF')?.href),
  };
  return mapped(type, { ...envelope, ...readings }, excluded);
}

/** Maps a class whose entries have no content: everything is in the envelope. */
export function mappedEnvelope(
  readings: Readings<AtomEntry>,
  excluded: Readonly<Record<string, string>> = {},
): ClassMapping {
  return {
    names: new Set(Object.keys(readings)),
    excluded,
    read: (_, name, { entry }) => entry && readings[name]?.(entry, { entry }),
  };
}

/** Without query. The other client puts a link that has no scheme together again with an empty one. */
function pathOnly(href: string | undefined): string | undefined {
  const path = href?.split('?')[0];
  return path === undefined || path.includes('://') ? path : `://${path}`;
}

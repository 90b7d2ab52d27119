import { element, type XmlElement } from '@openstack-powervm/atom';
import type { FieldFacts, Usage } from './facts.js';

/** How new elements are written: by a client, or as a server writes them. */
export interface Style {
  /** Prefix of element names, without colon. */
  readonly prefix: string;
  readonly namespace: string;
  /** Of complex elements: `V1_0` in what clients write (protocol reference 2.4). */
  readonly schemaVersion: string;
  /** Whether elements carry `kb`, `kxe` and `group`, as servers write them. */
  readonly server: boolean;
}

/** What an element is, for its attributes. */
export interface Description {
  readonly wire: string;
  readonly usage?: Usage;
  readonly facts?: FieldFacts;
  /** Complex elements carry `schemaVersion`. */
  readonly complex?: boolean;
  /** Further attributes, such as `href`. */
  readonly more?: Readonly<Record<string, string>>;
}

/** A new element of this style. */
export function styled(
  style: Style,
  { wire, usage, facts = {}, complex = false, more = {} }: Description,
  children: readonly (XmlElement | string)[] = [],
): XmlElement {
  const name = style.prefix === '' ? wire : `${style.prefix}:${wire}`;
  const marked = style.server && usage !== undefined && usage !== 'none';
  const attributes = {
    ...(marked && facts.group !== undefined && { group: facts.group }),
    ...(facts.since !== undefined && { ksv: facts.since }),
    ...(marked && usage !== 'unseen' && { kb: usage }),
    ...(marked && { kxe: String(facts.volatile ?? false) }),
    ...more,
    ...(complex && { schemaVersion: style.schemaVersion }),
  };
  return element(name, style.namespace, attributes, children);
}

/** `<Metadata><Atom/></Metadata>`, with which complex elements begin (protocol reference 2.5). */
export function metadata(style: Style, id?: string, created?: number): XmlElement {
  const fields = [
    ...(id === undefined ? [] : [styled(style, { wire: 'AtomID' }, [id])]),
    ...(created === undefined ? [] : [styled(style, { wire: 'AtomCreated' }, [String(created)])]),
  ];
  return styled(style, { wire: 'Metadata' }, [styled(style, { wire: 'Atom' }, fields)]);
}

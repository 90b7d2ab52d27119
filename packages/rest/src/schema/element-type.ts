import type { XmlElement } from '@openstack-powervm/atom';
import type { ExtendedGroup } from './facts.js';
import type { Fields } from './field.js';
import { type LensMaker, type LensOf, lensMaker } from './lens.js';
import { namespaces, type Service } from './namespaces.js';
import { type ChildOrder, Place } from './place.js';

/** What is declared about an element besides its fields. */
export interface ElementFacts {
  /** Where the declaration comes from: sections of the protocol reference, captures. */
  readonly evidence: string;
  readonly service?: Service;
  /** A container or choice that has neither `Metadata` nor `schemaVersion` (protocol reference 2.5). */
  readonly bare?: boolean;
}

/** A declaration of any element, for code that walks declarations rather than documents. */
export interface Declaration {
  /** Wire name of the element. */
  readonly name: string;
  readonly service: Service;
  readonly namespace: string;
  readonly bare: boolean;
  readonly evidence: string;
  /** By property name, in schema order. */
  readonly fields: Fields;
}

/** The declaration of a complex element. Its fields are in schema order, by property name. */
export class ElementType<F extends Fields> implements Declaration {
  readonly namespace: string;
  readonly service: Service;
  readonly bare: boolean;
  readonly evidence: string;
  /** Wire names in schema order. */
  readonly order: ChildOrder;
  readonly #make: LensMaker<F>;

  constructor(
    /** Wire name of the element. */
    readonly name: string,
    facts: ElementFacts,
    readonly fields: F,
  ) {
    this.service = facts.service ?? 'uom';
    this.namespace = namespaces[this.service];
    this.bare = facts.bare ?? false;
    this.evidence = facts.evidence;
    this.order = new Map(Object.values(fields).map((field, index) => [field.wire, index]));
    this.#make = lensMaker(fields);
  }

  /** A lens on an element; `owner` is the place it belongs to, if any. */
  lens(element: XmlElement, owner?: Place): LensOf<F> {
    return this.#make(new Place(element, this.order, owner));
  }
}

/** Where a resource is found and what can be asked of it (protocol reference 2.9 to 2.11, 3.1). */
export interface ResourceFacts extends ElementFacts {
  /** Addressed as `/uom/Type[/id]`. */
  readonly root?: boolean;
  /** Addressed below these, by type name. */
  readonly parents?: readonly string[];
  /** Properties that a search may name. */
  readonly search?: readonly string[];
  /** Groups of elements that a server leaves out unless asked, beyond those that fields name. */
  readonly groups?: readonly ExtendedGroup[];
}

/** The declaration of an object that has a URL. */
export class ResourceType<F extends Fields> extends ElementType<F> {
  readonly root: boolean;
  readonly parents: readonly string[];
  readonly search: readonly string[];
  /** The extended attribute groups of its own and its nested fields. */
  readonly groups: readonly ExtendedGroup[];

  constructor(name: string, facts: ResourceFacts, fields: F) {
    super(name, facts, fields);
    this.root = facts.root ?? false;
    this.parents = facts.parents ?? [];
    this.search = facts.search ?? [];
    const named = Object.values(fields).flatMap((field) => field.facts.group ?? []);
    this.groups = [...new Set([...named, ...(facts.groups ?? [])])].sort();
  }
}

import { child, childElements, type XmlElement } from '@openstack-powervm/atom';
import type { Style } from './style.js';

/** Where the children of an element stand: the wire names in schema order. */
export type ChildOrder = ReadonlyMap<string, number>;

/** An element of a live document, seen through its declaration. */
export class Place {
  /** Undefined while the element belongs to no other: then it is adopted, not copied, when it is assigned. */
  #owner: Place | undefined;

  constructor(
    readonly element: XmlElement,
    readonly order: ChildOrder,
    owner?: Place,
  ) {
    this.#owner = owner;
  }

  get owned(): boolean {
    return this.#owner !== undefined;
  }

  /** The element, now a part of the owner; a copy of it when it was a part of something already. */
  adoptedBy(owner: Place): XmlElement {
    if (this.#owner) return this.element.copy();
    this.#owner = owner;
    return this.element;
  }

  /** Wire names from the resource down to a child, for errors. */
  path(wire?: string): string {
    const own = this.#owner ? this.#owner.path(this.element.local) : this.element.local;
    return wire === undefined ? own : `${own}/${wire}`;
  }

  child(wire: string): XmlElement | undefined {
    return child(this.element, wire);
  }

  children(wire: string): XmlElement[] {
    return childElements(this.element, wire);
  }

  /** How a new child is written: named like its siblings, with the attributes of a client. */
  get style(): Style {
    const { element } = this;
    const sibling = childElements(element).find((each) => each.namespace === element.namespace);
    const { prefix } = sibling ?? element;
    return { prefix, namespace: element.namespace, schemaVersion: 'V1_0', server: false };
  }

  /** Puts a new child where the schema wants it: in front of the first sibling that comes later. */
  insert(made: XmlElement): void {
    const nodes = this.element.children;
    const rank = this.order.get(made.local) ?? Number.POSITIVE_INFINITY;
    const later = nodes.findIndex(
      (node) => node.kind === 'element' && (this.order.get(node.local) ?? -1) > rank,
    );
    const last = nodes.at(-1);
    const tail = last?.kind === 'text' && last.value.trim() === '' ? nodes.length - 1 : nodes.length;
    nodes.splice(later === -1 ? tail : later, 0, made);
  }

  remove(gone: XmlElement): void {
    const at = this.element.children.indexOf(gone);
    if (at !== -1) this.element.children.splice(at, 1);
  }

  /** Puts `made` where `old` stands, or where the schema wants it when there is none. */
  replace(old: XmlElement | undefined, made: XmlElement): void {
    const nodes = this.element.children;
    const at = old ? nodes.indexOf(old) : -1;
    if (at === -1) this.insert(made);
    else nodes[at] = made;
  }
}

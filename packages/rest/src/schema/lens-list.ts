import { childElements, type XmlElement } from '@openstack-powervm/atom';
import { newElement } from './create.js';
import type { ElementType } from './element-type.js';
import type { Fields } from './field.js';
import { type InitOf, isLens, type LensOf, placeOfLens } from './lens.js';
import type { Place } from './place.js';
import type { Style } from './style.js';

/** Where a list finds its wrapper, and makes it when the first item is added. */
export interface Wrapper {
  find(): Place | undefined;
  obtain(): Place;
}

/** A live view of the items in a wrapper element such as `VirtualSCSIMappings`. An absent wrapper reads as empty. */
export class LensList<F extends Fields> implements Iterable<LensOf<F>> {
  constructor(
    readonly itemType: ElementType<F>,
    private readonly wrapper: Wrapper,
  ) {}

  *[Symbol.iterator](): Iterator<LensOf<F>> {
    yield* this.toArray();
  }

  /** The lenses as they are now; the array does not follow later changes. */
  toArray(): LensOf<F>[] {
    const place = this.wrapper.find();
    if (!place) return [];
    return childElements(place.element, this.itemType.name).map((each) => this.itemType.lens(each, place));
  }

  get length(): number {
    const place = this.wrapper.find();
    return place ? childElements(place.element, this.itemType.name).length : 0;
  }

  /** Negative positions count from the end. */
  at(position: number): LensOf<F> | undefined {
    return this.toArray().at(position);
  }

  find(wanted: (item: LensOf<F>) => boolean): LensOf<F> | undefined {
    return this.toArray().find(wanted);
  }

  filter(wanted: (item: LensOf<F>) => boolean): LensOf<F>[] {
    return this.toArray().filter(wanted);
  }

  map<T>(convert: (item: LensOf<F>) => T): T[] {
    return this.toArray().map(convert);
  }

  some(wanted: (item: LensOf<F>) => boolean): boolean {
    return this.toArray().some(wanted);
  }

  every(wanted: (item: LensOf<F>) => boolean): boolean {
    return this.toArray().every(wanted);
  }

  /**
   * Appends an item and returns its lens. A lens that belongs to a document already is copied, so that an adapter
   * of one mapping can be used in another.
   */
  add(item: LensOf<F> | InitOf<F>): LensOf<F> {
    const place = this.wrapper.obtain();
    const made = makeItem(this.itemType, item, place, place.style);
    place.insert(made);
    return this.itemType.lens(made, place);
  }

  /** Takes an item of this list out; false when it is not in the list. The wrapper stays, even when empty. */
  remove(item: LensOf<F>): boolean {
    const place = this.wrapper.find();
    const element = placeOfLens(item).element;
    if (!place?.element.children.includes(element)) return false;
    place.remove(element);
    return true;
  }

  /** Takes out every item that is not wanted; returns how many went. */
  removeWhere(unwanted: (item: LensOf<F>) => boolean): number {
    return this.filter(unwanted).filter((item) => this.remove(item)).length;
  }
}

/** The element of a new item: that of a lens, adopted or copied, or one made from an init object. */
export function makeItem<F extends Fields>(
  type: ElementType<F>,
  item: LensOf<F> | InitOf<F>,
  place: Place,
  style: Style,
): XmlElement {
  if (isLens(item)) return placeOfLens(item).adoptedBy(place);
  return newElement(type, item, { wire: type.name }, place, style);
}

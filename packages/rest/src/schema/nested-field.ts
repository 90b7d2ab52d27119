import type { XmlElement } from '@openstack-powervm/atom';
import { newElement } from './create.js';
import type { ElementType } from './element-type.js';
import type { FieldFacts, Usage } from './facts.js';
import { Field, type Fields } from './field.js';
import { type InitOf, isLens, type LensOf, placeOfLens } from './lens.js';
import { LensList } from './lens-list.js';
import { Place } from './place.js';
import { metadata, type Style, styled } from './style.js';

/** A complex child element. Absent reads as undefined; assign `create(Type, init)`, a lens, or undefined. */
export class NestedField<F extends Fields> extends Field<
  LensOf<F> | undefined,
  InitOf<F> | LensOf<F> | undefined
> {
  readonly kind = 'element';

  constructor(
    readonly type: ElementType<F>,
    ...description: [wire: string, usage: Usage, facts: FieldFacts]
  ) {
    super(...description);
  }

  read(place: Place): LensOf<F> | undefined {
    const found = place.child(this.wire);
    return found && this.type.lens(found, place);
  }

  write(place: Place, value: LensOf<F> | undefined): void {
    const found = place.child(this.wire);
    if (value !== undefined) {
      if (placeOfLens(value).element === found) return;
      for (const made of this.make(place, value, place.style)) place.replace(found, made);
    } else if (found) place.remove(found);
  }

  make(place: Place, value: InitOf<F> | LensOf<F> | undefined, style: Style): XmlElement[] {
    if (value === undefined) return [];
    if (!isLens(value)) return [newElement(this.type, value, this, place, style)];
    const source = placeOfLens(value);
    if (source.element.local === this.wire) return [source.adoptedBy(place)];
    // Declared under another name, such as `Port` and `PhysicalPort`: the content goes over.
    const made = styled(style, { ...this, complex: !this.type.bare });
    made.children.push(...source.element.copy().children);
    return [made];
  }
}

/** What a list is made from. */
type ItemsOf<F extends Fields> = Iterable<InitOf<F> | LensOf<F>> | undefined;

/** A wrapper of items of one declaration. Assigning replaces the items. */
export class ListField<F extends Fields> extends Field<LensList<F>, ItemsOf<F>> {
  readonly kind = 'list';

  constructor(
    readonly type: ElementType<F>,
    ...description: [wire: string, usage: Usage, facts: FieldFacts]
  ) {
    super(...description);
  }

  read(place: Place): LensList<F> {
    const at = (element: XmlElement) => new Place(element, noOrder, place);
    return new LensList(this.type, {
      find: () => {
        const found = place.child(this.wire);
        return found && at(found);
      },
      obtain: () => {
        const found = place.child(this.wire);
        if (found) return at(found);
        const made = this.#wrapper(place.style);
        place.insert(made);
        return at(made);
      },
    });
  }

  write(place: Place, items: LensList<F>): void {
    for (const made of this.make(place, items, place.style)) place.replace(place.child(this.wire), made);
  }

  make(place: Place, items: ItemsOf<F>, style: Style): XmlElement[] {
    if (items === undefined) return [];
    const wrapper = this.#wrapper(style);
    const inside = new Place(wrapper, noOrder, place);
    for (const item of items) {
      const made = isLens(item)
        ? placeOfLens(item).adoptedBy(inside)
        : newElement(this.type, item, { wire: this.type.name }, inside, style);
      wrapper.children.push(made);
    }
    return [wrapper];
  }

  /** Servers begin collections with Metadata, clients do not (protocol reference 2.5). */
  #wrapper(style: Style): XmlElement {
    const { wire, usage, facts } = this;
    return styled(style, { wire, usage, facts, complex: true }, style.server ? [metadata(style)] : []);
  }
}

const noOrder: ReadonlyMap<string, number> = new Map();

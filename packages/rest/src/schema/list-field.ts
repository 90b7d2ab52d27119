import type { XmlElement } from '@openstack-powervm/atom';
import type { ElementType } from './element-type.js';
import type { FieldFacts, Usage } from './facts.js';
import { Field, type Fields } from './field.js';
import type { InitOf, LensOf } from './lens.js';
import { LensList, makeItem } from './lens-list.js';
import { Place } from './place.js';
import { metadata, type Style, styled } from './style.js';

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
    for (const item of items) wrapper.children.push(makeItem(this.type, item, inside, style));
    return [wrapper];
  }

  /** Servers begin collections with Metadata, clients do not (protocol reference 2.5). */
  #wrapper(style: Style): XmlElement {
    const { wire, usage, facts } = this;
    return styled(style, { wire, usage, facts, complex: true }, style.server ? [metadata(style)] : []);
  }
}

/** A complex child element that repeats without a wrapper. Assigning replaces the elements. */
export class ElementsField<F extends Fields> extends Field<LensList<F>, ItemsOf<F>> {
  readonly kind = 'elements';

  constructor(
    readonly type: ElementType<F>,
    ...description: [wire: string, usage: Usage, facts: FieldFacts]
  ) {
    super(...description);
  }

  read(place: Place): LensList<F> {
    return new LensList(this.type, { find: () => place, obtain: () => place });
  }

  write(place: Place, items: LensList<F>): void {
    const made = this.make(place, items, place.style);
    for (const old of place.children(this.wire)) place.remove(old);
    for (const each of made) place.insert(each);
  }

  make(place: Place, items: ItemsOf<F>, style: Style): XmlElement[] {
    return [...(items ?? [])].map((item) => makeItem(this.type, item, place, style));
  }
}

const noOrder: ReadonlyMap<string, number> = new Map();

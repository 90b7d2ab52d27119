import type { XmlElement } from '@openstack-powervm/atom';
import { newElement } from './create.js';
import type { ElementType } from './element-type.js';
import type { FieldFacts, Usage } from './facts.js';
import { Field, type Fields } from './field.js';
import { type InitOf, isLens, type LensOf, placeOfLens } from './lens.js';
import type { Place } from './place.js';
import { type Style, styled } from './style.js';

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
      if (!isLens(value))
        throw new TypeError(`${place.path(this.wire)} takes a lens: create(${this.type.name}, …)`);
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

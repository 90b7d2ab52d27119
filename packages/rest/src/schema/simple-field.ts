import { setText, textOf, type XmlElement } from '@openstack-powervm/atom';
import type { Codec } from './codec.js';
import { WrongTypeError } from './error.js';
import type { FieldFacts, Usage } from './facts.js';
import { Field, type FieldKind, sameValues } from './field.js';
import type { Place } from './place.js';
import { type Style, styled } from './style.js';

/** An element that holds one value. Absent reads as undefined; setting undefined removes the element. */
export class SimpleField<T> extends Field<T | undefined> {
  constructor(
    readonly kind: FieldKind,
    private readonly codec: Codec<T>,
    ...description: [wire: string, usage: Usage, facts: FieldFacts]
  ) {
    super(...description);
  }

  read(place: Place): T | undefined {
    const found = place.child(this.wire);
    return found && parse(this.codec, found, place);
  }

  write(place: Place, value: T | undefined): void {
    const found = place.child(this.wire);
    if (value === undefined) {
      if (found) place.remove(found);
      return;
    }
    const text = format(this.codec, value, place, this.wire);
    if (!found) place.insert(this.#make(text, place.style));
    else if (!this.#means(found, value)) setText(found, text);
  }

  make(place: Place, value: T | undefined, style: Style): XmlElement[] {
    return value === undefined ? [] : [this.#make(format(this.codec, value, place, this.wire), style)];
  }

  /** Whether the element holds the value already, however it is written (`0.5` and `0.50`). */
  #means(found: XmlElement, value: T): boolean {
    return found.written !== undefined && this.codec.parse(textOf(found)) === value;
  }

  #make(text: string, style: Style): XmlElement {
    return styled(style, this, text === '' ? [] : [text]);
  }
}

/** An element that repeats, one value each. The array is a copy: assign a new one to change the document. */
export class RepeatedField<T> extends Field<readonly T[]> {
  constructor(
    readonly kind: FieldKind,
    private readonly codec: Codec<T>,
    ...description: [wire: string, usage: Usage, facts: FieldFacts]
  ) {
    super(...description);
  }

  read(place: Place): readonly T[] {
    const values: T[] = [];
    for (const found of place.children(this.wire)) {
      const value = parse(this.codec, found, place);
      if (value !== undefined) values.push(value);
    }
    return values;
  }

  write(place: Place, values: readonly T[]): void {
    if (sameValues(this.read(place), values)) return;
    const made = this.make(place, values, place.style);
    for (const old of place.children(this.wire)) place.remove(old);
    for (const each of made) place.insert(each);
  }

  make(place: Place, values: readonly T[], style: Style): XmlElement[] {
    return values.map((value) => styled(style, this, [format(this.codec, value, place, this.wire)]));
  }
}

/** Undefined for an empty element, unless an empty text is a value of the type. */
function parse<T>(codec: Codec<T>, found: XmlElement, place: Place): T | undefined {
  const text = textOf(found);
  const value = codec.parse(text) ?? codec.parse(text.trim());
  if (value === undefined && text.trim() !== '')
    throw new WrongTypeError(place.path(found.local), codec.expected, text);
  return value;
}

function format<T>(codec: Codec<T>, value: T, place: Place, wire: string): string {
  const text = codec.format(value);
  if (text === undefined) throw new WrongTypeError(place.path(wire), codec.expected, String(value));
  return text;
}

import { attribute, childElements, setAttribute, type XmlElement } from '@openstack-powervm/atom';
import { Field, sameValues } from './field.js';
import type { Place } from './place.js';
import { type Style, styled } from './style.js';

/** An empty element that refers to one object. The value is the `href`; setting undefined removes the element. */
export class LinkField extends Field<string | undefined> {
  readonly kind = 'link';

  read(place: Place): string | undefined {
    const found = place.child(this.wire);
    return found && attribute(found, 'href');
  }

  write(place: Place, href: string | undefined): void {
    const found = place.child(this.wire);
    if (href === undefined) {
      if (found) place.remove(found);
    } else if (found) {
      if (attribute(found, 'href') !== href) setAttribute(found, 'href', href);
    } else place.insert(this.#make(href, place.style));
  }

  make(_place: Place, href: string | undefined, style: Style): XmlElement[] {
    return href === undefined ? [] : [this.#make(href, style)];
  }

  #make(href: string, style: Style): XmlElement {
    const { wire, usage, facts } = this;
    return styled(style, { wire, usage, facts, more: { href, rel: 'related' } });
  }
}

/** A wrapper of `link` elements. The value is their `href`s; an absent wrapper reads as no links. */
export class LinksField extends Field<readonly string[]> {
  readonly kind = 'links';

  read(place: Place): readonly string[] {
    const wrapper = place.child(this.wire);
    return wrapper ? hrefsOf(wrapper) : [];
  }

  /** Links that stay keep the element they have. */
  write(place: Place, hrefs: readonly string[]): void {
    if (sameValues(this.read(place), hrefs)) return;
    const wrapper = place.child(this.wire);
    if (!wrapper) {
      place.insert(this.#make(hrefs, place.style));
      return;
    }
    const old = childElements(wrapper, 'link');
    const links = hrefs.map(
      (href) => old.find((each) => attribute(each, 'href') === href) ?? makeLink(href, place.style),
    );
    wrapper.children.splice(0, wrapper.children.length, ...links);
  }

  make(_place: Place, hrefs: readonly string[], style: Style): XmlElement[] {
    return [this.#make(hrefs, style)];
  }

  #make(hrefs: readonly string[], style: Style): XmlElement {
    const links = hrefs.map((href) => makeLink(href, style));
    return styled(style, this, links);
  }
}

function hrefsOf(wrapper: XmlElement): string[] {
  return childElements(wrapper, 'link').map((link) => attribute(link, 'href') ?? '');
}

function makeLink(href: string, style: Style): XmlElement {
  return styled(style, { wire: 'link', more: { href, rel: 'related' } });
}

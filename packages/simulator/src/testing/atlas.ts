import { attribute, childElements, type XmlElement } from '@openstack-powervm/atom';

/** What is known of the elements at one path, `VirtualSwitch/SwitchName`. */
export interface Place {
  /** Attribute signatures that were seen. */
  readonly signatures: Set<string>;
  /** Names of siblings that stood behind, in at least one document. */
  readonly followers: Set<string>;
  /** How often an element was seen here. */
  count: number;
  /** In how many of its parents there was one. */
  parents: number;
}

/** Places by path. */
export type Atlas = Map<string, Place>;

/** Adds an object and everything below it, but for a child that is charted by itself. */
export function chart(atlas: Atlas, element: XmlElement, path: string, but?: string): void {
  const place = placeAt(atlas, path);
  place.signatures.add(signature(element));
  place.count += 1;
  const children = childElements(element).filter((each) => each.local !== but);
  for (const name of new Set(children.map((each) => each.local)))
    placeAt(atlas, `${path}/${name}`).parents += 1;
  children.forEach((each, index) => {
    const childPath = `${path}/${each.local}`;
    chart(atlas, each, childPath);
    for (const later of children.slice(index + 1)) atlas.get(childPath)?.followers.add(later.local);
  });
}

function placeAt(atlas: Atlas, path: string): Place {
  const place = atlas.get(path) ?? { signatures: new Set(), followers: new Set(), count: 0, parents: 0 };
  atlas.set(path, place);
  return place;
}

/** The attributes that say something about the schema. Revisions differ between servers: only their presence counts. */
function signature(element: XmlElement): string {
  const named = ['kb', 'kxe', 'ksv', 'group'].flatMap((name) => {
    const text = attribute(element, name);
    return text === undefined ? [] : [`${name}=${text}`];
  });
  return [...named, ...(attribute(element, 'schemaVersion') === undefined ? [] : ['schemaVersion'])].join(
    ' ',
  );
}

/** Elements of `ours` whose attributes no capture has. */
export function wrongSignatures(known: Atlas, ours: Atlas): string[] {
  return [...ours].flatMap(([path, place]) => {
    const captured = known.get(path);
    if (captured === undefined) return [];
    // What LPARs and VIOSes share is declared once (protocol reference 3.3).
    const sibling = known.get(path.replace(/^LogicalPartition\//, 'VirtualIOServer/'))?.signatures ?? [];
    const allowed = new Set([...captured.signatures, ...sibling]);
    return [...place.signatures]
      .filter((each) => !allowed.has(each))
      .map((each) => `${path}: [${each}] is not one of [${[...allowed].join('] [')}]`);
  });
}

/** Elements of `ours` that stand before others which captures only have the other way round. */
export function wrongOrder(known: Atlas, ours: Atlas): string[] {
  return [...ours].flatMap(([path, place]) => {
    const captured = known.get(path);
    const cut = path.lastIndexOf('/');
    return [...place.followers]
      .filter((follower) => {
        const other = known.get(`${path.slice(0, cut)}/${follower}`);
        return (
          other?.followers.has(path.slice(cut + 1)) === true && captured?.followers.has(follower) !== true
        );
      })
      .map((follower) => `${path} stands behind ${follower} in captures`);
  });
}

/** Elements that every captured parent has, and not one of ours. */
export function missing(known: Atlas, ours: Atlas): string[] {
  return [...known].flatMap(([path, place]) => {
    const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const always = place.parents > 0 && place.parents === known.get(parent)?.count;
    return always && ours.has(parent) && !ours.has(path) ? [path] : [];
  });
}

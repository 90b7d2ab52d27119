import { child, textOf } from '@openstack-powervm/atom';
import { elementOf, type LensHandle } from './lens.js';

const trailing =
  /([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?:[/?#]|$)(?!.*[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-)/;

/** The UUID at the end of a reference, in the case it is written in; undefined when there is none. */
export function uuidOf(href: string | undefined): string | undefined {
  return href === undefined ? undefined : trailing.exec(href)?.[1];
}

/** The UUID of an object (`Metadata/Atom/AtomID`), in the case the server writes it in. */
export function idOf(lens: LensHandle): string | undefined {
  const atom = child(elementOf(lens), 'Metadata');
  const id = atom && child(atom, 'Atom');
  const written = id && child(id, 'AtomID');
  return written && textOf(written);
}

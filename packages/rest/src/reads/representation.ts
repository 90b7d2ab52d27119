import { type AtomEntry, child, linkOf, textOf, type XmlElement } from '@openstack-powervm/atom';
import { PowerVMError } from '../errors/error.js';
import { uuidOf } from '../schema/index.js';
import type { RestResponse } from '../transport/message.js';
import { pathOfHref, withoutQuery } from '../wire/paths.js';
import { readAnswer } from './answer.js';

/** An object as the console sent it, before anybody gives it a type. */
export interface Representation {
  /** The UUID, in the case the console writes it. */
  readonly id: string;
  readonly etag: string | undefined;
  /** Path and query of the SELF link. */
  readonly path: string;
  readonly document: XmlElement;
}

/** The object in the answer to a read, create or update of one. */
export function representationOf(
  typeName: string,
  requestPath: string,
  response: RestResponse,
): Representation {
  const [entry] = readAnswer(requestPath, response.body);
  if (!entry) throw unexpected(typeName, requestPath, 'an empty feed');
  return representationOfEntry(typeName, requestPath, entry, response.headers['etag']);
}

/** The object in a feed's entry; its ETag is in the entry (protocol reference 2.10). */
export function representationOfEntry(
  typeName: string,
  requestPath: string,
  entry: AtomEntry,
  etag: string | undefined = entry.etag,
): Representation {
  const document = entry.content;
  if (document?.local !== typeName)
    throw unexpected(typeName, requestPath, document ? `<${document.local}>` : 'an entry without content');
  const id = atomIdOf(document) ?? entry.id;
  const self = linkOf(entry, 'SELF');
  return { id, etag, path: self ? pathOfHref(self.href) : memberPath(requestPath, id), document };
}

/** It differs from the entry's id in PCM preferences (protocol reference 2.3). */
function atomIdOf(document: XmlElement): string | undefined {
  const metadata = child(document, 'Metadata');
  const atom = metadata && child(metadata, 'Atom');
  const id = atom && child(atom, 'AtomID');
  return (id && textOf(id).trim()) || undefined;
}

/** Where an object without a SELF link lives: where it was read, or below the feed it came in. */
function memberPath(requestPath: string, id: string): string {
  const path = withoutQuery(requestPath);
  const alone = path.endsWith('/preferences') || uuidOf(path)?.toLowerCase() === id.toLowerCase();
  if (alone) return requestPath;
  return `${path}/${id}${requestPath.slice(path.length)}`;
}

function unexpected(typeName: string, path: string, found: string): PowerVMError {
  const what = `The answer to ${path} holds ${found} where ${typeName} was expected`;
  return new PowerVMError('PVM_BAD_RESPONSE', what, { path });
}

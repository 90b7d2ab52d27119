import { randomUUID } from 'node:crypto';
import { element, readDocument, writeDocument, type XmlElement, XmlError } from '@openstack-powervm/atom';
import { PowerVMError } from '../errors/error.js';
import { LogonResponse } from '../resources/index.js';
import { namespaces } from '../schema/index.js';
import type { Credentials } from './credentials.js';

/** What the console grants at logon: the token itself, or the file on the console's host that holds it. */
export type Grant =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'file'; readonly path: string };

/** The body of a logon; the only one that has an XML declaration (protocol reference 1.4). */
export function logonRequest(credentials: Credentials): string {
  const web = (name: string, text: string) => element(name, namespaces.web, {}, [text]);
  const children =
    credentials.kind === 'password'
      ? [web('UserID', credentials.username), web('Password', credentials.password)]
      : [web('UserID', `openstack-powervm_${randomUUID()}`), web('GenerateX-API-SessionFile', 'true')];
  const root = element('LogonRequest', namespaces.web, { schemaVersion: 'V1_0' }, children);
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${writeDocument(root)}`;
}

/** Reads the answer to a logon; bare XML, not Atom. */
export function readLogonResponse(body: Uint8Array): Grant {
  const { apiSession, apiSessionFile } = LogonResponse.lens(parse(body));
  const token = apiSession?.trim();
  if (token) return { kind: 'token', token };
  const path = apiSessionFile?.trim();
  if (path) return { kind: 'file', path };
  throw new PowerVMError('PVM_BAD_RESPONSE', 'The answer to the logon holds no session');
}

function parse(body: Uint8Array): XmlElement {
  try {
    return readDocument(body);
  } catch (error) {
    // Only the code: the parser's own message quotes what it could not read, and that may be a token.
    const reason = error instanceof XmlError ? error.code : 'unreadable';
    throw new PowerVMError('PVM_BAD_RESPONSE', `The answer to the logon is no XML (${reason})`);
  }
}

import { child, readDocument, textOf, XmlError } from '@openstack-powervm/atom';
import { type Answer, type Call, noContent } from '../http/call.js';
import type { Route } from '../http/route-table.js';
import { EMPTY_METADATA, leaf, namespaces } from '../render/xml.js';
import { invalid, Refusal } from '../world/refusal.js';

const PATH = '/rest/api/web/Logon';

/** Logon and logoff (protocol reference 1.4, 1.5). */
export const logonRoutes: readonly Route[] = [
  { name: 'Logon', method: 'PUT', path: PATH, answer: logon, open: true, produces: 'web' },
  { name: 'Logoff', method: 'DELETE', path: PATH, answer: logoff, produces: 'any' },
];

async function logon(call: Call): Promise<Answer> {
  const request = readLogon(await call.text());
  const audit = String(call.headers['x-audit-memento'] ?? '');
  if (request.password === undefined) {
    if (call.console.kind === 'HMC')
      throw invalid('File logon is only for local clients of a NovaLink partition.');
    const session = await call.console.sessions.start({ user: request.user, audit, local: true });
    return answer('X-API-SessionFile', session.file ?? '');
  }
  const known = call.world.site.users.some((u) => u.name === request.user && u.password === request.password);
  if (!known)
    throw new Refusal(401, `Logon of user ${request.user} failed: the user or the password is wrong.`);
  const session = await call.console.sessions.start({ user: request.user, audit, local: false });
  return answer('X-API-Session', session.token);
}

async function logoff(call: Call): Promise<Answer> {
  if (call.session !== undefined) await call.console.sessions.end(call.session);
  return noContent;
}

interface LogonRequest {
  readonly user: string;
  /** Undefined for file logon. */
  readonly password: string | undefined;
}

function readLogon(text: string): LogonRequest {
  const root = parse(text);
  if (root.local !== 'LogonRequest' || root.namespace !== namespaces.web) {
    throw invalid('The body of a logon must be a LogonRequest of the web namespace.');
  }
  const value = (name: string): string | undefined => {
    const element = child(root, name);
    return element === undefined ? undefined : textOf(element);
  };
  const password = value('Password');
  if (password === undefined && value('GenerateX-API-SessionFile')?.trim().toLowerCase() !== 'true') {
    throw invalid('A LogonRequest needs Password or GenerateX-API-SessionFile.');
  }
  return { user: value('UserID') ?? '', password };
}

function parse(text: string): ReturnType<typeof readDocument> {
  try {
    return readDocument(text);
  } catch (error) {
    if (error instanceof XmlError) throw invalid(`The request body is not well-formed: ${error.message}`);
    throw error;
  }
}

/** Bare XML, not Atom (protocol reference 1.4). */
function answer(element: 'X-API-Session' | 'X-API-SessionFile', value: string): Answer {
  const body =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    `<LogonResponse xmlns="${namespaces.web}" schemaVersion="V1_1_0">${EMPTY_METADATA}` +
    `${leaf(element, 'ROR', value)}</LogonResponse>`;
  return { status: 200, type: 'application/vnd.ibm.powervm.web+xml; type=LogonResponse', body };
}

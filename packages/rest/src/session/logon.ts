import { PowerVMError } from '../errors/error.js';
import type { Deadline } from '../time/deadline.js';
import type { RestResponse, Send } from '../transport/message.js';
import { mediaType } from '../wire/media-types.js';
import { basePath } from '../wire/paths.js';
import { type ConsoleKind, consoleOf } from './console.js';
import type { Credentials } from './credentials.js';
import { logonRequest, readLogonResponse } from './logon-document.js';
import { readTokenFile } from './token-file.js';

const logonPath = `${basePath}/web/Logon`;

/** A session as the console granted it. */
export interface Logon {
  readonly token: string;
  readonly console: ConsoleKind;
}

/** Logs on once (protocol reference 1.4). */
export async function logOn(
  send: Send,
  credentials: Credentials,
  deadline: Deadline,
  timeoutMs: number,
): Promise<Logon> {
  const response = await sendLogon(send, credentials, deadline, timeoutMs);
  const console = consoleOf(response.headers);
  const grant = readLogonResponse(response.body);
  if (grant.kind === 'token') return { token: grant.token, console };
  if (console === 'HMC')
    throw new PowerVMError('PVM_INVALID_ARGUMENT', 'An HMC has no local logon; log on with a password');
  return { token: await deadline.race(readTokenFile(grant.path)), console };
}

/** Gives the session back (protocol reference 1.5). */
export async function logOff(
  send: Send,
  token: string,
  deadline: Deadline,
  timeoutMs: number,
): Promise<void> {
  await send({
    method: 'DELETE',
    path: logonPath,
    headers: { 'X-API-Session': token },
    deadline,
    timeoutMs,
    lane: 'unbounded', // must not queue behind requests that hang
    outsideSession: true,
    once: true,
  });
}

async function sendLogon(
  send: Send,
  credentials: Credentials,
  deadline: Deadline,
  timeoutMs: number,
): Promise<RestResponse> {
  try {
    return await send({
      method: 'PUT',
      path: logonPath,
      headers: {
        Accept: mediaType('web', 'LogonResponse'),
        'Content-Type': mediaType('web', 'LogonRequest'),
      },
      body: logonRequest(credentials),
      deadline,
      timeoutMs,
      lane: 'unbounded',
      outsideSession: true,
      once: true,
    });
  } catch (error) {
    throw PowerVMError.is(error, 'PVM_UNAUTHORIZED', 'PVM_FORBIDDEN') ? refused(error, credentials) : error;
  }
}

function refused(error: PowerVMError, credentials: Credentials): PowerVMError {
  const who = credentials.kind === 'password' ? `user '${credentials.username}'` : 'a local user';
  const { status, reasonCode, consoleMessage, method, path } = error;
  const facts = { status, reasonCode, consoleMessage, method, path };
  return new PowerVMError('PVM_LOGON_REFUSED', `The console refused the logon of ${who}`, facts);
}

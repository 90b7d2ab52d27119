import type { IncomingHttpHeaders } from 'node:http';
import { renderEntry } from '../render/atom.js';
import { EMPTY_METADATA, leaf, objectElement } from '../render/xml.js';
import { nameUuid } from '../world/identity.js';
import type { Answer } from './call.js';
import { ATOM_TYPE } from './call.js';

/** What an HttpErrorResponse tells (protocol reference 1.12; capture fake_httperror.txt). */
export interface ErrorFacts {
  readonly status: number;
  readonly message: string;
  readonly reasonCode?: string | undefined;
  /** Without query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Errors come as an Atom entry, also where the answer would have been JSON. */
export function errorResponse(facts: ErrorFacts): Answer {
  const content =
    EMPTY_METADATA +
    leaf('HTTPStatus', 'ROR', facts.status) +
    leaf('RequestURI', 'ROR', facts.path) +
    leaf('ReasonCode', 'ROR', facts.reasonCode ?? 'Unknown internal error.') +
    leaf('Message', 'ROO', facts.message) +
    leaf('RequestBody', 'ROO', undefined) +
    leaf('RequestHeaders', 'ROO', maskedHeaders(facts.headers));
  const body = renderEntry({
    id: nameUuid(`error/${facts.path}/${facts.message}`),
    title: 'HttpErrorResponse',
    service: 'web',
    self: undefined,
    etag: undefined,
    published: Date.now(),
    content: objectElement('HttpErrorResponse', 'web', 'V1_3_0', content),
  });
  return { status: facts.status, type: ATOM_TYPE, body };
}

/** `{Name=value, …}` with the session token masked, as in the capture. */
function maskedHeaders(headers: IncomingHttpHeaders): string {
  const pairs = Object.entries(headers).map(([name, value]) => {
    const secret = name === 'x-api-session' || name === 'authorization';
    return `${capitalised(name)}=${secret ? '*******' : String(value)}`;
  });
  return `{${pairs.join(', ')}}`;
}

function capitalised(name: string): string {
  return name
    .split('-')
    .map((part) => (part === 'api' ? 'API' : part.slice(0, 1).toUpperCase() + part.slice(1)))
    .join('-');
}

import { readFeed } from '@openstack-powervm/atom';
import { HttpErrorResponse } from '../resources/index.js';
import type { RestRequest, RestResponse } from '../transport/message.js';
import { saysBusy } from './busy.js';
import type { PowerVMErrorCode } from './codes.js';
import { PowerVMError } from './error.js';

/** The console's error document, `HttpErrorResponse` (protocol reference 1.12). */
export interface ConsoleError {
  /** The status inside the document; it repeats the HTTP status. */
  readonly status: number | undefined;
  readonly reasonCode: string | undefined;
  readonly message: string | undefined;
}

const codeByStatus: Readonly<Record<number, PowerVMErrorCode>> = {
  401: 'PVM_UNAUTHORIZED',
  403: 'PVM_FORBIDDEN',
  404: 'PVM_NOT_FOUND',
  412: 'PVM_ETAG_MISMATCH',
  503: 'PVM_UNAVAILABLE',
};

/** The error for an answer with a status of 400 or more. */
export function refusalOf(request: RestRequest, response: RestResponse): PowerVMError {
  const { method, path } = request;
  const document = readConsoleError(response.body);
  const busy = document !== undefined && saysBusy(document);
  const code = busy ? 'PVM_VIOS_BUSY' : (codeByStatus[response.status] ?? 'PVM_REQUEST_REFUSED');
  return new PowerVMError(code, `${method} ${path} was answered with HTTP ${response.status}`, {
    method,
    path,
    status: response.status,
    reasonCode: document?.reasonCode,
    consoleMessage: document?.message,
  });
}

/** Reads an error document; undefined when the body is anything else, which a proxy's error page may be. */
export function readConsoleError(body: Uint8Array): ConsoleError | undefined {
  if (body.byteLength === 0) return undefined;
  try {
    const content = readFeed(body).entries[0]?.content;
    if (content?.local !== HttpErrorResponse.name) return undefined;
    const { httpStatus, reasonCode, message } = HttpErrorResponse.lens(content);
    return {
      status: httpStatus,
      reasonCode: reasonCode?.trim() || undefined,
      message: message?.trim() || undefined,
    };
  } catch {
    return undefined; // the HTTP status remains as evidence
  }
}

import { errorTable, type PowerVMErrorCode } from './codes.js';

/** Codes of Node's sockets, resolver and TLS and of the XML writer, and what they mean to a caller. */
const foreignCodes: Readonly<Record<string, PowerVMErrorCode>> = {
  ECONNREFUSED: 'PVM_UNREACHABLE',
  EHOSTUNREACH: 'PVM_UNREACHABLE',
  ENETUNREACH: 'PVM_UNREACHABLE',
  EHOSTDOWN: 'PVM_UNREACHABLE',
  ENOTFOUND: 'PVM_UNREACHABLE',
  EAI_AGAIN: 'PVM_UNREACHABLE',
  EADDRNOTAVAIL: 'PVM_UNREACHABLE',
  ECONNRESET: 'PVM_CONNECTION_LOST',
  ECONNABORTED: 'PVM_CONNECTION_LOST',
  EPIPE: 'PVM_CONNECTION_LOST',
  ETIMEDOUT: 'PVM_CONNECTION_LOST',
  ABORT_ERR: 'PVM_ABORTED',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'PVM_TLS_UNTRUSTED',
  SELF_SIGNED_CERT_IN_CHAIN: 'PVM_TLS_UNTRUSTED',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'PVM_TLS_UNTRUSTED',
  UNABLE_TO_GET_ISSUER_CERT: 'PVM_TLS_UNTRUSTED',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'PVM_TLS_UNTRUSTED',
  CERT_HAS_EXPIRED: 'PVM_TLS_UNTRUSTED',
  CERT_NOT_YET_VALID: 'PVM_TLS_UNTRUSTED',
  CERT_UNTRUSTED: 'PVM_TLS_UNTRUSTED',
  CERT_REVOKED: 'PVM_TLS_UNTRUSTED',
  ERR_TLS_CERT_ALTNAME_INVALID: 'PVM_TLS_UNTRUSTED',
  XML_CONTROL_CHARACTER: 'PVM_INVALID_ARGUMENT', // what was read is reported by its reader; so it was to be written
  XML_BAD_NAME: 'PVM_INVALID_ARGUMENT',
};

/** Families of codes: Node's HTTP parser, TLS handshakes that fail (plain HTTP behind https), unreadable XML. */
const families: readonly (readonly [prefix: string, code: PowerVMErrorCode])[] = [
  ['HPE_', 'PVM_BAD_RESPONSE'],
  ['ERR_SSL_', 'PVM_UNREACHABLE'],
  ['XML_', 'PVM_BAD_RESPONSE'],
];

/** The code for whatever was thrown; `PVM_UNEXPECTED` for what nobody knows. */
export function codeOf(error: unknown): PowerVMErrorCode {
  for (const code of codesIn(error)) {
    if (isOwn(code)) return code;
    const family = families.find(([prefix]) => code.startsWith(prefix));
    const known = foreignCodes[code] ?? family?.[1];
    if (known) return known;
  }
  return 'PVM_UNEXPECTED';
}

/** A one-line account of anything that can be thrown. */
export function describeUnknown(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message) return error.message;
  const [first] = codesIn(error); // an AggregateError of a dual-stack connect has no message of its own
  return first ?? error.name;
}

function isOwn(code: string): code is PowerVMErrorCode {
  return Object.hasOwn(errorTable, code);
}

/** Codes of the error itself, of its cause, and of the attempts behind an AggregateError. */
function codesIn(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 3) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const aggregated = error instanceof AggregateError ? error.errors : [];
  return [...own, ...[error.cause, ...aggregated].flatMap((inner) => codesIn(inner, depth + 1))];
}

/**
 * What the caller has to do about an error.
 *
 * - `retry`: the same request may simply be sent again, later.
 * - `reread`: the document the caller worked on is stale, or the fate of a write is unknown: read again, then decide.
 * - `object`: this operation on this object cannot succeed; other objects are not affected.
 * - `session`: nothing will succeed on this session until somebody repairs its cause.
 */
export type ErrorGrade = 'retry' | 'reread' | 'object' | 'session';

/** One row of the table of errors; the row's key is the stable code. */
export interface ErrorRow {
  readonly grade: ErrorGrade;
  /** What happened, in one sentence; the documentation shows the same sentence. */
  readonly meaning: string;
  /** What a person can do about it; it ends the error's message. */
  readonly hint: string;
}

/** Every error this library throws. `docs/rest-client.md` shows the same table; a test compares them. */
export const errorTable = {
  PVM_ABORTED: {
    grade: 'object',
    meaning: "The caller's AbortSignal fired.",
    hint: 'A write that was already on its way may still have been made.',
  },
  PVM_BAD_RESPONSE: {
    grade: 'object',
    meaning: 'The console answered with something this protocol does not know.',
    hint: 'Check that the endpoint is a PowerVM console; record the session to see what it sent.',
  },
  PVM_CONNECTION_LOST: {
    grade: 'reread',
    meaning: 'The connection broke after the request had been sent.',
    hint: 'The request may or may not have taken effect: read the object again before repeating it.',
  },
  PVM_ETAG_MISMATCH: {
    grade: 'reread',
    meaning: 'The object was changed by somebody else since it was read (HTTP 412).',
    hint: 'Read the object again and repeat the change on the fresh document.',
  },
  PVM_FORBIDDEN: {
    grade: 'object',
    meaning: 'The console does not allow this user the operation (HTTP 403).',
    hint: "Check the roles of the session's user on the console.",
  },
  PVM_INVALID_ARGUMENT: {
    grade: 'object',
    meaning: 'The caller asked for something that cannot be put on the wire; nothing was sent.',
    hint: 'Correct the call.',
  },
  PVM_JOB_FAILED: {
    grade: 'object',
    meaning: 'A job ended in any state but COMPLETED_OK.',
    hint: "Read the console's message; the job's results are in the error's `job` field.",
  },
  PVM_JOB_TIMEOUT: {
    grade: 'object',
    meaning: 'A job was still running when its time was up; the console was asked to cancel it.',
    hint: "Look at the object's state: the job may still come to its end.",
  },
  PVM_LOGON_REFUSED: {
    grade: 'session',
    meaning: 'The console refused the user name or password.',
    hint: 'Correct the credentials; repeated attempts may lock the account.',
  },
  PVM_NOT_FOUND: {
    grade: 'object',
    meaning: 'The object does not exist (HTTP 404).',
    hint: 'Check whether it was deleted, or moved to another system.',
  },
  PVM_REQUEST_REFUSED: {
    grade: 'object',
    meaning: 'The console refused the request.',
    hint: "Read the console's message; the same request will be refused again.",
  },
  PVM_SESSION_CLOSED: {
    grade: 'session',
    meaning: 'The session was closed.',
    hint: 'Open a new session.',
  },
  PVM_SESSION_EXPIRED: {
    grade: 'retry',
    meaning: 'The session token expired during an upload whose source can be read only once.',
    hint: 'Repeat the upload with a fresh source; the session itself logs on again by itself.',
  },
  PVM_SOURCE_FAILED: {
    grade: 'object',
    meaning: 'The bytes to upload could not be read, or were not those that were announced.',
    hint: 'Check the source of the upload; the target holds incomplete data.',
  },
  PVM_TIMEOUT: {
    grade: 'object',
    meaning: 'A request or an operation took longer than its deadline.',
    hint: 'Check the load of the console; a write may still have been made.',
  },
  PVM_TLS_UNTRUSTED: {
    grade: 'session',
    meaning: "The console's TLS certificate is not trusted.",
    hint: "Give the CA's certificate as `tls.ca`, or pin the console's own certificate as `tls.pinned`.",
  },
  PVM_TOKEN_FILE_DENIED: {
    grade: 'session',
    meaning: 'The file with the local session token may not be read by this user.',
    hint: 'Run as a user that the management partition trusts (group pvm_admin), or log on with a password.',
  },
  PVM_TOKEN_FILE_UNUSABLE: {
    grade: 'session',
    meaning: 'The file with the local session token is missing, unreadable or empty.',
    hint: 'Local logon works only on the management partition itself; elsewhere log on with a password.',
  },
  PVM_UNAUTHORIZED: {
    grade: 'session',
    meaning: 'The console does not accept the session token, not even a new one (HTTP 401).',
    hint: 'Open a new session; check whether the console limits the number of sessions.',
  },
  PVM_UNAVAILABLE: {
    grade: 'retry',
    meaning: 'The console is there but cannot answer now (HTTP 503).',
    hint: 'The REST service is starting or overloaded; try again later.',
  },
  PVM_UNEXPECTED: {
    grade: 'object',
    meaning: 'Something failed that this library has no name for.',
    hint: "See the error's cause.",
  },
  PVM_UNREACHABLE: {
    grade: 'session',
    meaning: 'No connection to the console could be made; nothing was sent.',
    hint: 'Check address, port, network and whether the REST service runs.',
  },
  PVM_VIOS_BUSY: {
    grade: 'retry',
    meaning: 'A VIOS or the system is busy with another request and refused this one.',
    hint: 'Try again later; if it persists, look for a hanging operation on the VIOS.',
  },
  PVM_WRONG_TYPE: {
    grade: 'object',
    meaning: 'A value is not of the type that its field declares, in a document or about to be put into one.',
    hint: 'The message names resource, element and value; report it when it came from a console.',
  },
} as const satisfies Record<`PVM_${string}`, ErrorRow>;

/** The stable code of an error. Match on this, never on messages. */
export type PowerVMErrorCode = keyof typeof errorTable;

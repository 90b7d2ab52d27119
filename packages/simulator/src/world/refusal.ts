/**
 * The simulated console refuses a request. Becomes an HttpErrorResponse with this status and message
 * (protocol reference 1.12).
 */
export class Refusal extends Error {
  readonly status: number;
  /** Captures have no other than `Unknown internal error.`, which is written when this is undefined. */
  readonly reasonCode: string | undefined;

  constructor(status: number, message: string, reasonCode?: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.reasonCode = reasonCode;
  }
}

/** 400: the document or the request is wrong. */
export const invalid = (message: string): Refusal => new Refusal(400, message);

/** 404: there is no such object. */
export const notFound = (message: string): Refusal => new Refusal(404, message);

/** 409: right in itself, but not in the present state of the system. */
export const conflict = (message: string): Refusal => new Refusal(409, message);

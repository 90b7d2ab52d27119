import { resource } from '../../schema/declare.js';
import { integer, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** The body of an error answer. */
export const HttpErrorResponse = resource(
  'HttpErrorResponse',
  { evidence: 'protocol reference 1.12; capture fake_httperror.txt', service: 'web' },
  {
    httpStatus: integer('HTTPStatus', 'ROR'),
    requestURI: text('RequestURI', 'ROR'),
    reasonCode: text('ReasonCode', 'ROR'),
    message: text('Message', 'ROO'),
    requestBody: text('RequestBody', 'ROO'),
    requestHeaders: text('RequestHeaders', 'ROO'),
  },
);
export type HttpErrorResponse = Lens<typeof HttpErrorResponse>;

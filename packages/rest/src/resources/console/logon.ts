import { resource } from '../../schema/declare.js';
import { flag, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** Sent to `/rest/api/web/Logon`, with either a password or the wish for a file. */
export const LogonRequest = resource(
  'LogonRequest',
  { evidence: 'protocol reference 1.4', service: 'web' },
  {
    userID: text('UserID', 'unseen'),
    password: text('Password', 'unseen'),
    generateApiSessionFile: flag('GenerateX-API-SessionFile', 'unseen', {
      note: 'true asks for a token in a file that only local users can read.',
    }),
  },
);
export type LogonRequest = Lens<typeof LogonRequest>;

/** The answer: the token of a session, or the file in which a local client finds it. */
export const LogonResponse = resource(
  'LogonResponse',
  { evidence: 'protocol reference 1.4; captures logon.xml, logon_file.xml', service: 'web' },
  {
    apiSession: text('X-API-Session', 'ROR'),
    apiSessionFile: text('X-API-SessionFile', 'ROR'),
  },
);
export type LogonResponse = Lens<typeof LogonResponse>;

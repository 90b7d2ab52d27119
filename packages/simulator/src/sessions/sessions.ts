import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Behaviour } from '../world/behaviour.js';
import { Refusal } from '../world/refusal.js';

export const sessionBehaviours: readonly Behaviour[] = [
  {
    id: 'session.limit',
    does: "a logon beyond the site's session limit is answered 503",
    assumed: 'consoles limit sessions per user; status, number and text are ours',
  },
  {
    id: 'session.file',
    does: 'file logon writes the token to a file of mode 0600 and answers with its path; no user name is checked',
    evidence: 'protocol reference 1.4; capture logon_file.xml',
  },
  {
    id: 'session.unknown',
    does: 'a request with a missing or unknown token is answered 401',
    evidence: 'protocol reference 1.10',
  },
];

/** Who left something behind. */
export interface Owner {
  /** Number of the session. */
  readonly session: number;
  readonly user: string;
  readonly audit: string;
}

export interface ApiSession {
  readonly token: string;
  /** 1, 2, … in the order of logon: what reports call the session by. */
  readonly number: number;
  readonly user: string;
  /** X-Audit-Memento of the logon. */
  readonly audit: string;
  readonly openedAt: number;
  readonly file: string | undefined;
  requests: number;
  /** Epoch milliseconds of the last request. */
  usedAt: number;
}

export const ownerOf = ({ number, user, audit }: ApiSession): Owner => ({ session: number, user, audit });

/** The sessions of one console. */
export class Sessions {
  readonly #limit: number;
  readonly #directory: string;
  readonly #byToken = new Map<string, ApiSession>();
  #opened = 0;

  /** Token files are written below the directory. */
  constructor(limit: number, directory: string) {
    this.#limit = limit;
    this.#directory = directory;
  }

  get open(): readonly ApiSession[] {
    return [...this.#byToken.values()];
  }

  get limit(): number {
    return this.#limit;
  }

  /** How many sessions were ever opened. */
  get opened(): number {
    return this.#opened;
  }

  /** Throws a `Refusal` (503) when there are too many. */
  async start(options: { user: string; audit: string; local: boolean }): Promise<ApiSession> {
    if (this.#byToken.size >= this.#limit) {
      throw new Refusal(
        503,
        `The maximum of ${this.#limit} sessions is reached. Log off sessions that are not needed.`,
      );
    }
    const token = `${randomBytes(180).toString('base64url')}=`;
    this.#opened += 1;
    const file = options.local ? await this.#writeToken(token) : undefined;
    const now = Date.now();
    const session: ApiSession = {
      token,
      number: this.#opened,
      user: options.user,
      audit: options.audit,
      openedAt: now,
      file,
      requests: 0,
      usedAt: now,
    };
    this.#byToken.set(token, session);
    return session;
  }

  find(token: string | undefined): ApiSession | undefined {
    return token === undefined ? undefined : this.#byToken.get(token);
  }

  async end(session: ApiSession): Promise<void> {
    this.#byToken.delete(session.token);
    if (session.file !== undefined) await rm(session.file, { force: true });
  }

  async #writeToken(token: string): Promise<string> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const file = join(this.#directory, `token-${randomBytes(8).toString('hex')}`);
    await writeFile(file, `${token}\n`, { mode: 0o600, flag: 'wx' });
    return file;
  }
}

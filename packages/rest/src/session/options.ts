import type { RecordedExchange } from '../observe/recorder.js';
import type { Timing } from '../time/timing.js';
import type { TLSOptions } from '../transport/tls.js';
import type { Credentials } from './credentials.js';

/** How to open a session. */
export interface SessionOptions {
  /**
   * `http[s]://host[:port]` or just a host. Without a scheme: https for a password, http for local logon. Without a
   * port: 12080 for http; for https 12443, and 443 when nobody answers there.
   */
  readonly endpoint: string;
  readonly credentials: Credentials;
  /** Text for the console's audit log; the name of the operating system's user when absent. */
  readonly auditMemento?: string | undefined;
  readonly tls?: TLSOptions | undefined;
  /**
   * How often to try to log on while the REST service does not answer or answers 404 because it is starting; 1 when
   * absent. RETRY-2 asks for 300 where the service may start before the console.
   */
  readonly connectAttempts?: number | undefined;
  /** Requests on the wire at once, besides the event poll and three transfers; 32 when absent. */
  readonly maxConcurrent?: number | undefined;
  /** Receives every exchange with secrets removed. */
  readonly record?: ((exchange: RecordedExchange) => void) | undefined;
  /** Intervals and limits that differ from the defaults. */
  readonly timing?: Partial<Timing> | undefined;
}

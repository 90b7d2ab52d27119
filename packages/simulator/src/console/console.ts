import type { EventQueues } from '../events/event-queues.js';
import type { FaultRules } from '../faults/fault-rules.js';
import type { FileDescriptors } from '../files/file-descriptors.js';
import type { JobEngine } from '../jobs/job-engine.js';
import type { Sessions } from '../sessions/sessions.js';
import type { Terminals } from '../terminal/terminals.js';
import type { ManagedSystem } from '../world/managed-system.js';

/** A management console: one REST endpoint with its own sessions, jobs, files and event queues. */
export interface Console {
  readonly kind: 'NovaLink' | 'HMC';
  readonly name: string;
  readonly uuid: string;
  /** NovaLink manages exactly one (protocol reference 9.1). */
  readonly systems: readonly ManagedSystem[];
  /** `http://127.0.0.1:12080`, without slash. Links in documents begin with it. */
  readonly url: string;
  readonly sessions: Sessions;
  readonly jobs: JobEngine;
  readonly files: FileDescriptors;
  readonly events: EventQueues;
  readonly faults: FaultRules;
  readonly terminals: Terminals;
  /** Keys of peer consoles that may migrate partitions here (protocol reference 3.21). */
  readonly authorizedKeys: string[];
  readonly publicKey: string;
  /** All consoles of the simulator, this one too. */
  readonly peers: () => readonly Console[];
}

/** The link that documents write for a path below `/rest/api/uom/`. */
export function hrefOf(console: Console, path: string): string {
  return `${console.url}/rest/api/uom/${path}`;
}

import { join } from 'node:path';
import { EventQueues } from '../events/event-queues.js';
import { FaultRules } from '../faults/fault-rules.js';
import { FileDescriptors } from '../files/file-descriptors.js';
import type { RouteTable } from '../http/route-table.js';
import { allJobs } from '../jobs/all-jobs.js';
import { JobEngine } from '../jobs/job-engine.js';
import { Sessions } from '../sessions/sessions.js';
import { Terminals } from '../terminal/terminals.js';
import { nameUuid } from '../world/identity.js';
import type { ManagedSystem } from '../world/managed-system.js';
import type { World } from '../world/world.js';
import { type Console, hrefOf } from './console.js';

/** A NovaLink console for one system, told of every change of that system. */
export function buildConsole(
  world: World,
  system: ManagedSystem,
  options: { url: string; directory: string; table: RouteTable },
): Console {
  const { limits } = world.site;
  const random = world.random.stream(`console/${system.name}`);
  const console: Console = {
    kind: 'NovaLink',
    name: `novalink-${system.name}`,
    uuid: nameUuid(`console/${system.uuid}`),
    systems: [system],
    url: options.url,
    sessions: new Sessions(limits.sessions, join(options.directory, 'tokens')),
    jobs: new JobEngine(world),
    files: new FileDescriptors(limits.files),
    events: new EventQueues(world.clock, { limit: limits.queuedEvents, pollMs: world.timing.eventPollMs }),
    faults: new FaultRules(random.stream('faults'), () => ({
      routes: options.table.routes,
      jobs: allJobs.map((kind) => kind.operation),
    })),
    terminals: new Terminals(world),
    authorizedKeys: [],
    publicKey: `ssh-rsa ${Buffer.from(random.hex(64)).toString('base64')} padmin@${system.name}`,
  };
  world.listeners.add((change) => {
    if (change.system === system)
      console.events.publish(change.type, hrefOf(console, change.path), change.detail);
  });
  return console;
}

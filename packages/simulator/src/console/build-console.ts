import { join } from 'node:path';
import { EventQueues } from '../events/event-queues.js';
import { FaultRules, newRules } from '../faults/fault-rules.js';
import { FileDescriptors } from '../files/file-descriptors.js';
import type { RouteTable } from '../http/route-table.js';
import { allJobs } from '../jobs/all-jobs.js';
import { JobEngine } from '../jobs/job-engine.js';
import { Sessions } from '../sessions/sessions.js';
import type { SavedState } from '../state/saved-state.js';
import { Terminals } from '../terminal/terminals.js';
import { nameUuid } from '../world/identity.js';
import type { ManagedSystem } from '../world/managed-system.js';
import type { World } from '../world/world.js';
import { type Console, hrefOf } from './console.js';

/** A console, told of every change of its systems: a NovaLink of one, an HMC of all. */
export function buildConsole(
  world: World,
  systems: readonly ManagedSystem[],
  options: {
    url: string;
    directory: string;
    table: RouteTable;
    peers: () => readonly Console[];
    saved?: SavedState['consoles'] | undefined;
  },
): Console {
  const { limits, console: kind } = world.site;
  const label = systems.map(({ name }) => name).join('-');
  const name = kind === 'HMC' ? 'hmc' : `novalink-${label}`;
  const random = world.random.stream(`console/${label}`);
  const saved = options.saved?.get(name);
  const targets = { routes: options.table.routes, jobs: allJobs };
  const console: Console = {
    kind,
    name,
    uuid: nameUuid(`console/${systems.map(({ uuid }) => uuid).join('/')}`),
    systems,
    url: options.url,
    sessions: new Sessions(limits.sessions, join(options.directory, 'tokens')),
    jobs: new JobEngine(world),
    files: new FileDescriptors(limits.files),
    events: new EventQueues(world.clock, { limit: limits.queuedEvents, pollMs: world.timing.eventPollMs }),
    faults: new FaultRules(targets, saved?.faults ?? newRules(random.stream('faults'))),
    terminals: new Terminals(world),
    authorizedKeys: [...(saved?.authorizedKeys ?? [])],
    publicKey: `ssh-rsa ${Buffer.from(random.hex(64)).toString('base64')} padmin@${label}`,
    peers: options.peers,
  };
  if (saved?.faults === undefined) for (const rule of world.site.faults) console.faults.add(rule);
  world.listeners.add((change) => {
    if (systems.includes(change.system))
      console.events.publish(change.type, hrefOf(console, change.path), change.detail);
  });
  return console;
}

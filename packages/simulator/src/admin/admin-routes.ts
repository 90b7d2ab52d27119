import { assumptions } from '../behaviours.js';
import type { Console } from '../console/console.js';
import type { FaultRuleInput } from '../faults/fault-rule.js';
import { type Answer, type Call, json, noContent } from '../http/call.js';
import type { Route } from '../http/route-table.js';
import { leftBehind } from '../inspect/left-behind.js';
import { consoleSnapshot, worldSnapshot } from '../inspect/snapshot.js';
import { inventoryOf } from '../state/saved-state.js';
import { textOfState } from '../state/state-text.js';
import { invalid, notFound } from '../world/refusal.js';
import { arrayRoutes } from './array-routes.js';
import { clockRoutes } from './clock-routes.js';
import { diskRoutes } from './disk-routes.js';
import { iscsiRoutes } from './iscsi-routes.js';
import { partitionRoutes } from './partition-routes.js';
import { terminalRoutes } from './terminal-routes.js';

const ADMIN = '/simulator';

/** What only a simulator can answer: its state, its routes, its assumptions, its faults. No session is needed. */
export function adminRoutes(routes: () => readonly Route[], consoles: () => readonly Console[]): Route[] {
  const open = { open: true, produces: 'json' } as const;
  return [
    {
      name: 'simulator.about',
      method: 'GET',
      path: `${ADMIN}/about`,
      answer: (call) => about(call, routes()),
      ...open,
    },
    {
      name: 'simulator.world',
      method: 'GET',
      path: `${ADMIN}/world`,
      answer: (call) => json(worldSnapshot(call.world, consoles())),
      ...open,
    },
    {
      name: 'simulator.inventory',
      method: 'GET',
      path: `${ADMIN}/inventory`,
      answer: (call) => ({
        status: 200,
        type: 'application/json',
        body: textOfState(inventoryOf(call.world, consoles())),
      }),
      ...open,
    },
    {
      name: 'simulator.faults.list',
      method: 'GET',
      path: `${ADMIN}/faults`,
      answer: (call) => json(call.console.faults.list()),
      ...open,
    },
    { name: 'simulator.faults.add', method: 'PUT', path: `${ADMIN}/faults`, answer: addFaults, ...open },
    {
      name: 'simulator.faults.clear',
      method: 'DELETE',
      path: `${ADMIN}/faults`,
      answer: (call) => {
        call.console.faults.clear();
        return noContent;
      },
      ...open,
    },
    {
      name: 'simulator.faults.remove',
      method: 'DELETE',
      path: `${ADMIN}/faults/{id}`,
      answer: removeFault,
      ...open,
    },
    ...clockRoutes(ADMIN),
    ...diskRoutes(ADMIN),
    ...iscsiRoutes(ADMIN),
    ...partitionRoutes(ADMIN),
    ...terminalRoutes(ADMIN),
    ...arrayRoutes(ADMIN),
  ];
}

function about(call: Call, routes: readonly Route[]): Answer {
  return json({
    name: 'PowerVM simulator',
    seed: call.world.seed,
    console: consoleSnapshot(call.console),
    leftBehind: leftBehind(call.console, call.world.clock.now()),
    sessionsOpened: call.console.sessions.opened,
    routes: routes.map(({ name, method, path }) => ({ name, method, path })),
    assumptions: assumptions(),
  });
}

/** One rule or a list of rules. */
async function addFaults(call: Call): Promise<Answer> {
  const input = parse(await call.text());
  const rules = Array.isArray(input) ? input : [input];
  return json(rules.map((rule) => call.console.faults.add(rule)));
}

/** The rule's own schema decides what it is. */
function parse(text: string): FaultRuleInput | FaultRuleInput[] {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`The request body is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function removeFault(call: Call): Answer {
  const id = call.parameters['id'] ?? '';
  if (!call.console.faults.remove(id)) throw notFound(`There is no fault rule ${id}.`);
  return noContent;
}

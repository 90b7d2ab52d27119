import { type Answer, type Call, json, noContent } from '../http/call.js';
import type { Route } from '../http/route-table.js';
import { allPartitions } from '../world/managed-system.js';
import type { AnyPartition } from '../world/partition.js';
import { notFound } from '../world/refusal.js';

/** What stands behind the `mkvterm` and `rmvterm` commands of a NovaLink partition (protocol reference 8.16). */
export function terminalRoutes(base: string): Route[] {
  const path = `${base}/terminals/{partition}`;
  const open = { open: true, produces: 'json' } as const;
  return [
    { name: 'simulator.terminal.open', method: 'PUT', path, answer: start, ...open },
    { name: 'simulator.terminal.close', method: 'DELETE', path, answer: stop, ...open },
  ];
}

async function start(call: Call): Promise<Answer> {
  return json(await call.console.terminals.start(partitionOf(call)));
}

async function stop(call: Call): Promise<Answer> {
  const partition = partitionOf(call);
  if (!(await call.console.terminals.stop(partition))) {
    throw notFound(`Partition ${partition.name} has no open terminal.`);
  }
  return noContent;
}

/** By partition id, as the commands name it. */
function partitionOf(call: Call): AnyPartition {
  const id = Number(call.parameters['partition']);
  const found = call.console.systems.flatMap(allPartitions).find((partition) => partition.id === id);
  if (found === undefined) throw notFound(`There is no partition with id ${call.parameters['partition']}.`);
  return found;
}

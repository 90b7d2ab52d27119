import { type Answer, type Call, json } from '../http/call.js';
import type { Route } from '../http/route-table.js';
import { partitionDisks } from '../inspect/partition-disks.js';
import { allPartitions } from '../world/managed-system.js';
import { happen, outsideEventSchema } from '../world/outside.js';
import { notFound } from '../world/refusal.js';
import { parseJson } from './parse-json.js';

/** What happens to partitions from outside: `PUT /simulator/partitions/vios1 {"rmc": "inactive"}`. */
export function partitionRoutes(base: string): Route[] {
  return [
    {
      name: 'simulator.partition.change',
      method: 'PUT',
      path: `${base}/partitions/{partition}`,
      answer: change,
      open: true,
      produces: 'json',
    },
    {
      name: 'simulator.partition.disks',
      method: 'GET',
      path: `${base}/partitions/{partition}/disks`,
      answer: disks,
      open: true,
      produces: 'json',
    },
  ];
}

/** What a partition of this console could read: `GET /simulator/partitions/novalink/disks`. */
function disks(call: Call): Answer {
  const wanted = call.parameters['partition'] ?? '';
  const partition = call.console.systems
    .flatMap(allPartitions)
    .find(({ name, uuid }) => name === wanted || uuid === wanted.toUpperCase());
  if (partition === undefined) throw notFound(`There is no partition ${wanted}.`);
  return json(partitionDisks(call.world, partition));
}

async function change(call: Call): Promise<Answer> {
  const event = parseJson(outsideEventSchema, await call.text());
  const { name, uuid, state, rmc } = happen(call.world, call.parameters['partition'] ?? '', event);
  return json({ name, uuid, state, rmc });
}

import { type Answer, type Call, json } from '../http/call.js';
import type { Route } from '../http/route-table.js';
import { happen, outsideEventSchema } from '../world/outside.js';
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
  ];
}

async function change(call: Call): Promise<Answer> {
  const event = parseJson(outsideEventSchema, await call.text());
  const { name, uuid, state, rmc } = happen(call.world, call.parameters['partition'] ?? '', event);
  return json({ name, uuid, state, rmc });
}

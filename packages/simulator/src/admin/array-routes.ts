import { z } from 'zod';
import { type Answer, type Call, json, noContent } from '../http/call.js';
import type { Route } from '../http/route-table.js';
import { arraySnapshot, lunSnapshot } from '../inspect/array-snapshot.js';
import { deleteLun, exportLun } from '../world/array-lifecycle.js';
import { invalid, notFound } from '../world/refusal.js';
import type { StorageArray } from '../world/storage-array.js';
import { parseJson } from './parse-json.js';

const body = z.strictObject({
  sizeGb: z.number().positive(),
  initiators: z.array(z.string().regex(/^[0-9a-f:]{16,23}$/i)).optional(),
});

/** What an array's administrator does: look at it, export a LUN to initiators, withdraw it. */
export function arrayRoutes(base: string): Route[] {
  const open = { open: true, produces: 'json' } as const;
  const path = `${base}/arrays`;
  const lun = `${path}/{name}/luns/{lun}`;
  return [
    {
      name: 'simulator.arrays',
      method: 'GET',
      path,
      answer: (call) => json(call.world.arrays.map(arraySnapshot)),
      ...open,
    },
    { name: 'simulator.arrays.export', method: 'PUT', path: lun, answer: exportOne, ...open },
    { name: 'simulator.arrays.withdraw', method: 'DELETE', path: lun, answer: withdraw, ...open },
  ];
}

async function exportOne(call: Call): Promise<Answer> {
  const { sizeGb, initiators } = parseJson(body, await call.text());
  const lun = exportLun(call.world, arrayOf(call), {
    id: lunNumber(call),
    sizeGb,
    initiators,
  });
  return json(lunSnapshot(lun));
}

async function withdraw(call: Call): Promise<Answer> {
  const array = arrayOf(call);
  const lun = array.luns.find((candidate) => candidate.id === lunNumber(call));
  if (lun === undefined) throw notFound(`Array ${array.name} has no LUN ${call.parameters['lun']}.`);
  await deleteLun(call.world, lun);
  return noContent;
}

function arrayOf(call: Call): StorageArray {
  const name = call.parameters['name'] ?? '';
  const array = call.world.arrays.find((candidate) => candidate.name === name);
  if (array === undefined) throw notFound(`There is no storage array ${name}.`);
  return array;
}

function lunNumber(call: Call): number {
  const text = call.parameters['lun'] ?? '';
  if (!/^\d{1,5}$/.test(text)) throw invalid(`"${text}" is not a LUN number.`);
  return Number(text);
}

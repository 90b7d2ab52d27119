import { z } from 'zod';
import { type Answer, type Call, json, noContent } from '../http/call.js';
import type { Route } from '../http/route-table.js';
import type { IscsiTarget } from '../world/iscsi/iscsi-target.js';
import { deleteIscsiLun, exportIscsiLun } from '../world/iscsi/target-lifecycle.js';
import { invalid, notFound } from '../world/refusal.js';
import { parseJson } from './parse-json.js';

const body = z.strictObject({ sizeGb: z.number().positive() });

/** What the administrator of an iSCSI target does: look at it, export a LUN, withdraw it. */
export function iscsiRoutes(base: string): Route[] {
  const open = { open: true, produces: 'json' } as const;
  const path = `${base}/iscsi`;
  const lun = `${path}/{name}/luns/{lun}`;
  return [
    {
      name: 'simulator.iscsi',
      method: 'GET',
      path,
      answer: (call) => json(call.world.iscsiTargets.map(shown)),
      ...open,
    },
    { name: 'simulator.iscsi.export', method: 'PUT', path: lun, answer: exportOne, ...open },
    { name: 'simulator.iscsi.withdraw', method: 'DELETE', path: lun, answer: withdraw, ...open },
  ];
}

/** Everything but the secret. */
const shown = ({ iqn, portals, initiators, luns }: IscsiTarget) => ({ iqn, portals, initiators, luns });

async function exportOne(call: Call): Promise<Answer> {
  const { sizeGb } = parseJson(body, await call.text());
  return json(await exportIscsiLun(call.world, targetOf(call), lunNumber(call), sizeGb));
}

async function withdraw(call: Call): Promise<Answer> {
  const target = targetOf(call);
  const lun = target.luns.find(({ id }) => id === lunNumber(call));
  if (lun === undefined) throw notFound(`Target ${target.iqn} has no LUN ${call.parameters['lun']}.`);
  await deleteIscsiLun(call.world, target, lun);
  return noContent;
}

function targetOf(call: Call): IscsiTarget {
  const target = call.world.iscsiTargets.find(({ iqn }) => iqn === call.parameters['name']);
  if (target === undefined) throw notFound(`There is no iSCSI target ${call.parameters['name']}.`);
  return target;
}

function lunNumber(call: Call): number {
  const text = call.parameters['lun'] ?? '';
  if (!/^\d{1,5}$/.test(text)) throw invalid(`"${text}" is not a LUN number.`);
  return Number(text);
}

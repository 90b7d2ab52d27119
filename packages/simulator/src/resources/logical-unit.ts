import { LogicalUnit as Declaration, type LogicalUnit } from '@openstack-powervm/rest';
import type { Console } from '../console/console.js';
import { required } from '../documents/read-document.js';
import { createUnit, deleteUnit, growUnit, type UnitPlan } from '../world/logical-unit-lifecycle.js';
import { invalid, notFound } from '../world/refusal.js';
import { type Tier, type LogicalUnit as Unit, unitTypes } from '../world/shared-storage-pool.js';
import { clustersOf } from './cluster.js';
import type { ResourceKind } from './resource-kind.js';
import { unitView } from './shared-storage-view.js';

/** Protocol reference 3.18; capture lufeed.txt. */
export const logicalUnit: ResourceKind<Unit, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [{ parent: 'Tier', list: (console, id) => tierOf(console, id)?.units }],
  identity: ({ uuid }) => ({ id: uuid, createdAt: 0 }),
  view: unitView,
  create: (call, posted, parent) => {
    const tier = tierOf(call.console, parent);
    if (tier === undefined) throw notFound(`There is no tier ${parent}.`);
    return createUnit(call.world, tier, readUnit(posted));
  },
  update: (call, unit, posted) => growUnit(call.world, unit, required(posted.unitCapacity, 'UnitCapacity')),
  remove: (call, unit) => deleteUnit(call.world, unit),
};

export function readUnit(posted: LogicalUnit): UnitPlan {
  const type = posted.logicalUnitType ?? 'VirtualIO_Disk';
  const known = unitTypes.find((candidate) => candidate === type);
  if (known === undefined) throw invalid(`LogicalUnitType "${type}" is not one of ${unitTypes.join(', ')}.`);
  return {
    name: required(posted.unitName, 'UnitName'),
    capacityGb: posted.unitCapacity,
    thin: posted.thinDevice ?? true,
    type: known,
    clonedFrom: posted.clonedFrom,
  };
}

function tierOf(console: Console, uuid: string): Tier | undefined {
  return clustersOf(console)
    .flatMap(({ pool }) => pool.tiers)
    .find((tier) => tier.uuid === uuid.toLowerCase());
}

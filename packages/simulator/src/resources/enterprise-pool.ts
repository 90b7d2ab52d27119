import {
  PowerEnterprisePoolMember as MemberDeclaration,
  PowerEnterprisePool as PoolDeclaration,
} from '@openstack-powervm/rest';
import type { Console } from '../console/console.js';
import { required } from '../documents/read-document.js';
import { pathOf } from '../world/changes.js';
import type { EnterprisePool, EnterprisePoolMember } from '../world/enterprise-pool.js';
import {
  availableIn,
  complianceOf,
  hoursLeft,
  inactiveOf,
  renamePool,
  setMobile,
  unreturnedIn,
  unreturnedOf,
} from '../world/enterprise-pool-capacity.js';
import { consoleMachine } from './management-console.js';
import type { ResourceKind, ViewContext } from './resource-kind.js';

/** Protocol reference 3.20; capture enterprise_pool_feed.txt. */
export const enterprisePool: ResourceKind<EnterprisePool, typeof PoolDeclaration.fields> = {
  type: PoolDeclaration,
  addresses: [{ parent: undefined, list: poolsOf }],
  identity: ({ uuid }) => ({ id: uuid, createdAt: 0 }),
  view: (pool, context) => {
    const { state, hours } = complianceOf(context.world, pool);
    return {
      poolID: pool.id,
      poolName: pool.name,
      sequenceNumber: pool.sequence,
      totalMobileCoDProcUnits: pool.total.processors,
      totalMobileCoDMemory: pool.total.memoryGb,
      availableMobileCoDProcUnits: availableIn(pool, 'processors'),
      availableMobileCoDMemory: availableIn(pool, 'memoryGb'),
      unreturnedMobileCoDProcUnits: unreturnedIn(pool, 'processors'),
      unreturnedMobileCoDMemory: unreturnedIn(pool, 'memoryGb'),
      complianceState: state,
      powerEnterprisePoolMasterManagementConsole: context.href(`ManagementConsole/${context.console.uuid}`),
      powerEnterprisePoolManagementConsoles: [consoleView(context)],
      complianceRemainingHours: context.wants('Advanced') && hours > 0 ? hours : undefined,
    };
  },
  update: (call, pool, posted) => renamePool(call.world, pool, required(posted.poolName, 'PoolName')),
};

/** Protocol reference 3.20; capture enterprise_pool_member_feed.txt. */
export const enterprisePoolMember: ResourceKind<EnterprisePoolMember, typeof MemberDeclaration.fields> = {
  type: MemberDeclaration,
  addresses: [
    {
      parent: 'PowerEnterprisePool',
      list: (console, id) => poolsOf(console).find(({ uuid }) => uuid === id.toLowerCase())?.members,
    },
  ],
  identity: ({ uuid }) => ({ id: uuid, createdAt: 0 }),
  view: memberView,
  update: (call, member, posted) =>
    setMobile(call.world, member, {
      processors: required(posted.mobileCoDProcUnits, 'MobileCoDProcUnits'),
      memoryGb: required(posted.mobileCoDMemory, 'MobileCoDMemory'),
    }),
};

/** The pools with a system of the console. NovaLink has none: the site keeps to that. */
function poolsOf({ systems }: Console): EnterprisePool[] {
  return [...new Set(systems.flatMap(({ poolMember }) => poolMember?.pool ?? []))];
}

/** A system of another console has no link. */
function memberView(member: EnterprisePoolMember, context: ViewContext) {
  const { system, mobile, installed } = member;
  const { world } = context;
  const unreturned = unreturnedOf(member);
  const hours = {
    procComplianceRemainingHours: hoursLeft(world, member, 'processors'),
    memComplianceRemainingHours: hoursLeft(world, member, 'memoryGb'),
  };
  return {
    mobileCoDProcUnits: mobile.processors,
    mobileCoDMemory: mobile.memoryGb,
    inactiveProcUnits: inactiveOf(member, 'processors'),
    inactiveMemory: inactiveOf(member, 'memoryGb'),
    unreturnedMobileCoDProcUnits: unreturned.processors,
    unreturnedMobileCoDMemory: unreturned.memoryGb,
    managedSystemName: system.name,
    managedSystemInstalledProcUnits: installed.processors,
    managedSystemInstalledMemory: installed.memoryGb * 1024,
    managedSystemMachineTypeModelSerialNumber: {
      machineType: system.machineType,
      model: system.model,
      serialNumber: system.serial,
    },
    associatedManagedSystem: system.kind === 'ForeignSystem' ? undefined : context.href(pathOf(system)),
    managedSystemState: 'operating',
    powerEnterprisePoolManagementConsoles: [consoleView(context)],
    ...(context.wants('Advanced') ? hours : {}),
  };
}

/** The one console that there is: the master. */
function consoleView({ console }: ViewContext) {
  return {
    managementConsoleName: console.name,
    managementConsoleMachineTypeModelSerialNumber: consoleMachine(console),
    isMasterConsole: true,
    isBackupMasterConsole: false,
    managementConsoleIPAddress: '127.0.0.1',
  };
}

import { ManagementConsole as Declaration, type ManagementConsole } from '@openstack-powervm/rest';
import type { Console } from '../console/console.js';
import type { Call } from '../http/call.js';
import { pathOf } from '../world/changes.js';
import type { ResourceKind, ViewContext } from './resource-kind.js';

/** Protocol reference 3.21; captures managementconsole.txt and managementconsole_ssh.txt. */
export const managementConsole: ResourceKind<Console, typeof Declaration.fields> = {
  type: Declaration,
  addresses: [{ parent: undefined, list: (console) => [console] }],
  identity: (console) => ({ id: console.uuid, createdAt: 0 }),
  view,
  update,
};

function view(console: Console, context: ViewContext) {
  return {
    machineTypeModelAndSerialNumber: consoleMachine(console),
    managedFrames: '',
    managedSystems: console.systems.map((system) => context.href(pathOf(system))),
    managementConsoleName: console.name,
    networkInterfaces: [{ interfaceName: 'lo', networkAddress: '127.0.0.1' }],
    templateObjectModelVersion: {},
    userObjectModelVersion: {},
    versionInfo: {},
    webObjectModelVersion: {},
    powerEnterprisePools: '',
    publicSSHKey: console.publicKey,
    authorizedKeys: { authorizedKey: console.authorizedKeys },
  };
}

export const consoleMachine = ({ kind, uuid }: Console) => ({
  machineType: kind === 'HMC' ? '7042' : 'NOVA',
  model: kind === 'HMC' ? 'CR7' : 'LNK',
  serialNumber: uuid.slice(0, 7),
});

/** Only the keys of peers can change. */
function update(_call: Call, console: Console, posted: ManagementConsole): void {
  const keys = posted.authorizedKeys?.authorizedKey ?? [];
  console.authorizedKeys.splice(0, console.authorizedKeys.length, ...keys);
}

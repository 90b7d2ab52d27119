import { element, resource } from '../../schema/declare.js';
import { links, list, nested, text, texts } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { MachineTypeModelAndSerialNumber } from '../system/machine-type.js';

export const ManagementConsoleNetworkInterface = element(
  'ManagementConsoleNetworkInterface',
  { evidence: 'protocol reference 3.21; capture managementconsole.txt' },
  {
    interfaceName: text('InterfaceName', 'CUD'),
    networkAddress: text('NetworkAddress', 'CUR'),
  },
);
export type ManagementConsoleNetworkInterface = Lens<typeof ManagementConsoleNetworkInterface>;

/** Empty in every capture. */
export const ModelVersion = element('ModelVersion', { evidence: 'protocol reference 3.21' }, {});
export type ModelVersion = Lens<typeof ModelVersion>;

/** SSH keys of other consoles that may migrate partitions to this one. */
export const AuthorizedKeys = element(
  'AuthorizedKeys',
  { evidence: 'protocol reference 3.21 (client; no capture)' },
  {
    authorizedKey: texts('AuthorizedKey', 'unseen'),
  },
);
export type AuthorizedKeys = Lens<typeof AuthorizedKeys>;

/** The console itself; the feed has exactly one. */
export const ManagementConsole = resource(
  'ManagementConsole',
  { evidence: 'protocol reference 3.21; capture managementconsole.txt', root: true },
  {
    machineTypeModelAndSerialNumber: nested(
      MachineTypeModelAndSerialNumber,
      'MachineTypeModelAndSerialNumber',
      'ROR',
    ),
    managedFrames: text('ManagedFrames', 'CUD'),
    managedSystems: links('ManagedSystems', 'CUD'),
    managementConsoleName: text('ManagementConsoleName', 'CUR'),
    networkInterfaces: list(ManagementConsoleNetworkInterface, 'NetworkInterfaces', 'CUD'),
    templateObjectModelVersion: nested(ModelVersion, 'TemplateObjectModelVersion', 'ROR'),
    userObjectModelVersion: nested(ModelVersion, 'UserObjectModelVersion', 'ROR'),
    versionInfo: nested(ModelVersion, 'VersionInfo', 'ROR'),
    localVirtualIOServerImageNames: text('LocalVirtualIOServerImageNames', 'unseen'),
    webObjectModelVersion: nested(ModelVersion, 'WebObjectModelVersion', 'ROR'),
    powerEnterprisePools: text('PowerEnterprisePools', 'CUD'),
    publicSSHKey: text('PublicSSHKey', 'ROO', { since: 'V1_3_0' }),
    authorizedKeys: nested(AuthorizedKeys, 'AuthorizedKeys', 'ROO', { since: 'V1_3_0' }),
  },
);
export type ManagementConsole = Lens<typeof ManagementConsole>;

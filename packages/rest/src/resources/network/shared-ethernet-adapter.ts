import { element } from '../../schema/declare.js';
import { flag, integer, link, list, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { BackingDeviceChoice } from './ethernet-backing-device.js';
import { IPInterface } from './ip-interface.js';
import { TrunkAdapter } from './trunk-adapter.js';

/**
 * A bridge on one VIOS between trunk adapters and a physical adapter. Order as on the wire: TrunkAdapters and
 * IsPrimary stand before IPInterface (2.8).
 */
export const SharedEthernetAdapter = element(
  'SharedEthernetAdapter',
  { evidence: 'protocol reference 3.8; captures fake_vios_feed.txt, fake_vios_mappings.txt' },
  {
    assignedVirtualIOServer: link('AssignedVirtualIOServer', 'CUD'),
    controlChannelInterfaceName: text('ControlChannelInterfaceName', 'CUD'),
    backingDeviceChoice: nested(BackingDeviceChoice, 'BackingDeviceChoice', 'CUD'),
    highAvailabilityMode: text('HighAvailabilityMode', 'CUD', { values: ['auto', 'sharing', 'disabled'] }),
    deviceName: text('DeviceName', 'CUD'),
    jumboFramesEnabled: flag('JumboFramesEnabled', 'UOD'),
    portVLANID: integer('PortVLANID', 'ROR'),
    qualityOfServiceMode: text('QualityOfServiceMode', 'CUD'),
    queueSize: integer('QueueSize', 'UOD'),
    threadModeEnabled: flag('ThreadModeEnabled', 'CUD'),
    trunkAdapters: list(TrunkAdapter, 'TrunkAdapters', 'CUD'),
    isPrimary: flag('IsPrimary', 'CUD'),
    ipInterface: nested(IPInterface, 'IPInterface', 'CUD'),
    uniqueDeviceID: text('UniqueDeviceID', 'ROR'),
    largeSend: flag('LargeSend', 'CUD'),
    addressToPing: text('AddressToPing', 'unseen'),
    iidpService: text('IIDPService', 'unseen'),
    configurationState: text('ConfigurationState', 'CUD', {
      values: ['Configured', 'UnConfigured', 'InvalidConfiguration'],
    }),
  },
);
export type SharedEthernetAdapter = Lens<typeof SharedEthernetAdapter>;

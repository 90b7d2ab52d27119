import { element } from '../../schema/declare.js';
import { integer, links, list, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';
import { IOAdapterChoice } from './io-adapter-choice.js';
import { IOBus, IOSlot } from './io-slot.js';

/** The virtual network of the system. Servers send an empty stub where the group was not asked for. */
export const AssociatedSystemVirtualNetwork = element(
  'AssociatedSystemVirtualNetwork',
  { evidence: 'protocol reference 3.2; captures managedsystem.txt, sys_with_sriov.txt' },
  {
    networkBridges: links('NetworkBridges', 'CUD'),
    virtualEthernetAdapterMACAddressPrefix: text('VirtualEthernetAdapterMACAddressPrefix', 'CUD'),
    virtualNetworks: links('VirtualNetworks', 'CUD'),
    virtualSwitches: links('VirtualSwitches', 'CUD'),
  },
);
export type AssociatedSystemVirtualNetwork = Lens<typeof AssociatedSystemVirtualNetwork>;

/** Adapters and slots of the system. */
export const AssociatedSystemIOConfiguration = element(
  'AssociatedSystemIOConfiguration',
  { evidence: 'protocol reference 3.2; captures managedsystem.txt, sys_with_sriov.txt' },
  {
    availableWWPNs: integer('AvailableWWPNs', 'CUD'),
    hostChannelAdapters: links('HostChannelAdapters', 'CUD'),
    hostEthernetAdapters: text('HostEthernetAdapters', 'CUD'),
    channelAdapter: links('ChannelAdapter', 'CUD'),
    ethernetAdapter: links('EthernetAdapter', 'CUD'),
    ioAdapters: list(IOAdapterChoice, 'IOAdapters', 'CUD'),
    ioBuses: list(IOBus, 'IOBuses', 'CUD'),
    ioSlots: list(IOSlot, 'IOSlots', 'CUD'),
    sriovAdapters: list(IOAdapterChoice, 'SRIOVAdapters', 'CUD'),
    associatedSystemVirtualNetwork: nested(
      AssociatedSystemVirtualNetwork,
      'AssociatedSystemVirtualNetwork',
      'CUD',
      { group: 'SystemNetwork' },
    ),
    wwpnPrefix: text('WWPNPrefix', 'CUD', {
      note: 'An unsigned 64-bit integer: more than a JavaScript number holds exactly.',
    }),
  },
);
export type AssociatedSystemIOConfiguration = Lens<typeof AssociatedSystemIOConfiguration>;

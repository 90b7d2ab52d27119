import { element } from '../../schema/declare.js';
import { integer, nested, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** A virtual Ethernet adapter of a profile. MaCAddressValue is spelt so on the wire. */
export const ProfileClientNetworkAdapter = element(
  'ProfileClientNetworkAdapter',
  { evidence: 'protocol reference 3.3; capture fake_vios_feed3.txt' },
  {
    virtualSlotNumber: integer('VirtualSlotNumber', 'CUR'),
    adapterType: text('AdapterType', 'CUR'),
    localPartitionID: integer('LocalPartitionID', 'CUR'),
    maCAddressValue: text('MaCAddressValue', 'CUD'),
    portVLANID: integer('PortVLANID', 'CUR'),
    taggedVLANIDs: text('TaggedVLANIDs', 'CUA'),
    virtualSwitchID: integer('VirtualSwitchID', 'ROR'),
  },
);
export type ProfileClientNetworkAdapter = Lens<typeof ProfileClientNetworkAdapter>;

/** A trunk adapter of a profile. */
export const ProfileTrunkAdapter = element(
  'ProfileTrunkAdapter',
  { evidence: 'protocol reference 3.3; capture fake_vios_feed3.txt' },
  {
    virtualSlotNumber: integer('VirtualSlotNumber', 'CUR'),
    adapterType: text('AdapterType', 'CUR'),
    localPartitionID: integer('LocalPartitionID', 'CUR'),
    maCAddressValue: text('MaCAddressValue', 'CUD'),
    portVLANID: integer('PortVLANID', 'CUR'),
    taggedVLANIDs: text('TaggedVLANIDs', 'CUA'),
    virtualSwitchID: integer('VirtualSwitchID', 'ROR'),
    trunkPriority: integer('TrunkPriority', 'CUD'),
  },
);
export type ProfileTrunkAdapter = Lens<typeof ProfileTrunkAdapter>;

export const ProfileVirtualSCSIServerAdapter = element(
  'ProfileVirtualSCSIServerAdapter',
  { evidence: 'protocol reference 3.3; capture fake_vios_feed3.txt' },
  {
    virtualSlotNumber: integer('VirtualSlotNumber', 'CUR'),
    adapterType: text('AdapterType', 'CUR'),
    localPartitionID: integer('LocalPartitionID', 'CUR'),
    remoteSlotNumber: integer('RemoteSlotNumber', 'CUA'),
    remotePartitionID: integer('RemotePartitionID', 'CUR'),
  },
);
export type ProfileVirtualSCSIServerAdapter = Lens<typeof ProfileVirtualSCSIServerAdapter>;

export const ProfileVirtualSCSIClientAdapter = element(
  'ProfileVirtualSCSIClientAdapter',
  { evidence: 'protocol reference 3.3' },
  {
    virtualSlotNumber: integer('VirtualSlotNumber', 'CUR'),
    adapterType: text('AdapterType', 'CUR'),
    localPartitionID: integer('LocalPartitionID', 'CUR'),
    remoteSlotNumber: integer('RemoteSlotNumber', 'CUA'),
    remotePartitionID: integer('RemotePartitionID', 'CUR'),
  },
);
export type ProfileVirtualSCSIClientAdapter = Lens<typeof ProfileVirtualSCSIClientAdapter>;

export const ProfileVirtualFibreChannelServerAdapter = element(
  'ProfileVirtualFibreChannelServerAdapter',
  { evidence: 'protocol reference 3.3; capture fake_vios_feed3.txt' },
  {
    virtualSlotNumber: integer('VirtualSlotNumber', 'CUR'),
    adapterType: text('AdapterType', 'CUR'),
    localPartitionID: integer('LocalPartitionID', 'CUR'),
    connectingVirtualSlotNumber: integer('ConnectingVirtualSlotNumber', 'CUR'),
    connectingPartitionID: integer('ConnectingPartitionID', 'CUR'),
  },
);
export type ProfileVirtualFibreChannelServerAdapter = Lens<typeof ProfileVirtualFibreChannelServerAdapter>;

/** One virtual adapter of a profile, of whichever kind. */
export const ProfileVirtualIOAdapterSubclass = element(
  'ProfileVirtualIOAdapterSubclass',
  { evidence: 'protocol reference 3.3; capture fake_vios_feed3.txt', bare: true },
  {
    profileClientNetworkAdapter: nested(ProfileClientNetworkAdapter, 'ProfileClientNetworkAdapter', 'none'),
    profileTrunkAdapter: nested(ProfileTrunkAdapter, 'ProfileTrunkAdapter', 'none'),
    profileVirtualSCSIServerAdapter: nested(
      ProfileVirtualSCSIServerAdapter,
      'ProfileVirtualSCSIServerAdapter',
      'none',
    ),
    profileVirtualSCSIClientAdapter: nested(
      ProfileVirtualSCSIClientAdapter,
      'ProfileVirtualSCSIClientAdapter',
      'none',
    ),
    profileVirtualFibreChannelServerAdapter: nested(
      ProfileVirtualFibreChannelServerAdapter,
      'ProfileVirtualFibreChannelServerAdapter',
      'none',
    ),
  },
);
export type ProfileVirtualIOAdapterSubclass = Lens<typeof ProfileVirtualIOAdapterSubclass>;

import { element } from '../../schema/declare.js';
import { flag, integer, percent, text, texts } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** What an Ethernet port and a converged port have in common (protocol reference 3.10). */
export const sriovEthernetPortFields = {
  configuredConnectionSpeed: text('ConfiguredConnectionSpeed', 'CUR'),
  configuredFlowControl: flag('ConfiguredFlowControl', 'CUD'),
  configuredMTU: text('ConfiguredMTU', 'CUR', { values: ['E_1500', 'E_9000', 'Unknown'] }),
  configuredOptions: texts('ConfiguredOptions', 'CUR'),
  configuredPortSwitchMode: text('ConfiguredPortSwitchMode', 'CUD', { values: ['Veb', 'Vepa'] }),
  currentConnectionSpeed: text('CurrentConnectionSpeed', 'ROR'),
  currentOptions: texts('CurrentOptions', 'ROR'),
  label: text('Label', 'CUR', { note: 'An empty label means the port label "default".' }),
  locationCode: text('LocationCode', 'ROR'),
  maximumDiagnosticsLogicalPorts: integer('MaximumDiagnosticsLogicalPorts', 'ROR'),
  maximumPromiscuousLogicalPorts: integer('MaximumPromiscuousLogicalPorts', 'ROR'),
  physicalPortID: integer('PhysicalPortID', 'ROR'),
  portCapabilities: texts('PortCapabilities', 'ROR'),
  portType: text('PortType', 'ROR'),
  portLogicalPortLimit: integer('PortLogicalPortLimit', 'ROR'),
  subLabel: text('SubLabel', 'CUR'),
  supportedConnectionSpeeds: texts('SupportedConnectionSpeeds', 'ROR'),
  supportedMTUs: texts('SupportedMTUs', 'ROR'),
  supportedOptions: texts('SupportedOptions', 'ROR'),
  supportedPriorityAccessControlList: integer('SupportedPriorityAccessControlList', 'ROR'),
  linkStatus: flag('LinkStatus', 'ROR'),
  defaultPortVFConfigurationOption: text('DefaultPortVFConfigurationOption', 'unseen'),
  selectedPortVFConfigurationOption: text('SelectedPortVFConfigurationOption', 'unseen'),
  supportedPortVFConfigurationOptions: texts('SupportedPortVFConfigurationOptions', 'unseen'),
  allocatedCapacity: percent('AllocatedCapacity', 'ROR'),
  configuredMaxEthernetLogicalPorts: integer('ConfiguredMaxEthernetLogicalPorts', 'UOD'),
  configuredEthernetLogicalPorts: integer('ConfiguredEthernetLogicalPorts', 'ROR'),
  maximumPortVLANID: integer('MaximumPortVLANID', 'ROR'),
  maximumVLANID: integer('MaximumVLANID', 'ROR'),
  minimumEthernetCapacityGranularity: percent('MinimumEthernetCapacityGranularity', 'ROR'),
  minimumPortVLANID: integer('MinimumPortVLANID', 'ROR'),
  minimumVLANID: integer('MinimumVLANID', 'ROR'),
  maxSupportedEthernetLogicalPorts: integer('MaxSupportedEthernetLogicalPorts', 'ROR'),
  maximumAllowedEthVLANs: integer('MaximumAllowedEthVLANs', 'unseen'),
  maximumAllowedEthMACs: integer('MaximumAllowedEthMACs', 'unseen'),
  supportedVLANRestrictions: text('SupportedVLANRestrictions', 'unseen'),
  supportedMACRestrictions: text('SupportedMACRestrictions', 'unseen'),
};

/** An Ethernet port of an SR-IOV adapter. Port ids are unique within the adapter only. */
export const SRIOVEthernetPhysicalPort = element(
  'SRIOVEthernetPhysicalPort',
  { evidence: 'protocol reference 3.10; capture sys_with_sriov.txt' },
  {
    ...sriovEthernetPortFields,
  },
);
export type SRIOVEthernetPhysicalPort = Lens<typeof SRIOVEthernetPhysicalPort>;

/** A port that carries Ethernet and Fibre Channel. */
export const SRIOVConvergedNetworkAdapterPhysicalPort = element(
  'SRIOVConvergedNetworkAdapterPhysicalPort',
  { evidence: 'protocol reference 3.10; capture sys_with_sriov.txt' },
  {
    ...sriovEthernetPortFields,
    configuredMaxFiberChannelOverEthernetLogicalPorts: integer(
      'ConfiguredMaxFiberChannelOverEthernetLogicalPorts',
      'UOD',
    ),
    defaultFiberChannelTargetsForBackingDevice: integer('DefaultFiberChannelTargetsForBackingDevice', 'ROR'),
    defaultFiberChannelTargetsForNonBackingDevice: integer(
      'DefaultFiberChannelTargetsForNonBackingDevice',
      'ROR',
    ),
    configuredFiberChannelOverEthernetLogicalPorts: integer(
      'ConfiguredFiberChannelOverEthernetLogicalPorts',
      'UOD',
    ),
    minimumFCoECapacityGranularity: percent('MinimumFCoECapacityGranularity', 'ROR'),
    fiberChannelTargetsRoundingValue: integer('FiberChannelTargetsRoundingValue', 'ROR'),
    maxSupportedFiberChannelOverEthernetLogicalPorts: integer(
      'MaxSupportedFiberChannelOverEthernetLogicalPorts',
      'ROR',
    ),
    maximumFiberChannelTargets: integer('MaximumFiberChannelTargets', 'ROR'),
  },
);
export type SRIOVConvergedNetworkAdapterPhysicalPort = Lens<typeof SRIOVConvergedNetworkAdapterPhysicalPort>;

/** A RoCE port; it has the children of the converged port. */
export const SRIOVRoCEPhysicalPort = element(
  'SRIOVRoCEPhysicalPort',
  { evidence: 'protocol reference 3.10 (client table; no capture)' },
  {
    ...sriovEthernetPortFields,
    configuredMaxFiberChannelOverEthernetLogicalPorts: integer(
      'ConfiguredMaxFiberChannelOverEthernetLogicalPorts',
      'UOD',
    ),
    defaultFiberChannelTargetsForBackingDevice: integer('DefaultFiberChannelTargetsForBackingDevice', 'ROR'),
    defaultFiberChannelTargetsForNonBackingDevice: integer(
      'DefaultFiberChannelTargetsForNonBackingDevice',
      'ROR',
    ),
    configuredFiberChannelOverEthernetLogicalPorts: integer(
      'ConfiguredFiberChannelOverEthernetLogicalPorts',
      'UOD',
    ),
    minimumFCoECapacityGranularity: percent('MinimumFCoECapacityGranularity', 'ROR'),
    fiberChannelTargetsRoundingValue: integer('FiberChannelTargetsRoundingValue', 'ROR'),
    maxSupportedFiberChannelOverEthernetLogicalPorts: integer(
      'MaxSupportedFiberChannelOverEthernetLogicalPorts',
      'ROR',
    ),
    maximumFiberChannelTargets: integer('MaximumFiberChannelTargets', 'ROR'),
  },
);
export type SRIOVRoCEPhysicalPort = Lens<typeof SRIOVRoCEPhysicalPort>;

import type {
  Init,
  PhysicalFibreChannelPort,
  ProfileIOSlot,
  VirtualFibreChannelMapping,
} from '@openstack-powervm/rest';
import { pathOf } from '../world/changes.js';
import type { FibreChannelMapping } from '../world/fibre-channel-mapping.js';
import { availablePorts, type FibreChannelPort } from '../world/fibre-channel-port.js';
import { slotLocation } from '../world/partition.js';
import type { VirtualIOServer } from '../world/vios.js';
import type { ViewContext } from './resource-kind.js';

type View = Init<typeof VirtualFibreChannelMapping>;

const ADAPTER = 'Quad 8 Gigabit Fibre Channel LP Adapter';

/** One element of VirtualFibreChannelMappings (protocol reference 3.15; capture fake_vios_feed2.txt). */
export function channelView(vios: VirtualIOServer, mapping: FibreChannelMapping, context: ViewContext): View {
  const { client, port } = mapping;
  return {
    associatedLogicalPartition: client === undefined ? undefined : context.href(pathOf(client)),
    clientAdapter: clientChannelView(vios, mapping),
    port: port === undefined ? undefined : portView(vios, port),
    serverAdapter: serverChannelView(vios, mapping),
  };
}

export function clientChannelView(
  vios: VirtualIOServer,
  mapping: FibreChannelMapping,
): View['clientAdapter'] {
  const { client, remoteSlot } = mapping;
  if (client === undefined) return undefined;
  const location = slotLocation(client, remoteSlot);
  return {
    adapterType: 'Client',
    dynamicReconfigurationConnectorName: location,
    locationCode: location,
    localPartitionID: client.id,
    requiredAdapter: false,
    variedOn: true,
    virtualSlotNumber: remoteSlot,
    connectingPartitionID: vios.id,
    connectingVirtualSlotNumber: mapping.serverSlot,
    wwpns: mapping.wwpns.join(' '),
  };
}

export function serverChannelView(
  vios: VirtualIOServer,
  mapping: FibreChannelMapping,
): View['serverAdapter'] {
  const { port } = mapping;
  const location = slotLocation(vios, mapping.serverSlot);
  return {
    adapterType: 'Server',
    dynamicReconfigurationConnectorName: location,
    locationCode: location,
    localPartitionID: vios.id,
    requiredAdapter: false,
    variedOn: true,
    virtualSlotNumber: mapping.serverSlot,
    adapterName: mapping.name,
    connectingPartitionID: mapping.remoteId,
    connectingVirtualSlotNumber: mapping.remoteSlot,
    uniqueDeviceID: `1d${location}`,
    mapPort: port?.name,
    physicalPort: port === undefined ? undefined : portView(vios, port),
  };
}

function portView(vios: VirtualIOServer, port: FibreChannelPort): Init<typeof PhysicalFibreChannelPort> {
  return {
    locationCode: port.location,
    portName: port.name,
    uniqueDeviceID: `1a${port.location}`,
    wwpn: port.wwpn.toUpperCase(),
    wwnn: port.wwnn.toUpperCase(),
    ...(port.totalPorts === 0
      ? {}
      : { availablePorts: availablePorts(vios, port), totalPorts: port.totalPorts }),
  };
}

/** The adapters of a VIOS, each in its slot with its ports (capture fake_vios_feed.txt). */
export function channelSlotsView(vios: VirtualIOServer, context: ViewContext): Init<typeof ProfileIOSlot>[] {
  const slots = [...new Set(vios.fibreChannelPorts.map(slotOf))];
  return slots.map((slot, index) => ({
    associatedIOSlot: {
      busGroupingRequired: false,
      description: ADAPTER,
      ioUnitPhysicalLocation: slot.replace(/-P1-.*$/, ''),
      pcAdapterID: 9522,
      pciClass: 4,
      pciDeviceID: 9522,
      pciSubsystemDeviceID: 1054,
      pciManufacturerID: 4215,
      pciRevisionID: 2,
      pciVendorID: 4215,
      pciSubsystemVendorID: 4116,
      relatedIOAdapter: {
        physicalFibreChannelAdapter: {
          adapterID: 553_713_705 + index,
          description: ADAPTER,
          deviceName: slot,
          dynamicReconfigurationConnectorName: slot,
          physicalLocation: slot.split('-').at(-1),
          physicalFibreChannelPorts: vios.fibreChannelPorts
            .filter((port) => slotOf(port) === slot)
            .map((port) => ({
              ...portView(vios, port),
              physicalVolumes: context.wants('ViosStorage') ? [] : undefined,
            })),
        },
      },
      slotDynamicReconfigurationConnectorIndex: 553_713_705 + index,
      slotDynamicReconfigurationConnectorName: slot,
      slotPhysicalLocationCode: slot.split('-').at(-1),
    },
  }));
}

const slotOf = (port: FibreChannelPort): string => port.location.replace(/-T\d+$/, '');

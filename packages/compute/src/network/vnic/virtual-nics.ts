import { type Entity, LogicalPartition, type Session, VirtualNICDedicated } from '@openstack-powervm/rest';
import type { CallOptions } from '../../flow/index.js';
import type { Host } from '../../host/host.js';
import { isMissing, type Partition } from '../../partition/partition.js';
import { restMac } from '../mac.js';
import type { BackingDevice } from './backing.js';
import type { VnicRequest } from './vnic-request.js';

export type VnicEntity = Entity<typeof VirtualNICDedicated>;

type Owner = Pick<Partition, 'uuid'>;

/**
 * The virtual NICs of a partition. Their MAC addresses are not among those of its client network adapters (L-109). A
 * system that cannot have any is not asked.
 */
export async function listVnics(
  { session, system }: Pick<Host, 'session' | 'system'>,
  partition: Owner,
  call: CallOptions,
): Promise<VnicEntity[]> {
  if (!system.lastFacts.capabilities.vnic) return [];
  return session.list(VirtualNICDedicated, { ...call, parent: parentOf(partition) });
}

/** The virtual NIC with that MAC address. */
export function vnicWithMac(vnics: readonly VnicEntity[], mac: string): VnicEntity | undefined {
  const wanted = restMac(mac);
  return vnics.find(({ value }) => value.details?.macAddress?.toUpperCase() === wanted);
}

export async function createVnic(
  session: Session,
  partition: Owner,
  request: VnicRequest,
  devices: readonly BackingDevice[],
  call: CallOptions,
): Promise<VnicEntity> {
  const novalink = session.console === 'NovaLink';
  return session.create(
    VirtualNICDedicated,
    {
      useNextAvailableHighSlotID: novalink ? true : undefined,
      useNextAvailableSlotID: novalink ? undefined : true,
      details: {
        portVLANID: request.vlan,
        // The port's VLAN is the only one the guest may use (SRV-3).
        allowedVLANIDs: 'NONE',
        macAddress: restMac(request.mac),
        allowedOperatingSystemMACAddresses: macList(request.allowedMacs),
      },
      // One choice for each device, as clients write them (protocol reference 3.11).
      associatedBackingDevices: devices.map((device) => ({
        virtualNICSRIOVBackingDevice: [backingInit(session, request, device)],
      })),
    },
    { ...call, parent: parentOf(partition) },
  );
}

function backingInit(session: Session, request: VnicRequest, device: BackingDevice) {
  return {
    associatedVirtualIOServer: `${session.endpoint}/rest/api/uom/VirtualIOServer/${device.viosId}`,
    failOverPriority: device.priority,
    relatedSRIOVAdapterID: device.adapterId,
    currentCapacityPercentage: request.capacity,
    maxCapacityPercentage: request.maxCapacity,
    relatedSRIOVPhysicalPortID: device.portId,
  };
}

function macList(macs: VnicRequest['allowedMacs']): string {
  if (macs === 'any') return 'ALL';
  return macs.length > 0 ? macs.map(restMac).join(' ') : 'NONE';
}

/** Deletes a virtual NIC and with it its logical ports; one that is gone is no error. */
export async function deleteVnic(
  session: Session,
  partition: Owner,
  vnic: VnicEntity,
  call: CallOptions,
): Promise<void> {
  try {
    await session.delete({ type: VirtualNICDedicated, id: vnic.id, parent: parentOf(partition) }, call);
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
  }
}

function parentOf({ uuid }: Owner) {
  return { type: LogicalPartition, id: uuid };
}

import { LogicalPartition, ManagedSystem, type Session, VirtualNICDedicated } from '@openstack-powervm/rest';
import { listPatiently } from '../agent/patient-list.js';
import type { PlugRequest } from '../agent/plug-request.js';
import { restMac } from '../mac.js';

/**
 * A plug request for each virtual NIC of the client partitions (SRA-3).
 *
 * @throws PowerVMError
 */
export async function listVnics(
  session: Session,
  system: string,
  signal: AbortSignal,
): Promise<PlugRequest[]> {
  const parent = { type: ManagedSystem, id: system };
  const partitions = await session.list(LogicalPartition, { parent, signal });
  const clients = partitions.filter(({ value }) => !value.isManagementPartition);
  const requests = await Promise.all(clients.map(({ id }) => requestsOf(session, id, signal)));
  return requests.flat();
}

async function requestsOf(session: Session, partition: string, signal: AbortSignal): Promise<PlugRequest[]> {
  const parent = { type: LogicalPartition, id: partition };
  const vnics = await listPatiently(() => session.list(VirtualNICDedicated, { parent, signal }), signal);
  return vnics.flatMap(({ value }) => {
    const mac = value.details?.macAddress;
    return mac === undefined ? [] : [{ action: 'plug', mac: restMac(mac), partition, quiet: true }];
  });
}

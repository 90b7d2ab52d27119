import assert from 'node:assert/strict';
import {
  LogicalPartition,
  ManagedSystem,
  SRIOVEthernetLogicalPort,
  Tier,
  VirtualPersistentMemoryVolume,
} from '@openstack-powervm/rest';
import type { Api, RawAnswer } from './api.js';
import { fileBody, jobBody, logonBody } from './bodies.js';
import { viosNamed } from './client.js';
import { addVnic, attachPair, type Couple, mapSharedDisk, mapUnit, plugIn } from './migration-steps.js';

/** Brings a logical unit, pairs, ports and serial numbers into the first of two systems; answers what shows them. */
export async function busyWorld(api: Api, { first, guest }: Couple): Promise<RawAnswer[]> {
  await mapUnit(first, 'vios1', guest, 'root');
  await mapSharedDisk(first, 'vios2', guest);
  await attachPair(first, 'vios1', guest, 'fcs0');
  await plugIn(first, guest, 1);
  const [system] = await first.list(ManagedSystem);
  assert.ok(system !== undefined);
  const parameters = { VirtualSerialNumber: 'ZCE0HF0' };
  await first.runJob({ type: ManagedSystem, id: system.id, operation: 'AddVSN', parameters });
  const parent = { type: LogicalPartition, id: guest.id };
  await first.create(
    SRIOVEthernetLogicalPort,
    { adapterID: 1, physicalPortID: 0, configuredCapacity: 2 },
    { parent },
  );
  const vios = await viosNamed(first, 'vios1');
  await addVnic(first, guest, [['vios1', 1, 1]], 2);
  await first.create(VirtualPersistentMemoryVolume, { name: 'data', size: 256 }, { parent });
  const [tier] = await first.list(Tier);
  return [
    ...(await objects(api, system.id, guest.id, vios.id)),
    ...(await mechanisms(api, system.id, guest.id, vios.id)),
    await api.get(`uom/Tier/${tier?.id}/LogicalUnit`),
  ];
}

async function objects(api: Api, system: string, guest: string, vios: string): Promise<RawAnswer[]> {
  const paths = [
    'uom/ManagedSystem?group=SystemNetwork',
    `uom/LogicalPartition/${guest}?group=NVRAM`,
    'uom/VirtualIOServer?group=All',
    'uom/Cluster',
    'uom/SharedStoragePool',
    'uom/Tier',
    `uom/ManagedSystem/${system}/SharedProcessorPool`,
    `uom/ManagedSystem/${system}/VirtualSerialNumberInformation`,
    `uom/ManagedSystem/${system}/PersistentMemoryDevice`,
    `uom/ManagedSystem/${system}/PersistentMemoryVolume`,
    `uom/LogicalPartition/${guest}/VirtualPersistentMemoryVolume`,
    `uom/ManagedSystem/${system}/NetworkBridge`,
    `uom/LogicalPartition/${guest}/VirtualFibreChannelClientAdapter`,
    `uom/LogicalPartition/${guest}/VirtualNICDedicated?group=Advanced,VNIC`,
    `uom/LogicalPartition/${guest}/SRIOVEthernetLogicalPort`,
    `uom/LogicalPartition/${guest}/ClientNetworkAdapter?group=Advanced`,
    `uom/VirtualIOServer/${vios}/VirtualSCSIBus`,
    `pcm/ManagedSystem/${system}/preferences?group=None`,
  ];
  return Promise.all(paths.map((path) => api.get(path)));
}

/** Logon, jobs, files, events and errors. */
async function mechanisms(api: Api, system: string, guest: string, vios: string): Promise<RawAnswer[]> {
  const job = `uom/LogicalPartition/${guest}/do/PowerOff`;
  const submitted = await api.put(job, jobBody('LogicalPartition', 'PowerOff', { operation: 'shutdown' }));
  const number = /<JobID[^>]*>(\d+)</.exec(submitted.text)?.[1] ?? '';
  const reader = 'uom/Event?QUEUE_CLIENTKEY_METHOD=USE_APPLICATIONID&QUEUE_APPLICATIONID=fidelity';
  const file = await api.put('web/File', fileBody({ name: 'cfg', type: 'BROKERED_MEDIA_ISO', vios }));
  return [
    await api.send('PUT', '/rest/api/web/Logon', { body: logonBody('pvmadmin', 'pvmadmin-simulated') }),
    await api.get(job),
    submitted,
    await api.get(`uom/jobs/${number}`),
    file,
    await api.get('web/File'),
    await api.get(reader),
    await api.get(`uom/ManagedSystem/${system}/VirtualSwitch/00000000-0000-3000-8000-000000000000`),
  ];
}

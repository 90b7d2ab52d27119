import { type Api, idOf, objectOf, objectsOf } from './api.js';
import { adapterBody, leaf, mappingElement, opticalReference, volumeReference } from './bodies.js';
import { addMapping, mapDisk } from './mapping-steps.js';
import { aVios, createdDisk, poweredOn, uploaded, withRepository } from './steps.js';

/** Brings something of everything into a system, and answers with the paths that show it. */
export async function busySystem(api: Api): Promise<string[]> {
  const system = `uom/ManagedSystem/${idOf(objectOf(await api.get('uom/ManagedSystem')))}`;
  const { id: viosId, path: vios, dataGroup, rootGroup } = await aVios(api);
  await createdDisk(api, dataGroup, 'boot');
  await withRepository(api, rootGroup);
  await uploaded(api, { name: 'cfg', type: 'BROKERED_MEDIA_ISO', vios: viosId }, Buffer.from('iso'));
  const { id, path } = await poweredOn(api, 'busy');
  await mapDisk(api, vios, id, 'boot');
  await addMapping(api, vios, mappingElement({ partition: id, storage: opticalReference('cfg') }));
  await addMapping(api, vios, mappingElement({ partition: id, storage: volumeReference('hdisk2') }));
  const [network] = objectsOf(await api.get(`${system}/VirtualSwitch`));
  const link = `${api.simulator.url}/rest/api/${system}/VirtualSwitch/${network === undefined ? '' : idOf(network)}`;
  const slot = leaf('UseNextAvailableHighSlotID', 'true');
  await api.put(`${path}/ClientNetworkAdapter`, adapterBody({ switch: link, slot, vlan: 7 }));
  return [
    'uom/ManagementConsole',
    'uom/ManagedSystem?group=SystemNetwork',
    'uom/LogicalPartition?group=NVRAM',
    'uom/VirtualIOServer?group=All',
    `${vios}/VolumeGroup`,
    `${vios}/VirtualSCSIBus`,
    `${system}/VirtualSwitch`,
    `${system}/VirtualNetwork`,
    `${system}/NetworkBridge`,
    `${system}/SharedProcessorPool`,
    `${path}/ClientNetworkAdapter`,
  ];
}

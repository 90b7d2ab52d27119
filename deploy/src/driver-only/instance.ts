import type { BlockDevices, Image, Instance, Vif } from '@openstack-powervm/compute';
import { demonstrationNetwork } from '../cloud/network.js';
import type { Deployment } from '../deployment/deployment.js';
import { imageId } from './image-server.js';

/** Name of the instance, and of its partition. */
export const instanceName = 'first-partition';

/** What Nova would say of the instance; its UUID is the deployment's id, so that it is found again. */
export function firstInstance(deployment: Deployment): Instance {
  return {
    uuid: deployment.id,
    name: instanceName,
    displayName: instanceName,
    host: deployment.host,
    vmState: 'building',
    taskState: 'spawning',
    powerState: 0,
    projectId: null,
    flavor: {
      name: 'powervm.tiny',
      memoryMb: 512,
      vcpus: 1,
      rootGb: 1,
      ephemeralGb: 0,
      swapMb: 0,
      extraSpecs: {},
    },
    oldFlavor: null,
    newFlavor: null,
    systemMetadata: {},
  };
}

/** What Nova would say of the image. */
export function firstImage(size: number): Image {
  return { id: imageId, name: imageId, size, diskFormat: 'raw', checksum: null, properties: {} };
}

/** What Nova would say of a port that Neutron has bound. */
export const firstVif: Vif = {
  id: '00000000-0000-4000-8000-000000000001',
  address: 'fa:16:3e:00:00:01',
  type: 'pvm_sea',
  vnicType: 'normal',
  devname: null,
  ovsInterfaceId: null,
  active: true,
  details: { vlan: String(demonstrationNetwork.vlan) },
  profile: {},
  network: {
    id: null,
    label: demonstrationNetwork.name,
    bridge: null,
    meta: { physical_network: 'default' },
  },
};

/** No disks beside the one with the image. */
export const noFurtherDevices: BlockDevices = {
  rootDeviceName: null,
  bootFromVolume: false,
  volumes: [],
  ephemerals: [],
  swapMb: 0,
};

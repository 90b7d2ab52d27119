import type { Instance } from '@openstack-powervm/compute';
import { type HandshakeParams, PROTOCOL } from '../contract/index.js';

/** Data for tests of this package. */
export const handshake: HandshakeParams = {
  protocol: PROTOCOL,
  shim: { version: '0.1.0', python: '3.11' },
  nova: {
    release: '26.2.2',
    host: 'host1',
    my_ip: '127.0.0.1',
    instance_name_template: 'instance-%08x',
    'vnc.server_proxyclient_address': '127.0.0.1',
  },
  options: { disk_driver: 'localdisk', volume_group_name: 'datavg' },
};

export const request = { requestId: 'req-1', userId: null, projectId: null };

const flavor = {
  name: 'small',
  memoryMb: 1024,
  vcpus: 1,
  rootGb: 1,
  ephemeralGb: 0,
  swapMb: 0,
  extraSpecs: {},
};

export const instance: Instance = {
  uuid: '5c9bb7d5-f576-45e8-9277-33fe0201862c',
  name: 'instance-0000000b',
  displayName: 'full',
  host: 'host1',
  vmState: 'active',
  taskState: null,
  powerState: 1,
  projectId: null,
  flavor,
  oldFlavor: null,
  newFlavor: null,
  systemMetadata: {},
};

import { randomUUID } from 'node:crypto';
import { type BlockDevices, type Flavor, Image, Instance, PowerVMOptions, Vif } from '../contract/index.js';

/** A server on one disk made from its image. */
export const noDevices: BlockDevices = {
  rootDeviceName: '/dev/sda',
  bootFromVolume: false,
  volumes: [],
  ephemerals: [],
  swapMb: 0,
};

/** Examples of what crosses from Nova, valid and small; tests override what matters to them. */
export function exampleFlavor(parts: Partial<Flavor> = {}): Flavor {
  return {
    name: 'small',
    memoryMb: 2048,
    vcpus: 2,
    rootGb: 1,
    ephemeralGb: 0,
    swapMb: 0,
    extraSpecs: {},
    ...parts,
  };
}

export function exampleInstance(parts: Partial<Instance> = {}): Instance {
  const uuid = parts.uuid ?? randomUUID();
  return Instance.parse({
    uuid,
    name: `instance-${uuid.slice(0, 8)}`,
    displayName: 'example',
    host: 'aio',
    vmState: 'building',
    taskState: 'spawning',
    powerState: 0,
    projectId: 'project',
    flavor: exampleFlavor(),
    oldFlavor: null,
    newFlavor: null,
    systemMetadata: {},
    ...parts,
  });
}

export function exampleImage(parts: Partial<Image> = {}): Image {
  return Image.parse({
    id: randomUUID(),
    name: 'image',
    size: 4 * 1024 * 1024,
    diskFormat: 'raw',
    checksum: null,
    properties: {},
    ...parts,
  });
}

export function exampleVif(parts: Partial<Vif> = {}): Vif {
  const digits = randomUUID().slice(0, 6);
  return Vif.parse({
    id: randomUUID(),
    address: `fa:16:3e:${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.slice(4, 6)}`,
    type: 'pvm_sea',
    vnicType: 'normal',
    devname: null,
    ovsInterfaceId: null,
    active: false,
    details: { vlan: '100' },
    profile: {},
    network: { id: randomUUID(), label: 'net', bridge: null, meta: {} },
    ...parts,
  });
}

export function exampleOptions(parts: Partial<PowerVMOptions> = {}): PowerVMOptions {
  return PowerVMOptions.parse({ volume_group_name: 'datavg', ...parts });
}

import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DriverCall,
  Image,
  type ImageStore,
  Instance,
  type SpawnParams,
  Vif,
} from '@openstack-powervm/compute';

const imageBytes = 4 * 1024 * 1024;

/** An image service in memory; what is uploaded to it is read and dropped. */
export const images: ImageStore = {
  open: async () => ({ size: imageBytes, body: pieces() }),
  async upload(_access, _id, { body }) {
    for await (const _piece of body);
  },
};

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < imageBytes; at += 65_536) yield Buffer.alloc(65_536, 1);
}

export const imageAccess = { endpoint: 'http://127.0.0.1:1', token: 'none' };

export const image = Image.parse({
  id: randomUUID(),
  name: 'image',
  size: imageBytes,
  diskFormat: 'raw',
  checksum: null,
  properties: {},
});

/** What a call of Nova carries besides its parameters. */
export function call(): DriverCall {
  return {
    signal: new AbortController().signal,
    request: { requestId: 'req-bench', userId: null, projectId: null },
  };
}

/** An ordinary server: one port, config drive, management interface. */
export async function deployment(folder: string, number: number): Promise<SpawnParams> {
  const uuid = randomUUID();
  const configDrivePath = join(folder, `${uuid}.iso`);
  await writeFile(configDrivePath, Buffer.alloc(100_000, 2));
  return {
    instance: instance(uuid),
    image,
    imageAccess,
    vifs: [vif(number)],
    blockDevices: {
      rootDeviceName: '/dev/sda',
      bootFromVolume: false,
      volumes: [],
      ephemerals: [],
      swapMb: 0,
    },
    configDrivePath,
    managementMac: mac('02', number),
    evacuate: false,
  };
}

export function flavor(memoryMb: number) {
  return { name: 'small', memoryMb, vcpus: 1, rootGb: 1, ephemeralGb: 0, swapMb: 0, extraSpecs: {} };
}

function instance(uuid: string): Instance {
  return Instance.parse({
    uuid,
    name: `instance-${uuid.slice(0, 8)}`,
    displayName: 'bench',
    host: 'bench',
    vmState: 'building',
    taskState: 'spawning',
    powerState: 0,
    projectId: 'bench',
    flavor: flavor(1024),
    oldFlavor: null,
    newFlavor: null,
    systemMetadata: {},
  });
}

function vif(number: number): Vif {
  return Vif.parse({
    id: randomUUID(),
    address: mac('fa', number),
    type: 'pvm_sea',
    vnicType: 'normal',
    devname: null,
    ovsInterfaceId: null,
    active: false,
    details: { vlan: '100' },
    profile: {},
    network: { id: randomUUID(), label: 'net', bridge: null, meta: {} },
  });
}

function mac(first: string, number: number): string {
  const [high = '00', low = '00'] = [number >> 8, number & 255].map((part) =>
    part.toString(16).padStart(2, '0'),
  );
  return `${first}:00:00:00:${high}:${low}`;
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PROTOCOL, type SendOf } from '@openstack-powervm/bridge';

export const instanceUuid = '5c9bb7d5-f576-45e8-9277-33fe0201862c';

/** The token with which the image is fetched; it must show up nowhere. */
export const imageToken = 'gAAAAAB-a-token-of-keystone';

/** What nova-compute's plug-in says when it connects. */
export function handshakeOf(options: Record<string, unknown>) {
  return {
    protocol: PROTOCOL,
    shim: { version: 'test', python: 'none' },
    nova: {
      release: 'none',
      host: 'host1',
      my_ip: '127.0.0.1',
      instance_name_template: 'instance-%08x',
      'vnc.server_proxyclient_address': '127.0.0.1',
    },
    options,
  };
}

/** An image service with one image of a megabyte. */
export async function serveImage(): Promise<AsyncDisposable & { readonly endpoint: string }> {
  const bytes = Buffer.alloc(2 ** 20, 'disk');
  const image = { id: 'image-1', status: 'active', size: bytes.length, disk_format: 'raw' };
  const server = createServer((request, response) => {
    const isFile = request.url?.endsWith('/file') ?? false;
    response.setHeader('Content-Type', isFile ? 'application/octet-stream' : 'application/json');
    response.end(isFile ? bytes : JSON.stringify(image));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has such an address
  return {
    endpoint: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

export const instance: SendOf<'powerOn'>['instance'] = {
  uuid: instanceUuid,
  name: 'instance-0000000b',
  displayName: 'first',
  host: 'host1',
  vmState: 'building',
  taskState: 'spawning',
  powerState: 0,
  projectId: null,
  flavor: { name: 'small', memoryMb: 1024, vcpus: 1, rootGb: 1, ephemeralGb: 0, swapMb: 0, extraSpecs: {} },
  oldFlavor: null,
  newFlavor: null,
  systemMetadata: {},
};

/** The parameters of a deployment without network. */
export function deploymentOf(requestId: string, endpoint: string): SendOf<'spawn'> {
  return {
    request: { requestId, userId: null, projectId: null },
    instance,
    vifs: [],
    blockDevices: {
      rootDeviceName: '/dev/sda',
      bootFromVolume: false,
      volumes: [],
      ephemerals: [],
      swapMb: 0,
    },
    image: {
      id: 'image-1',
      name: 'image',
      size: 2 ** 20,
      diskFormat: 'raw',
      checksum: null,
      properties: {},
    },
    imageAccess: { endpoint, token: imageToken },
    configDrivePath: null,
    managementMac: null,
    evacuate: false,
  };
}

import { randomUUID } from 'node:crypto';
import {
  type Commands,
  Driver,
  type DriverCall,
  Instance,
  NovaOptions,
  noLog,
  PowerVMOptions,
  type SpawnParams,
  systemCommands,
  type Vif,
} from '@openstack-powervm/compute';
import { Session } from '@openstack-powervm/rest';

const imageSize = 1024 * 1024;
const flavor = { name: 'f', memoryMb: 512, vcpus: 1, rootGb: 1, ephemeralGb: 0, swapMb: 0, extraSpecs: {} };

/** A driver at a PowerVM REST server, with an image of zeros. */
export function driverOn(
  endpoint: string,
  options: Readonly<Record<string, string>> = {},
  commands: Commands = systemCommands,
): Driver {
  const powervm = PowerVMOptions.parse({ rest_endpoint: endpoint, volume_group_name: 'datavg', ...options });
  return new Driver(powervm, NovaOptions.parse({ host: 'aio', my_ip: '127.0.0.1' }), {
    openSession: (call) => Session.open({ endpoint, credentials: { kind: 'local' } }, call),
    images: { open: async () => ({ size: imageSize, body: zeros() }), upload: async () => {} },
    log: noLog,
    commands,
  });
}

export function newInstance(): Instance {
  return Instance.parse({
    ...{ uuid: randomUUID(), name: 'instance-00000001', displayName: 'one', host: 'aio', powerState: 0 },
    ...{ vmState: 'building', taskState: 'spawning', projectId: null, systemMetadata: {} },
    ...{ flavor, oldFlavor: null, newFlavor: null },
  });
}

/** What Nova asks for to deploy an instance from an image. */
export function deploymentOf(instance: Instance, vifs: Vif[]): SpawnParams {
  return {
    ...{ instance, vifs, configDrivePath: null, managementMac: null, evacuate: false },
    image: {
      ...{ id: randomUUID(), name: 'i', size: imageSize, diskFormat: 'raw' },
      ...{ checksum: null, properties: {} },
    },
    imageAccess: { endpoint: 'http://127.0.0.1:9292', token: 'none' },
    blockDevices: {
      ...{ rootDeviceName: null, bootFromVolume: false, volumes: [], ephemerals: [], swapMb: 0 },
    },
  };
}

/** A call with a time of its own. */
export function newCall(): DriverCall {
  return {
    signal: AbortSignal.timeout(120_000),
    request: { requestId: 'req-test', userId: null, projectId: null },
  };
}

async function* zeros(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(imageSize);
}

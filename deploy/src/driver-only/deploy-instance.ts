import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { BridgeClient, PROTOCOL } from '@openstack-powervm/bridge';
import { PowerState } from '@openstack-powervm/compute';
import { computeSocket, driverOptions } from '../config/power-system.js';
import type { Deployment } from '../deployment/deployment.js';
import { serveImage } from './image-server.js';
import { firstImage, firstInstance, firstVif, noFurtherDevices } from './instance.js';

const pollMs = 100;

/** How long the operating system may take to run, milliseconds. */
const limitMs = 60_000;

function connect(deployment: Deployment, signal: AbortSignal): Promise<BridgeClient> {
  const { host, address } = deployment;
  const handshake = {
    protocol: PROTOCOL,
    shim: { version: 'deploy', python: 'none' },
    nova: {
      release: 'none',
      host,
      my_ip: address,
      instance_name_template: 'instance-%08x',
      'vnc.server_proxyclient_address': address,
    },
    options: driverOptions(deployment),
  };
  return BridgeClient.connect({ path: computeSocket(deployment), handshake }, signal);
}

/** The calls that nova-compute's plug-in would make for one instance. */
class FirstInstance {
  readonly #client: BridgeClient;
  readonly #deployment: Deployment;
  readonly #signal: AbortSignal;
  readonly #request = { requestId: `req-${randomUUID()}`, userId: null, projectId: null };

  constructor(client: BridgeClient, deployment: Deployment, signal: AbortSignal) {
    this.#client = client;
    this.#deployment = deployment;
    this.#signal = signal;
  }

  exists(): Promise<boolean> {
    const { id } = this.#deployment;
    return this.#client.call('instanceExists', { request: this.#request, uuid: id }, this.#signal);
  }

  async powerState(): Promise<number> {
    const { id } = this.#deployment;
    const answer = await this.#client.call('getInfo', { request: this.#request, uuid: id }, this.#signal);
    return answer.state;
  }

  async deploy(): Promise<void> {
    await using images = await serveImage();
    const instance = firstInstance(this.#deployment);
    const common = { request: this.#request, instance, vifs: [firstVif] };
    const { management } = await this.#client.call('configDriveFacts', common, this.#signal);
    const deployment = {
      ...common,
      blockDevices: noFurtherDevices,
      image: firstImage(images.size),
      imageAccess: { endpoint: images.endpoint, token: 'none' },
      configDrivePath: null,
      managementMac: management?.mac ?? null,
    };
    await this.#client.call('spawn', deployment, this.#signal);
  }

  async start(): Promise<void> {
    const instance = firstInstance(this.#deployment);
    await this.#client.call('powerOn', { request: this.#request, instance }, this.#signal);
  }
}

/** Sees that the first instance runs, by the daemon's own interface and without Nova. */
export async function ensureInstance(deployment: Deployment, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  await using client = await connect(deployment, limit);
  await client.call(
    'initHost',
    { request: { requestId: 'req-start', userId: null, projectId: null } },
    limit,
  );
  const instance = new FirstInstance(client, deployment, limit);
  if (!(await instance.exists())) await instance.deploy();
  if ((await instance.powerState()) !== PowerState.RUNNING) await instance.start();
  while ((await instance.powerState()) !== PowerState.RUNNING) {
    await sleep(pollMs, undefined, { signal: limit });
  }
}

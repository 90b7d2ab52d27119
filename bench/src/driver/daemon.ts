import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BridgeClient } from '@openstack-powervm/bridge';
import { NovaOptions } from '@openstack-powervm/compute';
import { call } from './deployments.js';
import { partitionUuids, residentMb } from './tasks.js';

const command = join(import.meta.dirname, '../../../packages/cli/dist/main.js');
/** Those of the systemd unit. */
const unitOptions = ['--max-semi-space-size=4', '--max-old-space-size=512'] as const;
/** Times that Nova's periodic tasks have run. */
const cycles = 10;

/** Memory of `powervm compute` after some periodic cycles over all partitions, megabytes. */
export async function daemonMemory(url: string, folder: string): Promise<number> {
  const socket = join(folder, 'compute.sock');
  const daemon = fork(command, ['compute', '--socket', socket], { silent: true, execArgv: [...unitOptions] });
  try {
    const client = await connected(socket, url);
    const { request } = call();
    await client.call('initHost', { request });
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      await client.call('getAvailableResource', { request });
      for (const uuid of await partitionUuids(url)) await client.call('getInfo', { uuid, request });
    }
    return residentMb(daemon.pid ?? 0);
  } finally {
    daemon.kill();
    await once(daemon, 'exit');
  }
}

async function connected(path: string, url: string): Promise<BridgeClient> {
  const handshake = {
    protocol: 1,
    shim: { version: '0', python: '0' },
    nova: { ...NovaOptions.parse({ host: 'bench', my_ip: '127.0.0.1' }), release: '26.2.0' },
    options: {
      rest_endpoint: url,
      rest_username: 'pvmadmin',
      rest_password: 'pvmadmin-simulated',
      volume_group_name: 'datavg',
    },
  };
  for (let attempt = 1; ; attempt += 1)
    try {
      return await BridgeClient.connect({ path, handshake });
    } catch (thrown) {
      if (attempt === 100) throw thrown;
      await sleep(100);
    }
}

import type { CallOptions } from '../../flow/index.js';
import type { Connector, Machine } from './connector.js';
import type { HostedPort } from './hosted-port.js';
import { waitForDevice } from './wait-for.js';

const commandLimitMs = 30_000;

/** A port on a bridge of Open vSwitch, where the Neutron agent finds it by its external ids (section 13.3). */
export const openVSwitch: Connector = {
  attributes: (port) => ({
    deviceName: port.deviceName,
    mtu: port.mtu,
    openVSwitch: { bridge: port.bridge, externalIds: externalIdsOf(port) },
  }),

  async connect(machine, port, call) {
    const { deviceName, bridge, mtu } = port;
    const ids = [...externalIdsOf(port)].map(([key, value]) => `external_ids:${key}=${value}`);
    const settings = [...ids, ...(mtu === undefined ? [] : [`mtu_request=${mtu}`])];
    const add = ['--', '--may-exist', 'add-port', bridge, deviceName];
    await vsctl(machine, [...add, '--', 'set', 'Interface', deviceName, ...settings], call);
    await waitForDevice(machine, port, () => obstacleOf(machine, deviceName, call), call);
  },

  async disconnect(machine, deviceName, call) {
    await vsctl(machine, ['--', '--if-exists', 'del-port', deviceName], call);
  },
};

/** OVS-2. Their order is that of capture cna_feed.txt. */
function externalIdsOf({ interfaceId, mac, instanceUuid }: HostedPort): ReadonlyMap<string, string> {
  return new Map([
    ['iface-id', interfaceId],
    ['iface-status', 'active'],
    ['attached-mac', mac],
    ...(instanceUuid === undefined ? [] : [['vm-uuid', instanceUuid] as const]),
  ]);
}

/** Open vSwitch gives a port number to a device that it could open, and an error to one that it could not. */
async function obstacleOf(
  machine: Machine,
  deviceName: string,
  call: CallOptions,
): Promise<string | undefined> {
  const answer = await vsctl(machine, ['get', 'Interface', deviceName, 'ofport', 'error'], call);
  const [number = '', problem = '[]'] = answer.trim().split('\n');
  if (Number(number) > 0) return undefined;
  return problem === '[]' ? 'Open vSwitch has not opened it yet' : problem.replaceAll('"', '');
}

function vsctl({ commands, ovsdb }: Machine, args: readonly string[], call: CallOptions): Promise<string> {
  const database = ovsdb === '' ? [] : [`--db=${ovsdb}`];
  const limit = `--timeout=${commandLimitMs / 1000}`;
  // Its own limit comes first and says more.
  return commands.run('ovs-vsctl', [...database, limit, ...args], {
    ...call,
    timeoutMs: commandLimitMs + 5000,
  });
}

import { CommandError } from '../../commands.js';
import type { CallOptions } from '../../flow/index.js';
import type { Connector, Machine } from './connector.js';
import { waitForDevice } from './wait-for.js';

const commandLimitMs = 10_000;

/** A port on a bridge of NovaLink's kernel, as Neutron's Linux bridge agent serves it. */
export const linuxBridge: Connector = {
  attributes: ({ deviceName, mtu }) => ({ deviceName, mtu }),

  async connect(machine, port, call) {
    const { deviceName, bridge, mtu } = port;
    const link = (...args: string[]) => ip(machine, ['link', ...args], call);
    await waitForDevice(machine, port, () => missing(machine, deviceName, call), call);
    if ((await missing(machine, bridge, call)) !== undefined) await addBridge(machine, bridge, call);
    await link('set', 'dev', bridge, 'up');
    if (mtu !== undefined) await link('set', 'dev', deviceName, 'mtu', String(mtu));
    await link('set', 'dev', deviceName, 'master', bridge);
    await link('set', 'dev', deviceName, 'up');
  },

  // The device leaves the bridge when it goes with its trunk.
  async disconnect() {},
};

/** The agent may have made the bridge a moment ago. */
async function addBridge(machine: Machine, bridge: string, call: CallOptions): Promise<void> {
  try {
    await ip(machine, ['link', 'add', 'name', bridge, 'type', 'bridge'], call);
  } catch (thrown) {
    if ((await missing(machine, bridge, call)) !== undefined) throw thrown;
  }
}

async function missing(machine: Machine, device: string, call: CallOptions): Promise<string | undefined> {
  try {
    await ip(machine, ['link', 'show', 'dev', device], call);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof CommandError && thrown.reason.includes('does not exist')) return thrown.reason;
    throw thrown;
  }
}

function ip({ commands }: Machine, args: readonly string[], call: CallOptions): Promise<string> {
  return commands.run('ip', args, { ...call, timeoutMs: commandLimitMs });
}

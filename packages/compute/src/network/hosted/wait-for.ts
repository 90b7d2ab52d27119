import { DriverError } from '../../errors/index.js';
import type { CallOptions } from '../../flow/index.js';
import type { Machine } from './connector.js';
import type { HostedPort } from './hosted-port.js';

/** How long NovaLink's kernel may take to make the network device of a new trunk. */
const deviceLimitMs = 30_000;
const pollMs = 200;

/** Asks until there is no obstacle; `undefined` means there is none. */
export async function waitForDevice(
  { clock }: Machine,
  { portId, deviceName, bridge }: HostedPort,
  obstacle: () => Promise<string | undefined>,
  { signal }: CallOptions,
): Promise<void> {
  const started = clock.now();
  for (;;) {
    const found = await obstacle();
    if (found === undefined) return;
    if (clock.now() - started >= deviceLimitMs)
      throw new DriverError(
        'PVM_VIF_PLUG_FAILED',
        `Port ${portId}: network device ${deviceName} cannot be used on bridge ${bridge} after ` +
          `${deviceLimitMs / 1000} s: ${found}; NovaLink makes this device for the port's trunk adapter`,
        { portId, device: deviceName, bridge },
      );
    await clock.sleep(pollMs, signal);
  }
}

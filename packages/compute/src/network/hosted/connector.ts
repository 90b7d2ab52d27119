import type { Clock } from '../../clock.js';
import type { Commands } from '../../commands.js';
import type { CallOptions } from '../../flow/index.js';
import type { HostedPort } from './hosted-port.js';
import type { TrunkAttributes } from './trunk.js';

/** What a connector works with: the machine it runs on. */
export interface Machine {
  readonly commands: Commands;
  readonly clock: Clock;
  /** `ovsdb_connection`; empty for the default of ovs-vsctl. */
  readonly ovsdb: string;
}

/** One virtual switch program of NovaLink: how the device of a trunk is connected to a bridge. */
export interface Connector {
  /** What the trunk tells NovaLink about the port. */
  attributes(port: HostedPort): TrunkAttributes;
  /**
   * Connects the device, and gives a connected one its present attributes. Repeating it changes nothing.
   *
   * @throws CommandError, DriverError
   */
  connect(machine: Machine, port: HostedPort, call: CallOptions): Promise<void>;
  /** Forgets the device; one that is not connected is no error. */
  disconnect(machine: Machine, deviceName: string, call: CallOptions): Promise<void>;
}

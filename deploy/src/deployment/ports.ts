/** Default start of the port block; POWERVM_PORT_BASE moves it. */
export const defaultPortBase = 23500;

/** Number of ports that a block spans; two deployments need bases at least this far apart. */
export const portBlockSize = 25;

/** The port of each listener. All listen on 127.0.0.1 only. */
export type Ports = ReturnType<typeof portsFrom>;

/** A listener of the deployment. */
export type PortName = keyof Ports;

/** The port block that starts at `base`. */
export function portsFrom(base: number) {
  if (!Number.isInteger(base) || base < 1024 || base + portBlockSize > 65536) {
    throw new RangeError(
      `POWERVM_PORT_BASE must be a whole number from 1024 to ${65536 - portBlockSize}, not ${base}`,
    );
  }
  return {
    keystone: base,
    glance: base + 1,
    placement: base + 2,
    nova: base + 3,
    novncproxy: base + 4,
    neutron: base + 5,
    cinder: base + 6,
    powerSystem: base + 10,
    mariadb: base + 20,
    rabbitmq: base + 21,
    rabbitmqDistribution: base + 22,
    epmd: base + 23,
    memcached: base + 24,
  } as const;
}

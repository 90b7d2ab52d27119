import type { Vif } from '../../contract/index.js';
import { DriverError } from '../../errors/index.js';
import { neutronMac } from '../mac.js';

/** A port whose traffic NovaLink itself carries, as its virtual switch program needs it. */
export interface HostedPort {
  readonly portId: string;
  /** Neutron form. */
  readonly mac: string;
  /** Network device of the trunk adapter in NovaLink. At most 14 characters (OVS-2). */
  readonly deviceName: string;
  /** Open vSwitch bridge or Linux bridge. */
  readonly bridge: string;
  /** By this id the Neutron agent knows the interface (OVS-3). */
  readonly interfaceId: string;
  /** bytes; undefined where the network does not say */
  readonly mtu: number | undefined;
  readonly instanceUuid: string | undefined;
}

/** Neutron gives device names of this length, one less than Linux could take. */
const deviceNameLength = 14;

/** @throws DriverError PVM_VIF_PLUG_FAILED for a port that names no bridge */
export function hostedPortOf(vif: Vif, instanceUuid: string | null | undefined): HostedPort {
  const bridge = vif.network.bridge ?? vif.details['bridge_name'];
  if (typeof bridge !== 'string' || bridge === '')
    throw new DriverError(
      'PVM_VIF_PLUG_FAILED',
      `Port ${vif.id} (${vif.type}) names no bridge; check the agent of its network on this host`,
      { portId: vif.id },
    );
  const mtu = Number(vif.network.meta['mtu']);
  return {
    portId: vif.id,
    mac: neutronMac(vif.address),
    deviceName: deviceNameOf(vif),
    bridge,
    interfaceId: vif.ovsInterfaceId ?? vif.id,
    mtu: Number.isInteger(mtu) && mtu > 0 ? mtu : undefined,
    instanceUuid: instanceUuid ?? undefined,
  };
}

/**
 * A port with hybrid plugging would have its security group rules on a bridge of its own, which it does not get here:
 * the rules would silently not hold (OVS-6).
 *
 * @throws DriverError PVM_VIF_PLUG_FAILED
 */
export function refuseHybridPlug({ id, details }: Vif): void {
  if (details['ovs_hybrid_plug'] !== true) return;
  throw new DriverError(
    'PVM_VIF_PLUG_FAILED',
    `Port ${id} is to be plugged in the hybrid way, so its security groups would not be enforced; set firewall_driver ` +
      "= openvswitch in [securitygroup] of this host's Open vSwitch agent, and bind the port again",
    { portId: id },
  );
}

/** What Neutron named, or a name made from the port's id (OVS-2). */
export function deviceNameOf({ devname, id }: Pick<Vif, 'devname' | 'id'>): string {
  return devname ?? `nic${id}`.slice(0, deviceNameLength);
}

import type { Vif } from '../../contract/index.js';
import { DriverError } from '../../errors/index.js';

/** What a port asks of its virtual NIC. Capacities are in per cent of a physical port. */
export interface VnicRequest {
  readonly physicalNetwork: string;
  /** 0 is untagged (SRV-10). */
  readonly vlan: number;
  /** Neutron form */
  readonly mac: string;
  /** Physical ports behind the virtual NIC. */
  readonly redundancy: number;
  /** Undefined means the least a port can give. */
  readonly capacity: number | undefined;
  readonly maxCapacity: number | undefined;
  /** MAC addresses besides its own that the guest may use. */
  readonly allowedMacs: readonly string[] | 'any';
}

/** Reads the binding's details (SRV-1, SRV-3, SRV-5, SRV-11); refuses what no system could give. */
export function vnicRequestOf(vif: Vif): VnicRequest {
  const { details } = vif;
  const capacity = percentage(vif, 'capacity');
  const maxCapacity = percentage(vif, 'maxcapacity');
  if (maxCapacity !== undefined && maxCapacity < (capacity ?? 0))
    throw refused(vif, `maxcapacity ${details['maxcapacity']} is below capacity ${details['capacity']}`);
  return {
    physicalNetwork: physicalNetworkOf(vif),
    vlan: vlanOf(vif),
    mac: vif.address,
    redundancy: redundancyOf(vif),
    capacity,
    maxCapacity,
    allowedMacs: allowedMacsOf(vif),
  };
}

function physicalNetworkOf(vif: Vif): string {
  const name = vif.network.meta['physical_network'] ?? vif.details['physical_network'];
  if (typeof name === 'string' && name !== '') return name;
  throw refused(vif, 'its binding names no physical network; bind it again with mechanism driver pvm_sriov');
}

/** No VLAN is a flat network (SRV-10). VLAN 1 cannot be a port VLAN of a logical port (protocol reference 3.10). */
function vlanOf(vif: Vif): number {
  const given = vif.network.meta['vlan'] ?? vif.details['vlan'] ?? 0;
  const vlan = Number(given);
  if (Number.isInteger(vlan) && (vlan === 0 || (vlan >= 2 && vlan <= 4094))) return vlan;
  throw refused(
    vif,
    `VLAN ${JSON.stringify(given)} is neither from 2 to 4094 nor absent, as on flat networks`,
  );
}

function redundancyOf(vif: Vif): number {
  const given = vif.details['redundancy'] ?? 1;
  const redundancy = Number(given);
  if (Number.isInteger(redundancy) && redundancy >= 1) return redundancy;
  throw refused(vif, `redundancy ${JSON.stringify(given)} is not a number of physical ports`);
}

/** Neutron has a fraction from 0 to 1, the platform a percentage. */
function percentage(vif: Vif, key: 'capacity' | 'maxcapacity'): number | undefined {
  const given = vif.details[key];
  if (given === undefined || given === null) return undefined;
  const fraction = Number(given);
  if (fraction > 0 && fraction <= 1) return Math.round(fraction * 10_000) / 100;
  throw refused(vif, `${key} ${JSON.stringify(given)} is not a fraction above 0 and up to 1`);
}

/** Without port security the guest may use any address; allowed address pairs add some. */
function allowedMacsOf(vif: Vif): VnicRequest['allowedMacs'] {
  if (vif.details['port_security'] === false) return 'any';
  const pairs = vif.details['allowed_macs'];
  const macs = Array.isArray(pairs) ? pairs.map(String) : [];
  return [...new Set(macs)].filter((mac) => mac.toLowerCase() !== vif.address.toLowerCase());
}

function refused(vif: Vif, problem: string): DriverError {
  return new DriverError('PVM_VIF_PLUG_FAILED', `Port ${vif.id} cannot get a virtual NIC: ${problem}`, {
    portId: vif.id,
  });
}

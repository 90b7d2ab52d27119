import { activeDevice, type Vnic } from '../world/vnic.js';

export interface VnicSnapshot {
  readonly uuid: string;
  readonly slot: number;
  readonly mac: string;
  /** 0: untagged */
  readonly portVlan: number;
  readonly allowedVlans: string;
  readonly allowedMacs: string;
  /** Logical ports behind it; capacities in per cent of their physical port. */
  readonly devices: readonly {
    readonly vios: string;
    readonly adapterId: number;
    readonly portId: number;
    readonly capacity: number;
    readonly maxCapacity: number;
    readonly priority: number;
    readonly active: boolean;
  }[];
}

export function vnicSnapshot(vnic: Vnic): VnicSnapshot {
  const { uuid, slot, mac, portVlan, allowedVlans, allowedMacs } = vnic;
  const devices = vnic.devices.map((device) => ({
    vios: device.vios.name,
    adapterId: device.logicalPort.port.adapter.id,
    portId: device.logicalPort.port.id,
    capacity: device.logicalPort.capacity,
    maxCapacity: device.logicalPort.maxCapacity,
    priority: device.priority,
    active: activeDevice(vnic) === device,
  }));
  return { uuid, slot, mac, portVlan, allowedVlans, allowedMacs, devices };
}

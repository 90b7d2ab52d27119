import type { SriovAdapterFacts } from './sriov-facts.js';

/** One entry of Nova's `pci_passthrough_devices`; property names are Nova's. */
interface PseudoDevice {
  readonly address: string;
  readonly parent_addr: string;
  readonly vendor_id: string;
  readonly product_id: string;
  readonly label: string;
  readonly dev_type: string;
  readonly physical_network: string;
  readonly numa_node: number;
}

/** Nova reads the last part of an address as slot (up to 1f) and function (0 to 7): 256 numbers per bus (RES-9). */
const numbersPerAdapter = 256;

/**
 * One pseudo device per logical port an SR-IOV port could have. They are not real: a claim consumes one, and the
 * logical port itself is made at plug (RES-8). The address only has to be unique, in range and the same at each
 * report: the bus is the adapter, slot and function count the devices of its ports (RES-9, RES-10).
 */
export function pseudoPciDevices(adapters: readonly SriovAdapterFacts[]): readonly PseudoDevice[] {
  return adapters.flatMap(({ adapterId, ports }) =>
    ports
      .toSorted((a, b) => a.portId - b.portId)
      .flatMap(({ label, maximumLogicalPorts }) =>
        Array<string>(maximumLogicalPorts).fill(label || 'default'),
      )
      .slice(0, numbersPerAdapter)
      .map((label, number) => pseudoDevice(adapterId, number, label)),
  );
}

function pseudoDevice(adapterId: number, number: number, label: string): PseudoDevice {
  const bus = hex(adapterId & 0xff);
  return {
    address: `*:${bus}:${hex(number >> 3)}.${number & 7}`,
    parent_addr: '*:*:*.*',
    vendor_id: '*',
    product_id: '*',
    label,
    dev_type: 'type-VF',
    physical_network: label,
    numa_node: 1,
  };
}

function hex(value: number): string {
  return value.toString(16).padStart(2, '0');
}

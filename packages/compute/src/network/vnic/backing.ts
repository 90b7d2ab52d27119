import type { SriovAdapterFacts, SriovPortFacts } from '../../host/sriov-facts.js';
import type { SystemFacts } from '../../host/system-facts.js';
import type { ViosFacts } from '../../host/vios-facts.js';
import type { VnicRequest } from './vnic-request.js';

/** A logical port to be made on a physical port for a VIOS, behind a virtual NIC. */
export interface BackingDevice {
  readonly viosId: string;
  readonly adapterId: number;
  readonly portId: number;
  /** 1 to 100, the lower is preferred; undefined where there is no failover. */
  readonly priority: number | undefined;
}

/** What the choice depends on. */
export interface BackingSupply {
  readonly system: Pick<SystemFacts, 'name' | 'capabilities' | 'sriovAdapters'>;
  /** Those that are active. */
  readonly vioses: readonly ViosFacts[];
  /** 0 to below 1, as Math.random. */
  readonly random: () => number;
}

/** Thrown text is the second half of a sentence about the port. */
export class NoBacking extends Error {
  override readonly name = 'NoBacking';
}

/** The platform's default (protocol reference 3.11); devices chosen later are preferred less. */
const firstPriority = 50;

interface Candidate extends SriovPortFacts {
  readonly adapterId: number;
}

/**
 * Chooses physical ports and VIOSes for a virtual NIC (SRV-2, SRV-4, protocol reference 8.12): ports of the physical
 * network that have link and room, each used once, spread over adapters first and then over what is free; VIOSes in
 * turn, from a random one on.
 *
 * @throws NoBacking when the system cannot give what is asked for (SRV-6)
 */
export function chooseBacking(request: VnicRequest, supply: BackingSupply): BackingDevice[] {
  const vioses = shuffled(capableVioses(request, supply), supply.random);
  const failover =
    supply.system.capabilities.vnicFailover && vioses.every((vios) => vios.vnicFailoverCapable);
  const ports = choosePorts(request, usablePorts(request, supply.system));
  return ports.map(({ adapterId, portId }, index) => ({
    viosId: vioses[index % vioses.length]?.id ?? '',
    adapterId,
    portId,
    priority: failover ? firstPriority + index : undefined,
  }));
}

/** One that can fail over is preferred to one that cannot, whatever the redundancy (SRV-4). */
function capableVioses({ redundancy }: VnicRequest, { system, vioses }: BackingSupply): readonly ViosFacts[] {
  const { vnic, vnicFailover } = system.capabilities;
  if (!vnic) throw new NoBacking(`${system.name} cannot have virtual NICs`);
  const capable = vioses.filter((vios) => vios.vnicCapable);
  if (capable.length === 0)
    throw new NoBacking(`no active Virtual I/O Server of ${system.name} can back virtual NICs`);
  const withFailover = capable.filter((vios) => vios.vnicFailoverCapable);
  if (redundancy === 1) return withFailover.length > 0 ? withFailover : capable;
  if (!vnicFailover)
    throw new NoBacking(`redundancy ${redundancy} needs virtual NIC failover, which ${system.name} lacks`);
  if (withFailover.length === 0)
    throw new NoBacking(
      `redundancy ${redundancy} needs virtual NIC failover, which no active Virtual I/O Server of ${system.name} has`,
    );
  return withFailover;
}

/** Location codes in the binding are not trusted: after a rebuild they are those of another host (SRV-2). */
function usablePorts(
  request: VnicRequest,
  { name, sriovAdapters }: BackingSupply['system'],
): readonly Candidate[] {
  const { physicalNetwork, redundancy } = request;
  const labelled = sriovAdapters.filter(({ running }) => running).flatMap(portsOf(physicalNetwork));
  if (labelled.length === 0)
    throw new NoBacking(
      `no SR-IOV port of ${name} has the label ${physicalNetwork}; label ports with the name of their physical network`,
    );
  checkGranularity(request, labelled);
  const usable = labelled.filter((port) => whyUnusable(request, port) === undefined);
  if (usable.length >= redundancy) return usable;
  const reasons = labelled.map((port) => `${port.location} ${whyUnusable(request, port) ?? 'is usable'}`);
  throw new NoBacking(
    `it needs ${redundancy} SR-IOV ports labelled ${physicalNetwork}, and ${name} has ${usable.length} with link and ` +
      `room: ${reasons.join('; ')}`,
  );
}

function portsOf(physicalNetwork: string): (adapter: SriovAdapterFacts) => Candidate[] {
  return ({ adapterId, ports }) =>
    ports
      .filter(({ label }) => (label || 'default') === physicalNetwork)
      .map((port) => ({ ...port, adapterId }));
}

/** SRV-5. */
function checkGranularity({ capacity }: VnicRequest, ports: readonly Candidate[]): void {
  if (capacity === undefined) return;
  for (const { granularity, location } of ports) {
    const steps = capacity / granularity;
    if (Math.abs(steps - Math.round(steps)) > 1e-6)
      throw new NoBacking(
        `capacity ${capacity / 100} is not a multiple of ${granularity / 100}, the granularity of SR-IOV port ${location}`,
      );
  }
}

function whyUnusable({ capacity }: VnicRequest, port: Candidate): string | undefined {
  if (!port.linkUp) return 'has no link';
  if (port.logicalPorts >= port.configuredLogicalPorts)
    return `has all of its ${port.configuredLogicalPorts} logical ports`;
  const wanted = Math.max(port.granularity, capacity ?? 0);
  const free = 100 - port.allocatedCapacity;
  return wanted > free + 1e-6 ? `has ${free / 100} of its capacity left` : undefined;
}

function choosePorts({ redundancy }: VnicRequest, usable: readonly Candidate[]): readonly Candidate[] {
  const chosen: Candidate[] = [];
  while (chosen.length < redundancy) {
    const used = (adapterId: number) => chosen.filter((port) => port.adapterId === adapterId).length;
    const [best] = usable
      .filter((port) => !chosen.includes(port))
      .toSorted((a, b) => used(a.adapterId) - used(b.adapterId) || a.allocatedCapacity - b.allocatedCapacity);
    if (!best) break;
    chosen.push(best);
  }
  return chosen;
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

import { type EntityOf, ManagedSystem, physicalPortsOf, type Session } from '@openstack-powervm/rest';

/** Physical network → location codes of the SR-IOV ports that lead to it (SRA-1). */
export type PortMapping = Readonly<Record<string, readonly string[]>>;

/** The SR-IOV ports of a system, by physical network. The system is read again only when it has changed. */
export class PhysicalPorts {
  readonly #session: Session;
  #system: EntityOf<typeof ManagedSystem.fields>;
  #mapping: PortMapping;

  private constructor(session: Session, system: EntityOf<typeof ManagedSystem.fields>) {
    this.#session = session;
    this.#system = system;
    this.#mapping = mappingOf(system.value);
  }

  static async read(session: Session, system: string, signal: AbortSignal): Promise<PhysicalPorts> {
    return new PhysicalPorts(session, await session.get(ManagedSystem, system, { signal }));
  }

  get mapping(): PortMapping {
    return this.#mapping;
  }

  /** True when ports or labels are others than before. */
  async refresh(signal: AbortSignal): Promise<boolean> {
    this.#system = await this.#session.refresh(this.#system, { signal });
    const before = JSON.stringify(this.#mapping);
    this.#mapping = mappingOf(this.#system.value);
    return JSON.stringify(this.#mapping) !== before;
  }
}

/** The label of a port is the name of its physical network; without a label it is `default`. */
function mappingOf(system: ManagedSystem): PortMapping {
  const choices = system.associatedSystemIOConfiguration?.sriovAdapters.toArray() ?? [];
  const ports = choices.flatMap(({ sriovAdapter }) =>
    sriovAdapter?.sriovAdapterID === undefined ? [] : physicalPortsOf(sriovAdapter),
  );
  const mapping: Record<string, string[]> = {};
  for (const { label, locationCode } of ports) {
    if (locationCode === undefined) continue;
    const network = label || 'default';
    mapping[network] = [...(mapping[network] ?? []), locationCode].toSorted();
  }
  return Object.fromEntries(Object.entries(mapping).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

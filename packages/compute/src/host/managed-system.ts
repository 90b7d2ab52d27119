import {
  type Entity,
  type Lens,
  ManagedSystem,
  type Session,
  SharedProcessorPool,
} from '@openstack-powervm/rest';
import { DriverError } from '../errors/index.js';
import type { CallOptions } from '../flow/index.js';
import { sriovAdaptersOf } from './sriov-facts.js';
import type { ProcessorPool, SystemFacts } from './system-facts.js';

type SystemEntity = Entity<typeof ManagedSystem>;

/** The one system behind a session. It is read again only when it has changed (If-None-Match). */
export class ManagedSystemReader {
  readonly #session: Session;
  #entity: SystemEntity;

  private constructor(session: Session, entity: SystemEntity) {
    this.#session = session;
    this.#entity = entity;
  }

  /** Reads the system; there must be exactly one (INIT-3). */
  static async find(session: Session, call: CallOptions): Promise<ManagedSystemReader> {
    const [entity, ...others] = await session.list(ManagedSystem, call);
    if (entity && others.length === 0) return new ManagedSystemReader(session, entity);
    const count = entity ? others.length + 1 : 0;
    throw new DriverError(
      'PVM_SYSTEM_AMBIGUOUS',
      `${session.endpoint} manages ${count} systems, but a compute host is exactly one; ` +
        'set [powervm] rest_endpoint to the NovaLink of this host',
      { count },
    );
  }

  get id(): string {
    return this.#entity.id;
  }

  /** What was read last (PLC-3). */
  get lastFacts(): SystemFacts {
    return factsOf(this.#entity);
  }

  /** Facts as they are now (RES-1). */
  async facts(call: CallOptions): Promise<SystemFacts> {
    this.#entity = await this.#session.refresh(this.#entity, call);
    return factsOf(this.#entity);
  }

  /** The shared processor pools; read only for flavors that name one. */
  async processorPools(call: CallOptions): Promise<readonly ProcessorPool[]> {
    const parent = { type: ManagedSystem, id: this.id };
    const pools = await this.#session.list(SharedProcessorPool, { ...call, parent });
    return pools.map(({ value }) => ({ id: value.poolID ?? 0, name: value.poolName ?? '' }));
  }
}

/** The plain facts of a system document; what is absent counts as not there (protocol reference 3.2). */
export function factsOf({ id, value }: SystemEntity): SystemFacts {
  const memory = value.associatedSystemMemoryConfiguration;
  const processors = value.associatedSystemProcessorConfiguration;
  return {
    uuid: id,
    name: value.systemName ?? id,
    memoryRegionSize: memory?.memoryRegionSize ?? 1,
    configurableMemory: memory?.configurableSystemMemory ?? 0,
    availableMemory: memory?.currentAvailableSystemMemory ?? 0,
    configurableProcessorUnits: processors?.configurableSystemProcessorUnits ?? 0,
    availableProcessorUnits: processors?.currentAvailableSystemProcessorUnits ?? 0,
    minimumUnitsPerProcessor: processors?.minimumProcessorUnitsPerVirtualProcessor,
    compatibilityModes: [...(processors?.supportedPartitionProcessorCompatibilityModes ?? [])],
    capabilities: capabilitiesOf(value),
    softwareTiers: [...value.ibmiVirtualSoftwareTiers].flatMap(({ tierName }) => tierName ?? []),
    sriovAdapters: sriovAdaptersOf(value),
  };
}

function capabilitiesOf(system: Lens<typeof ManagedSystem>): SystemFacts['capabilities'] {
  const has = system.associatedSystemCapabilities;
  const migration = system.systemMigrationInformation;
  return {
    simplifiedRemoteRestart: has?.powerVMLogicalPartitionSimplifiedRemoteRestartCapable ?? false,
    physicalPageTableRatio: has?.customPhysicalPageTableRatioCapable ?? false,
    affinityCheck: migration?.logicalPartitionAffinityCheckCapable ?? false,
    secureBoot: has?.partitionSecureBootCapable ?? false,
    ibmiRestrictedIo: has?.ibmiRestrictedIOModeCapable ?? false,
    ibmiMobility: has?.ibmiLogicalPartitionMobilityCapable ?? false,
    vnic: has?.virtualNICDedicatedSRIOVCapable ?? false,
    vnicFailover: has?.virtualNICFailOverCapable ?? false,
    activeMemoryExpansion: has?.activeMemoryExpansionCapable ?? false,
    virtualSerialNumber: has?.virtualSerialNumberCapable ?? false,
    lparPlacement: has?.lparPlacementCapable ?? false,
    ibmiSoftwareTier: has?.ibmiVirtualSoftwareTierCapable ?? false,
    kvm: has?.kvmCapable ?? false,
    minimumAffinityScore: has?.minimumAffinityScoreCapable ?? false,
  };
}

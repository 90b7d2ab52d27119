import type { SriovAdapterFacts } from './sriov-facts.js';

/** Facts of a managed system that planning and reporting need, in plain form. Memory in MB. */
export interface SystemFacts {
  readonly uuid: string;
  readonly name: string;
  /** Granularity of partition memory. */
  readonly memoryRegionSize: number;
  readonly configurableMemory: number;
  readonly availableMemory: number;
  readonly configurableProcessorUnits: number;
  readonly availableProcessorUnits: number;
  /** Least units per virtual processor the firmware accepts; undefined when it does not say. */
  readonly minimumUnitsPerProcessor: number | undefined;
  /** Empty when the system does not say; then a mode cannot be checked (protocol reference 3.2). */
  readonly compatibilityModes: readonly string[];
  readonly capabilities: {
    readonly simplifiedRemoteRestart: boolean;
    readonly physicalPageTableRatio: boolean;
    readonly affinityCheck: boolean;
    readonly secureBoot: boolean;
    readonly ibmiRestrictedIo: boolean;
    readonly ibmiMobility: boolean;
    /** SR-IOV logical ports can back virtual NICs. */
    readonly vnic: boolean;
    /** A virtual NIC can have several backing devices. */
    readonly vnicFailover: boolean;
    readonly activeMemoryExpansion: boolean;
    readonly virtualSerialNumber: boolean;
    readonly lparPlacement: boolean;
    readonly ibmiSoftwareTier: boolean;
    readonly kvm: boolean;
    readonly minimumAffinityScore: boolean;
  };
  /** IBM i software tiers; empty when the system does not list them. */
  readonly softwareTiers: readonly string[];
  readonly sriovAdapters: readonly SriovAdapterFacts[];
}

/** A shared processor pool. Pool 0 is the default pool. */
export interface ProcessorPool {
  readonly id: number;
  readonly name: string;
}

import type { SriovAdapterFacts, SriovPortFacts } from '../host/sriov-facts.js';
import type { SystemFacts } from '../host/system-facts.js';

const everyCapability = (has: boolean): SystemFacts['capabilities'] => ({
  simplifiedRemoteRestart: has,
  physicalPageTableRatio: has,
  affinityCheck: has,
  secureBoot: has,
  ibmiRestrictedIo: has,
  ibmiMobility: has,
  vnic: has,
  vnicFailover: has,
  activeMemoryExpansion: has,
  virtualSerialNumber: has,
  lparPlacement: has,
  ibmiSoftwareTier: has,
  kvm: has,
  minimumAffinityScore: has,
});

type Parts = Partial<Omit<SystemFacts, 'capabilities'>> & { capabilities?: undefined };

/** A managed system as planning sees it; `capabilities: undefined` means it has none of them. */
export function exampleSystem(parts: Parts = {}): SystemFacts {
  return {
    uuid: 'ms',
    name: 'sim1',
    memoryRegionSize: 256,
    configurableMemory: 524288,
    availableMemory: 100000,
    configurableProcessorUnits: 64,
    availableProcessorUnits: 10,
    minimumUnitsPerProcessor: 0.05,
    compatibilityModes: ['default', 'POWER6_Plus', 'POWER9'],
    softwareTiers: ['P05', 'P10'],
    sriovAdapters: [],
    ...parts,
    capabilities: everyCapability(!('capabilities' in parts)),
  };
}

/** An SR-IOV adapter as capture sys_with_sriov.txt shows it: 20 logical ports for each port, in steps of 2 %. */
export function exampleSriovAdapter(
  adapterId: number,
  ports: readonly Partial<SriovPortFacts>[],
): SriovAdapterFacts {
  return {
    adapterId,
    running: true,
    ports: ports.map((parts, portId) => ({
      portId,
      location: `U78C7.001.WZS0AA1-P1-C${adapterId}-T${portId + 1}`,
      label: '',
      linkUp: true,
      logicalPorts: 0,
      configuredLogicalPorts: 20,
      maximumLogicalPorts: 20,
      allocatedCapacity: 0,
      granularity: 2,
      ...parts,
    })),
  };
}

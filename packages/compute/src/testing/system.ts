import type { SystemFacts } from '../host/system-facts.js';

const everyCapability = (has: boolean): SystemFacts['capabilities'] => ({
  simplifiedRemoteRestart: has,
  physicalPageTableRatio: has,
  affinityCheck: has,
  secureBoot: has,
  ibmiRestrictedIo: has,
  ibmiMobility: has,
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
    sriovAdapters: [],
    ...parts,
    capabilities: everyCapability(!('capabilities' in parts)),
  };
}

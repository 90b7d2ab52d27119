import { defaultSystem } from './default-site.js';
import { parseSite } from './parse-site.js';
import type { Site, SiteInput } from './site.js';

/**
 * Two NovaLink-managed systems whose VIOSes share one storage pool of two tiers, and reach one array over two
 * fabrics and one iSCSI target; two SR-IOV adapters in shared mode and a Shared Ethernet Adapter that shares load each.
 */
export function twoHostSite(changes: Partial<SiteInput> = {}): Site {
  const names = ['sim1', 'sim2'];
  return parseSite({
    systems: names.map(twoHostSystem),
    clusters: [
      {
        name: 'cluster1',
        pool: 'pool1',
        nodes: names.map((system) => ({ system, vioses: ['vios1', 'vios2'] })),
        tiers: [
          { name: 'SYSTEM', default: true, disksGb: [512, 512] },
          { name: 'archive', disksGb: [2048] },
        ],
      },
    ],
    storageArrays: [
      {
        name: 'array1',
        ports: [{ fabric: 'A' }, { fabric: 'B' }],
        luns: [
          { id: 1, sizeGb: 20 },
          { id: 2, sizeGb: 40, initiators: [] },
        ],
      },
    ],
    iscsiTargets: [
      { iqn: 'iqn.2026-11.example:disks', portal: '192.168.30.1:3260', luns: [{ id: 0, sizeGb: 10 }] },
    ],
    ...changes,
  });
}

const dataPorts = { ports: [{ label: 'data' }, { label: 'data' }] };

/** Adapters in shared mode whose ports all lead to the physical network `data`. */
export const twoSriovAdapters = [dataPorts, dataPorts];

/** A default system with processor pools, load sharing, two SR-IOV adapters, and Fibre Channel ports on two fabrics. */
export function twoHostSystem(name: string): SiteInput['systems'][number] {
  const system = defaultSystem(name);
  const fibreChannel = [{ fabric: 'A' }, { fabric: 'B' }, { fabric: 'B', virtualPorts: 0 }];
  const vioses = system.vioses.map((vios) => ({ ...vios, fibreChannel }));
  const processorPools = [
    { name: 'production', maximumUnits: 16 },
    { name: 'test', maximumUnits: 8 },
  ];
  const bridges = system.bridges?.map((bridge) => ({ ...bridge, vlans: [10], loadSharing: true }));
  const persistentMemory = { devices: [{ sizeMb: 16_384, volumes: [{ name: 'nvdimm1', sizeMb: 4096 }] }] };
  return {
    ...system,
    sriovAdapters: twoSriovAdapters,
    vioses,
    processorPools,
    persistentMemory,
    ...(bridges && { bridges }),
  };
}

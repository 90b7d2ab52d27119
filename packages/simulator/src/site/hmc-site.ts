import { parseSite } from './parse-site.js';
import type { Site } from './site.js';
import { twoHostSystem } from './two-host-site.js';

/** Two systems behind one HMC, without NovaLink partitions, on one array over two fabrics. */
export function hmcSite(): Site {
  return parseSite({
    console: 'HMC',
    systems: ['sim1', 'sim2'].map((name) => {
      const { novalink: _, ...system } = twoHostSystem(name);
      return system;
    }),
    enterprisePools: [
      {
        id: '0328',
        name: 'mobile',
        processors: 20,
        memoryGb: 128,
        members: [
          { system: 'sim1', inactiveProcessors: 16, inactiveMemoryGb: 64, mobileProcessors: 4 },
          { system: 'sim2', inactiveProcessors: 16, inactiveMemoryGb: 64 },
          {
            system: 'distant',
            elsewhere: {
              machineType: '8246',
              model: 'L2D',
              serial: '100854A',
              processors: 16,
              memoryGb: 256,
            },
            inactiveProcessors: 6,
          },
        ],
      },
    ],
    storageArrays: [
      { name: 'array1', ports: [{ fabric: 'A' }, { fabric: 'B' }], luns: [{ id: 1, sizeGb: 20 }] },
    ],
  });
}

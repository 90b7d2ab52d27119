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
    storageArrays: [
      { name: 'array1', ports: [{ fabric: 'A' }, { fabric: 'B' }], luns: [{ id: 1, sizeGb: 20 }] },
    ],
  });
}

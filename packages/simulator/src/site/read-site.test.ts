import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultSystem } from './default-site.js';
import { siteJsonSchema } from './json-schema.js';
import { SiteError } from './problem.js';
import { readSite } from './read-site.js';

const good = `
# One small system.
systems:
  - name: sim1
    processorUnits: 16
    memoryMb: 65536
    vioses:
      - &vios
        name: vios1
        memoryMb: 4096
        processors: { virtual: 1, units: 0.5 }
        volumeGroups:
          - name: rootvg
            disks: [{ name: hdisk0, sizeGb: 100 }]
      - { <<: *vios, name: vios2 }
    switches: [{ name: ETHERNET0 }]
    processorPools: [{ name: gold, maximumUnits: 4 }]
latency: { profile: none, requests: { write: 5 } }
faults:
  - { route: LogicalPartition.create, count: 1, effect: { kind: vios-busy } }
`;

function mistakes(text: string, name = 'site.yaml'): string[] {
  try {
    readSite(text, name);
  } catch (error) {
    assert.ok(error instanceof SiteError);
    return error.problems.map(({ place, problem }) => `${place}: ${problem}`);
  }
  return [];
}

test('a site file is YAML with comments, anchors and merges', () => {
  const site = readSite(good, 'site.yaml');
  assert.deepEqual(
    site.systems[0]?.vioses.map(({ name, memoryMb }) => [name, memoryMb]),
    [
      ['vios1', 4096],
      ['vios2', 4096],
    ],
  );
  assert.deepEqual(site.latency.requests, { write: 5 });
  assert.equal(site.faults.length, 1);
});

test('a site file may be JSON, indented with tabs too', () => {
  const text = JSON.stringify({ systems: [defaultSystem('sim1')] }, undefined, '\t');
  assert.equal(readSite(text, 'site.json').systems[0]?.name, 'sim1');
});

test('every mistake is told at once with file, line and column, in the order of the file', () => {
  const text = good
    .replace('memoryMb: 65536', 'memoryMb: much')
    .replace(
      '[{ name: ETHERNET0 }]',
      '[{ name: ETHERNET0, colour: blue }]\n    bridges: [{ switch: NOWHERE, device: ent5, vioses: [vios9] }]',
    );
  assert.deepEqual(mistakes(text), [
    'site.yaml:6:15 systems.0.memoryMb: Invalid input: expected number, received string',
    'site.yaml:16:43 systems.0.switches.0.colour: Unrecognized key: "colour"',
    'site.yaml:17:25 systems.0.bridges.0.switch: no switch NOWHERE in this system',
    'site.yaml:17:57 systems.0.bridges.0.vioses.0: no VIOS vios9 in this system',
  ]);
});

test('a missing value is told at what lacks it', () => {
  assert.deepEqual(mistakes('console: HMC\n'), [
    'site.yaml:1:1 systems: Invalid input: expected array, received undefined',
  ]);
});

test('a fault rule that could never act is a mistake of the site', () => {
  const text = good.replace('route: LogicalPartition.create', 'route: LogicalPartition.crate');
  assert.deepEqual(mistakes(text), [
    'site.yaml:20:14 faults.0.route: there is no route LogicalPartition.crate',
  ]);
  assert.match(
    mistakes(good.replace('kind: vios-busy', 'kind: vios-bored'))[0] ?? '',
    /site\.yaml:20:\d+ faults\.0\.effect/,
  );
});

test('a system too small for its partitions is a mistake of the site', () => {
  assert.match(mistakes(good.replace('memoryMb: 65536', 'memoryMb: 4096'))[0] ?? '', /sim1 has 4096 MB, its/);
});

test('a file that is no YAML is told with the place', () => {
  const [first = ''] = mistakes('systems:\n  - name: [sim1\nconsole: HMC\n');
  assert.match(first, /^site\.yaml:\d+:\d+: /);
});

test('site.schema.json is what the declaration says: node packages/simulator/dist/site/generate.js', () => {
  const published = readFileSync(join(import.meta.dirname, '../../site.schema.json'), 'utf8');
  assert.deepEqual(JSON.parse(published), JSON.parse(JSON.stringify(siteJsonSchema())));
});

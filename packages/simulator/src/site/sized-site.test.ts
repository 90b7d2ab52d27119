import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSimulator } from '../simulator.js';
import { namedSites } from './named-sites.js';
import { SiteError } from './problem.js';
import { sizedSite } from './sized-site.js';

test('a site grows by copies of its last system, which join its cluster', async () => {
  const site = sizedSite(namedSites['two-hosts'](), { hosts: 4, partitions: 3 });
  await using simulator = await startSimulator({ site });
  const { systems } = simulator.inspect();
  assert.deepEqual(
    systems.map(({ name }) => name),
    ['sim1', 'sim2', 'sim3', 'sim4'],
  );
  assert.equal(simulator.consoles.length, 4);
  assert.deepEqual(
    site.clusters[0]?.nodes.map(({ system }) => system),
    ['sim1', 'sim2', 'sim3', 'sim4'],
  );
  for (const { partitions, vioses } of systems) {
    assert.equal(partitions.filter(({ name }) => name.startsWith('lpar')).length, 3);
    assert.equal(vioses.flatMap(({ mappings }) => mappings).length, 6);
  }
});

test('a site shrinks, its cluster with it', () => {
  const site = sizedSite(namedSites['two-hosts'](), { hosts: 1 });
  assert.deepEqual(
    site.clusters.map(({ nodes }) => nodes.map(({ system }) => system)),
    [['sim1']],
  );
});

test('a thousand partitions fit on every named site', () => {
  for (const make of Object.values(namedSites)) {
    const [system] = sizedSite(make(), { partitions: 1000 }).systems;
    assert.deepEqual(system?.partitions, { count: 1000, mappings: 2000 });
  }
});

test('sizes that are too large are refused together', () => {
  assert.throws(
    () => sizedSite(namedSites['one-host'](), { hosts: 0, partitions: 1001 }),
    (error) => error instanceof SiteError && error.problems.length === 2,
  );
});

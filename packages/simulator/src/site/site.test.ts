import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api } from '../testing/api.js';
import { defaultSite, defaultSystem } from './default-site.js';
import { parseSite } from './parse-site.js';
import { SiteError } from './problem.js';

function problemsOf(site: unknown): string[] {
  try {
    parseSite(site);
  } catch (error) {
    assert.ok(error instanceof SiteError);
    return error.problems.map(({ place, problem }) => `${place}: ${problem}`);
  }
  return [];
}

test('a site with mistakes is refused with all of them, each with its place', () => {
  const system = defaultSystem('sim1');
  const problems = problemsOf({
    systems: [
      { ...system, memoryMb: -1, colour: 'blue' },
      { ...system, bridges: [{ switch: 'NOWHERE', device: 'eth0', vioses: ['vios9'] }] },
    ],
  });
  for (const place of [/^systems\.0\.memoryMb/, /^systems\.0.*colour/, /^systems\.1\.bridges\.0\.device/]) {
    assert.ok(
      problems.some((problem) => place.test(problem)),
      `${place} in ${problems.join('\n')}`,
    );
  }
});

test('a bridge that shares load has VLANs for a second load group', () => {
  const bridges = [{ switch: 'ETHERNET0', device: 'ent5', vioses: ['vios1', 'vios2'], loadSharing: true }];
  assert.deepEqual(problemsOf({ systems: [{ ...defaultSystem('sim1'), bridges }] }), [
    'systems.0.bridges.0.vlans: sharing load takes VLANs for a second load group',
  ]);
});

test('references in a site must lead somewhere, and names are unique', () => {
  const system = defaultSystem('sim1');
  const bridges = [{ switch: 'NOWHERE', device: 'ent5', vioses: ['vios9'] }];
  const problems = problemsOf({ systems: [{ ...system, bridges }, system] });
  assert.deepEqual(problems.sort(), [
    'systems.0.bridges.0.switch: no switch NOWHERE in this system',
    'systems.0.bridges.0.vioses.0: no VIOS vios9 in this system',
    'systems.1.name: second system sim1',
  ]);
});

test('two systems are two consoles that do not meet', async (t) => {
  const api = await Api.start(t, { site: parseSite({ systems: [defaultSystem('a'), defaultSystem('b')] }) });
  const [first, second] = api.simulator.consoles;
  assert.ok(first !== undefined && second !== undefined && first.url !== second.url);
  assert.equal(first.url, api.simulator.url);
  const answer = await fetch(`${second.url}/rest/api/uom/ManagedSystem`, {
    headers: { 'X-API-Session': api.token },
  });
  assert.equal(answer.status, 401);
});

test('a site may come with partitions and mappings', async (t) => {
  const site = defaultSite({ memoryMb: 1024 * 1024, partitions: { count: 20, mappings: 50 } });
  const api = await Api.start(t, { site });
  const system = api.simulator.inspect().systems[0];
  assert.equal(system?.partitions.filter((partition) => partition.name.startsWith('lpar')).length, 20);
  const mappings = system?.vioses.flatMap((vios) => vios.mappings) ?? [];
  assert.equal(mappings.length, 50);
  assert.equal(new Set(mappings.map((mapping) => mapping.client)).size, 20);
});

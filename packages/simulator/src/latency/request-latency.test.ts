import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteStore } from '../bytes/byte-store.js';
import { defaultSite } from '../site/default-site.js';
import { requestCosts } from '../site/latency.js';
import { timingProfiles } from '../site/timing.js';
import { buildWorld } from '../world/build.js';
import { latencyOf } from './request-latency.js';

const site = defaultSite({ memoryMb: 1024 * 1024, partitions: { count: 40, mappings: 80 } });
const world = buildWorld(site, {
  seed: 1,
  timing: timingProfiles.none,
  costs: requestCosts.none,
  bytes: new ByteStore('/nowhere'),
});

function cost(profile: keyof typeof requestCosts, method: string, path: string, group = 'None'): number {
  const query = new URLSearchParams({ group });
  return latencyOf(requestCosts[profile], world.systems, { method, path: `/rest/api/${path}`, query });
}

test('the profile none costs nothing', () => {
  assert.equal(cost('none', 'GET', 'uom/VirtualIOServer', 'All'), 0);
});

test('costs grow with what is read', () => {
  const vios = [...(world.systems[0]?.vioses ?? [])][0];
  const novalink = (path: string, group?: string) => cost('assumed-novalink', 'GET', path, group);
  const one = `uom/VirtualIOServer/${vios?.uuid}`;
  const growing = [
    novalink(`${one}/quick/PartitionState`),
    novalink(one),
    novalink('uom/LogicalPartition'),
    novalink(one, 'ViosNetwork'),
    novalink(one, 'ViosSCSIMapping'),
    novalink('uom/VirtualIOServer', 'ViosSCSIMapping'),
    novalink('uom/VirtualIOServer', 'ViosFCMapping,ViosSCSIMapping'),
  ];
  assert.deepEqual(
    growing,
    [...growing].sort((a, b) => a - b),
  );
  assert.equal(new Set(growing).size, growing.length);
  assert.equal(cost('assumed-novalink', 'GET', 'uom/Event'), 0);
  assert.ok(cost('assumed-novalink', 'POST', one) > novalink(one));
});

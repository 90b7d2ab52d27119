import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freeVlan, lastVlan } from './free-vlan.js';

test('OVS-1 the lowest unused VLAN from 1 to 4093 is taken, until there is none', () => {
  assert.equal(freeVlan(new Set()), 1);
  assert.equal(freeVlan(new Set([1, 2, 4, 4094])), 3);
  const all = Array.from({ length: lastVlan }, (_, n) => n + 1);
  assert.equal(freeVlan(new Set(all.slice(0, -1))), 4093);
  assert.equal(freeVlan(new Set(all)), undefined);
});

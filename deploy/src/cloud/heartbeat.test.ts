import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOfThisRun } from './heartbeat.js';

const startedAt = Date.parse('2026-11-20T13:37:40.700Z');

test("Nova's and Neutron's ways of writing a time are read as UTC", () => {
  assert.equal(isOfThisRun('2026-11-20T13:37:41.000000', startedAt), true);
  assert.equal(isOfThisRun('2026-11-20 13:37:41', startedAt), true);
});

test('the heartbeat of the run before does not count, although it is less than a minute old', () => {
  assert.equal(isOfThisRun('2026-11-20T13:36:52.000000', startedAt), false);
});

test('a heartbeat in the second of the start counts, since its fraction is not known', () => {
  assert.equal(isOfThisRun('2026-11-20 13:37:40', startedAt), true);
});

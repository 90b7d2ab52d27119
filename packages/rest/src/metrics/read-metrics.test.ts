import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMetrics } from './read-metrics.js';

const info = { version: '1.3.0', metricType: 'Raw', monitoringType: 'LTM', mtms: '8247-22L*2125D4A' };

test('the category of a metrics file follows from what it holds', () => {
  const file = (utilSample: unknown) => JSON.stringify({ systemUtil: { utilInfo: info, utilSample } });
  assert.equal(readMetrics(file({ timeBasedCycles: 1, lparsUtil: [] })).category, 'phyp');
  assert.equal(readMetrics(file({ viosUtil: [] })).category, 'vios');
  assert.equal(readMetrics('{"lparUtil": []}').category, 'lpar');
});

test('WWPNs keep all of their digits, and text with digits stays as it is', () => {
  const adapter =
    '{"physicalLocation": "x: 13857705835384867080,", "viosId": 2, "wwpnPair": [13857705835384867080, 13857705835384867081]}';
  const text = `{"systemUtil": {"utilInfo": {}, "utilSample": {"timeBasedCycles": 806297258933150.0,
    "lparsUtil": [{"storage": {"virtualFiberChannelAdapters": [${adapter}]}}]}}}`;
  const metrics = readMetrics(text);
  assert.ok(metrics.category === 'phyp');
  assert.equal(metrics.sample.timeBasedCycles, 806297258933150);
  const [found] = metrics.sample.lparsUtil[0]?.storage?.virtualFiberChannelAdapters ?? [];
  assert.deepEqual(found?.wwpnPair, ['13857705835384867080', '13857705835384867081']);
  assert.equal(found?.physicalLocation, 'x: 13857705835384867080,');
});

test('TEL-10 counters of more than fifteen digits are numbers that can be added up', () => {
  const text = `{"systemUtil": {"utilInfo": {}, "utilSample": {"timeBasedCycles": 1, "lparsUtil": [
    {"processor": {"utilizedCappedProcCycles": 12345678901234560, "utilizedUnCappedProcCycles": 1000}}]}}}`;
  const metrics = readMetrics(text);
  assert.ok(metrics.category === 'phyp');
  const processor = metrics.sample.lparsUtil[0]?.processor;
  assert.ok(processor);
  const sum = processor.utilizedCappedProcCycles + processor.utilizedUnCappedProcCycles;
  assert.equal(sum, 12_345_678_901_235_560);
});

test('what is no metrics file is refused', () => {
  for (const text of ['', '[', 'null', '5', '{}', '{"systemUtil": {}}', '<feed/>'])
    assert.throws(() => readMetrics(text), { code: 'PVM_WRONG_TYPE' }, text);
});

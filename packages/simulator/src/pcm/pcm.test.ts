import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attribute, childElements, readDocument, textOf } from '@openstack-powervm/atom';
import { Api, descend, idOf, objectOf, objectText, refusal, value } from '../testing/api.js';
import { createdPartition } from '../testing/steps.js';

async function openMonitor(t: Parameters<typeof Api.start>[0]) {
  const api = await Api.start(t);
  const system = objectOf(await api.get('uom/ManagedSystem'));
  const path = `pcm/ManagedSystem/${idOf(system)}`;
  const preferences = () => api.get(`${path}/preferences?group=None`);
  const enable = async () => {
    const before = await preferences();
    const body = objectText(before).replace(/(<LongTermMonitorEnabled[^>]*>)false/, '$1true');
    return api.post(`${path}/preferences?group=None`, body, {
      'Content-Type': 'application/xml',
      'If-Match': before.headers.etag ?? '',
    });
  };
  return { api, system, path, preferences, enable };
}

test('preferences change with the ETag of the feed, and only with it', async (t) => {
  const { api, path, preferences, enable } = await openMonitor(t);
  const before = await preferences();
  assert.equal(value(objectOf(before), 'LongTermMonitorEnabled'), 'false');
  const answer = await enable();
  assert.equal(value(objectOf(answer), 'LongTermMonitorEnabled'), 'true');
  assert.notEqual(answer.headers.etag, before.headers.etag);
  const stale = await api.post(`${path}/preferences?group=None`, objectText(before), {
    'If-Match': before.headers.etag ?? '',
  });
  refusal(stale, 412);
});

test('a monitor that is off has no metrics; one that is on has every category, at the same moments', async (t) => {
  const { api, path, enable } = await openMonitor(t);
  const feed = async () => {
    const answer = await api.get(`${path}/RawMetrics/LongTermMonitor`);
    assert.equal(answer.status, 200, answer.text);
    return childElements(readDocument(answer.text), 'entry');
  };
  assert.deepEqual(await feed(), []);
  await enable();
  api.simulator.pass(120_000);
  const entries = await feed();
  const term = (entry: (typeof entries)[number]) => attribute(descend(entry, 'category'), 'term') ?? '';
  const vioses = api.simulator.inspect().systems[0]?.vioses.map(({ id }) => `vios_${id}`) ?? [];
  assert.deepEqual([...new Set(entries.map(term))].sort(), ['lpar', 'phyp', ...vioses].sort());
  const newest = entries.filter((entry) => term(entry) === 'phyp').at(-1);
  assert.ok(newest !== undefined);
  const updated = value(newest, 'updated');
  const together = entries.filter((entry) => textOf(descend(entry, 'updated')) === updated).map(term);
  assert.ok(vioses.every((vios) => together.includes(vios)));
  assert.match(value(newest, 'title'), /^LTM_\d{4}-\w{3}\*\w{7}_phyp_\d{8}T\d{6}\+0000\.json$/);
});

test('counters of what runs grow from sample to sample, those of what is off stay zero', async (t) => {
  const { api, path, enable } = await openMonitor(t);
  await enable();
  const { id } = await createdPartition(api, 'idle');
  await api.send('PUT', '/simulator/clock', { body: JSON.stringify({ passSeconds: 60 }) });
  const answer = await api.get(`${path}/RawMetrics/LongTermMonitor`);
  const files = childElements(readDocument(answer.text), 'entry')
    .map((entry) => value(entry, 'title'))
    .filter((name) => name.includes('_phyp_'));
  const read = async (name: string | undefined) => {
    const sample = await api.get(`${path}/RawMetrics/LongTermMonitor/${name}?group=None`);
    assert.equal(sample.status, 200, sample.text);
    return JSON.parse(sample.text).systemUtil.utilSample;
  };
  const [before, after] = [await read(files.at(-2)), await read(files.at(-1))];
  assert.equal(after.timeBasedCycles - before.timeBasedCycles, 30 * after.processor.procCyclesPerSecond);
  const cycles = (sample: typeof after) => sample.viosUtil[0].processor.utilizedCappedProcCycles;
  assert.ok(cycles(after) > cycles(before));
  const idle = after.lparsUtil.find((each: { uuid: string }) => each.uuid === id);
  assert.equal(idle.state, 'Not Activated');
  assert.equal(idle.processor.entitledProcCycles, 0);
  refusal(await api.get(`${path}/RawMetrics/LongTermMonitor/LTM_nothing.json`), 404);
});

test('a guest that is given a load is measured doing that, from then on and not before', async (t) => {
  const { api, path, enable } = await openMonitor(t);
  await enable();
  const { simulator } = api;
  simulator.pass(60_000);
  const load = {
    processor: 1.5,
    receivedPackets: 10,
    sentPackets: 4,
    droppedPackets: 1,
    reads: 3,
    writes: 2,
  };
  simulator.happen('vios1', { load });
  const answered = async (category: string) => {
    const feed = await api.get(`${path}/RawMetrics/LongTermMonitor`);
    const names = childElements(readDocument(feed.text), 'entry')
      .map((entry) => value(entry, 'title'))
      .filter((name) => name.includes(category));
    const [before, after] = await Promise.all(
      names.slice(-2).map((name) => api.get(`${path}/RawMetrics/LongTermMonitor/${name}`)),
    );
    return [before, after].map((answer) => JSON.parse(answer?.text ?? '').systemUtil.utilSample);
  };
  const earlier = await answered('_phyp_');
  simulator.pass(60_000);
  const [before, after] = await answered('_phyp_');
  const vios = (sample: typeof before) =>
    sample.viosUtil.find(({ name }: { name: string }) => name === 'vios1').processor;
  const delta = (key: string) => vios(after)[key] - vios(before)[key];
  const entitled = delta('entitledProcCycles');
  assert.ok(Math.abs(delta('utilizedCappedProcCycles') - entitled) <= 1);
  assert.ok(Math.abs(delta('utilizedUnCappedProcCycles') - entitled / 2) <= 1);
  assert.equal(delta('idleProcCycles'), 0);
  const [, untouched] = earlier;
  assert.ok(vios(untouched).utilizedCappedProcCycles <= vios(before).utilizedCappedProcCycles);
  const { id } = simulator.inspect().systems[0]?.vioses.find(({ name }) => name === 'vios1') ?? {};
  const [adapterThen, adapterNow] = (await answered(`_vios_${id}_`)).map(
    ({ viosUtil }) => viosUtil[0].network.genericAdapters[0],
  );
  assert.equal(adapterNow.receivedPackets - adapterThen.receivedPackets, 300);
  assert.equal(adapterNow.sentBytes - adapterThen.sentBytes, 30 * 4 * 900);
});

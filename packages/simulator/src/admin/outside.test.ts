import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api, objectOf, refusal, value } from '../testing/api.js';
import { createdPartition } from '../testing/steps.js';

const change = (api: Api, name: string, event: object) =>
  api.send('PUT', `/simulator/partitions/${name}`, { body: JSON.stringify(event) });

test('a VIOS loses its RMC connection and gets it back', async (t) => {
  const api = await Api.start(t);
  const answer = JSON.parse((await change(api, 'vios1', { rmc: 'inactive' })).text);
  const path = `uom/VirtualIOServer/${answer.uuid}`;
  assert.equal(value(objectOf(await api.get(path)), 'ResourceMonitoringControlState'), 'inactive');
  api.simulator.happen('vios1', { rmc: 'active' });
  assert.equal(value(objectOf(await api.get(path)), 'ResourceMonitoringControlState'), 'active');
});

test('a partition crashes, and clients hear of it', async (t) => {
  const api = await Api.start(t);
  const { id, path } = await createdPartition(api, 'vm');
  const events = 'uom/Event?QUEUE_APPLICATIONID=a';
  await api.get(events);
  api.simulator.happen(id, { state: 'running' });
  assert.match((await api.get(events)).text, /PartitionState/);
  api.simulator.happen('vm', { state: 'error' });
  assert.equal((await api.get(`${path}/quick/PartitionState`)).text, '"error"');
});

test('mistakes are named', async (t) => {
  const api = await Api.start(t);
  refusal(await change(api, 'nobody', { rmc: 'active' }), 404);
  assert.match(
    refusal(await change(api, 'vios1', { rmc: 'lost', colour: 1 }), 400),
    /rmc.*colour|colour.*rmc/s,
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api, idOf, objectOf, objectText, refusal, value } from '../testing/api.js';
import { partitionBody } from '../testing/bodies.js';
import { aVios, createdDisk, createdPartition, finishedJob, poweredOn, resultsOf } from '../testing/steps.js';

const ok = 'COMPLETED_OK';
const failed = 'COMPLETED_WITH_ERROR';

test('CloneUUID: the surrogate becomes the original', async (t) => {
  const api = await Api.start(t);
  const original = await createdPartition(api, 'original');
  const surrogate = await createdPartition(api, 'surrogate');
  const job = await finishedJob(api, 'LogicalPartition', original.id, 'CloneUUID', {
    targetLparName: 'surrogate',
  });
  assert.equal(value(job, 'Status'), ok);
  refusal(await api.get(surrogate.path), 404);
  const partition = objectOf(await api.get(original.path));
  assert.deepEqual(
    [value(partition, 'PartitionName'), value(partition, 'PartitionUUID')],
    ['surrogate', original.id],
  );
});

test('CloneUUID refuses what is on, and whom it does not know', async (t) => {
  const api = await Api.start(t);
  const original = await poweredOn(api, 'original');
  await createdPartition(api, 'surrogate');
  const clone = (name: string) =>
    finishedJob(api, 'LogicalPartition', original.id, 'CloneUUID', { targetLparName: name });
  assert.match(resultsOf(await clone('surrogate'))['result'] ?? '', /must be off/);
  assert.match(resultsOf(await clone('nobody'))['result'] ?? '', /nobody/);
});

test('panel functions and licences are for IBM i', async (t) => {
  const api = await Api.start(t);
  const linux = await createdPartition(api, 'linux');
  const panel = await finishedJob(api, 'LogicalPartition', linux.id, 'PanelFunction', { operation: 'dston' });
  assert.match(resultsOf(panel)['result'] ?? '', /AIX\/Linux/);
  const body = partitionBody('ibmi').replace('AIX/Linux', 'OS400');
  const ibmi = idOf(objectOf(await api.put('uom/LogicalPartition', body)));
  const license = { licKey: '1234-5678' };
  assert.equal(value(await finishedJob(api, 'LogicalPartition', ibmi, 'AddLicense', license), 'Status'), ok);
  api.simulator.happen('ibmi', { state: 'running' });
  const dump = await finishedJob(api, 'LogicalPartition', ibmi, 'PanelFunction', {
    operation: 'dumprestart',
  });
  assert.equal(value(dump, 'Status'), ok);
  assert.equal((await api.get(`uom/LogicalPartition/${ibmi}/quick/PartitionState`)).text, '"open firmware"');
});

test('affinity scores are listed for partitions that are on', async (t) => {
  const api = await Api.start(t);
  await createdPartition(api, 'off');
  const system = idOf(objectOf(await api.get('uom/ManagedSystem')));
  const job = await finishedJob(api, 'ManagedSystem', system, 'GetDPOStatus');
  const scores: { LPAR_NAME: string }[] = JSON.parse(resultsOf(job)['result'] ?? '');
  assert.deepEqual(scores.map((score) => score.LPAR_NAME).sort(), ['novalink', 'vios1', 'vios2']);
});

test('a VIOS rescans a disk that it has, and says -1 for one that it has not', async (t) => {
  const api = await Api.start(t);
  const { id, dataGroup } = await aVios(api);
  const udid = await createdDisk(api, dataGroup, 'disk');
  const rescan = (VirtualDiskUDID: string) =>
    finishedJob(api, 'VirtualIOServer', id, 'RescanVirtualDisk', { VirtualDiskUDID });
  assert.equal(value(await rescan(udid), 'Status'), ok);
  const missing = await rescan('0300.9');
  assert.equal(value(missing, 'Status'), failed);
  assert.equal(resultsOf(missing)['RETURN_CODE'], '-1');
});

test('a console that gave up mastership may read and not write, until it takes it back', async (t) => {
  const api = await Api.start(t);
  const system = idOf(objectOf(await api.get('uom/ManagedSystem')));
  const partition = await createdPartition(api, 'vm');
  await finishedJob(api, 'ManagedSystem', system, 'ReleaseMaster');
  const shown = objectOf(await api.get('uom/ManagedSystem'));
  assert.equal(value(shown, 'IsPowerVMManagementMaster'), 'false');
  assert.equal(value(shown, 'IsHMCPowerVMManagementMaster'), 'true');
  assert.equal(value(shown, 'IsPowerVMManagementController'), 'true');
  refusal(await api.delete(partition.path), 409);
  assert.match(refusal(await api.put('uom/LogicalPartition', partitionBody('other')), 409), /not the master/);
  refusal(await api.post(partition.path, objectText(await api.get(partition.path))), 409);
  await finishedJob(api, 'ManagedSystem', system, 'RequestMaster', { coManagementMasterStatus: 'temp' });
  assert.equal((await api.delete(partition.path)).status, 204);
  await finishedJob(api, 'ManagedSystem', system, 'ReleaseMaster');
  assert.equal(value(objectOf(await api.get('uom/ManagedSystem')), 'IsHMCPowerVMManagementMaster'), 'true');
});

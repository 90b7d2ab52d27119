import assert from 'node:assert/strict';
import { test } from 'node:test';
import { child } from '@openstack-powervm/atom';
import { defaultSystem } from '../site/default-site.js';
import { parseSite } from '../site/parse-site.js';
import { Api, descend, idOf, objectOf, objectsOf, refusal, value } from '../testing/api.js';
import { jobBody, mappingElement, opticalReference } from '../testing/bodies.js';
import { addMapping, mapDisk } from '../testing/mapping-steps.js';
import { siteWithRepository } from '../testing/sites.js';
import {
  aVios,
  createdDisk,
  createdPartition,
  descendants,
  eventually,
  finishedJob,
  poweredOn,
  resultsOf,
  uploaded,
} from '../testing/steps.js';

async function state(api: Api, path: string): Promise<string> {
  return JSON.parse((await api.get(`${path}/quick/PartitionState`)).text);
}

test('a template names its operation and group; the job lives until it is deleted', async (t) => {
  const api = await Api.start(t);
  const { id, path } = await createdPartition(api, 'vm');
  const template = objectOf(await api.get(`${path}/do/PowerOn`));
  assert.equal(value(template, 'RequestedOperation', 'OperationName'), 'PowerOn');
  assert.equal(value(template, 'RequestedOperation', 'GroupName'), 'LogicalPartition');
  const submitted = objectOf(
    await api.put(`${path}/do/PowerOn`, jobBody('LogicalPartition', 'PowerOn', { bootmode: 'norm' })),
  );
  const job = value(submitted, 'JobID');
  assert.equal(value(submitted, 'Status'), 'RUNNING');
  assert.equal(value(submitted, 'TargetUuid'), id);
  const finished = await eventually(async () => {
    const response = objectOf(await api.get(`uom/jobs/${job}?group=None`));
    return value(response, 'Status') === 'COMPLETED_OK' ? response : undefined;
  });
  assert.deepEqual(resultsOf(finished), { returnCode: '0' });
  const posted = descend(finished, 'JobRequestInstance', 'JobParameters', 'JobParameter');
  assert.equal(value(posted, 'ParameterValue'), 'norm');
  assert.equal(objectsOf(await api.get(`${path}/jobs`)).length, 1);
  assert.equal((await api.delete(`uom/jobs/${job}`)).status, 204);
  refusal(await api.get(`uom/jobs/${job}`), 404);
});

test('a partition with a disk runs and then gets RMC; one without waits in open firmware', async (t) => {
  const api = await Api.start(t);
  const { path: vios, dataGroup } = await aVios(api);
  await createdDisk(api, dataGroup, 'boot');
  const { path, id } = await createdPartition(api, 'vm');
  await mapDisk(api, vios, id, 'boot');
  await finishedJob(api, 'LogicalPartition', id, 'PowerOn');
  await eventually(async () => ((await state(api, path)) === 'running' ? true : undefined));
  await eventually(async () =>
    value(objectOf(await api.get(path)), 'ResourceMonitoringControlState') === 'active' ? true : undefined,
  );
  const bare = await poweredOn(api, 'bare');
  assert.equal(await state(api, bare.path), 'open firmware');
  assert.equal(value(objectOf(await api.get(bare.path)), 'ResourceMonitoringControlState'), 'inactive');
});

test('PWR: already on and already off fail with the codes that clients know', async (t) => {
  const api = await Api.start(t);
  const { path, id } = await poweredOn(api, 'vm');
  const again = await finishedJob(api, 'LogicalPartition', id, 'PowerOn');
  assert.equal(value(again, 'Status'), 'COMPLETED_WITH_ERROR');
  assert.match(resultsOf(again)['result'] ?? '', /^HSCL3681/);
  assert.equal(resultsOf(again)['returnCode'], '1');
  const soft = await finishedJob(api, 'LogicalPartition', id, 'PowerOff', { operation: 'osshutdown' });
  assert.match(resultsOf(soft)['result'] ?? '', /^HSCL0DB4/);
  const hard = await finishedJob(api, 'LogicalPartition', id, 'PowerOff', {
    operation: 'shutdown',
    immediate: 'true',
  });
  assert.equal(value(hard, 'Status'), 'COMPLETED_OK');
  assert.equal(await state(api, path), 'not activated');
  const off = await finishedJob(api, 'LogicalPartition', id, 'PowerOff', { operation: 'shutdown' });
  assert.match(resultsOf(off)['result'] ?? '', /^HSCL1558/);
});

test('a restart comes back on', async (t) => {
  const api = await Api.start(t);
  const { path, id } = await poweredOn(api, 'vm');
  const restart = { operation: 'shutdown', immediate: 'true', restart: 'true' };
  await finishedJob(api, 'LogicalPartition', id, 'PowerOff', restart);
  assert.equal(await state(api, path), 'open firmware');
});

/** Power-on takes a minute here: a job that is looked at while it runs does run. */
const slowSite = parseSite({ systems: [defaultSystem('sim1')], timing: { powerOnMs: 60_000 } });

test('a hard power-off ends a boot', async (t) => {
  const api = await Api.start(t, { site: slowSite });
  const { path, id } = await createdPartition(api, 'vm');
  const boot = objectOf(await api.put(`${path}/do/PowerOn`, jobBody('LogicalPartition', 'PowerOn')));
  await finishedJob(api, 'LogicalPartition', id, 'PowerOff', { operation: 'shutdown', immediate: 'true' });
  const ended = objectOf(await api.get(`uom/jobs/${value(boot, 'JobID')}`));
  assert.equal(value(ended, 'Status'), 'FAILED_BEFORE_COMPLETION');
  assert.match(value(ended, 'ResponseException', 'Message'), /ended by another/);
  assert.equal(await state(api, path), 'not activated');
});

test('a running job is not deleted, a cancelled one ends; the cancel request may have a strange content type and no body', async (t) => {
  const api = await Api.start(t, { site: slowSite });
  const { path } = await createdPartition(api, 'slow');
  const job = value(
    objectOf(await api.put(`${path}/do/PowerOn`, jobBody('LogicalPartition', 'PowerOn'))),
    'JobID',
  );
  refusal(await api.delete(`uom/jobs/${job}`), 409);
  const cancel = await api.post(`uom/jobs/${job}/cancel?group=None`, '', {
    'Content-Type': `application/vnd.ibm.powervm.uom+xml; type=${job}`,
  });
  assert.equal(cancel.status, 200);
  await eventually(async () => {
    const status = value(objectOf(await api.get(`uom/jobs/${job}`)), 'Status');
    return status === 'FAILED_BEFORE_COMPLETION' ? true : undefined;
  });
});

test('wrong requests are refused: operation, parameter, value, target', async (t) => {
  const api = await Api.start(t);
  const { path } = await createdPartition(api, 'vm');
  const submit = (body: string) => api.put(`${path}/do/PowerOn`, body);
  assert.match(refusal(await submit(jobBody('LogicalPartition', 'PowerOff')), 400), /PowerOff/);
  assert.match(refusal(await submit(jobBody('LogicalPartition', 'PowerOn', { speed: '1' })), 400), /speed/);
  assert.match(
    refusal(await submit(jobBody('LogicalPartition', 'PowerOn', { bootmode: 'fast' })), 400),
    /fast/,
  );
  const unknown = 'uom/LogicalPartition/00000000-0000-4000-8000-000000000000/do/PowerOn';
  refusal(await api.put(unknown, jobBody('LogicalPartition', 'PowerOn')), 404);
  refusal(await api.get(`${path}/do/Levitate`), 501);
});

test('the memory overhead of a partition can be asked for', async (t) => {
  const api = await Api.start(t);
  const system = idOf(objectOf(await api.get('uom/ManagedSystem')));
  const response = await finishedJob(
    api,
    'ManagedSystem',
    system,
    'QueryReservedMemoryRequiredForPartition',
    {
      LogicalPartitionEnvironment: 'AIX/Linux',
      DesiredMemory: '512',
      MaximumMemory: '32768',
      NumberOfVirtualEthernetAdapter: '2',
      NumberOfVirtualSCSIAdapter: '1',
      NumberOfVirtualFibreChannelAdapter: '1',
    },
  );
  // 32768/64 MB of page table and 4 adapters of 8 MB, rounded up to blocks of 256 MB.
  assert.equal(resultsOf(response)['RequiredMemory'], String(512 + 768));
});

test('a PowerOn can take the config drive out again', async (t) => {
  const site = siteWithRepository();
  const api = await Api.start(t, { site });
  const { id, rootGroup, path: vios } = await aVios(api);
  await uploaded(api, { name: 'cfg', type: 'BROKERED_MEDIA_ISO', vios: id }, Buffer.from('iso'));
  const partition = await createdPartition(api, 'vm');
  await addMapping(api, vios, mappingElement({ partition: partition.id, storage: opticalReference('cfg') }));
  await finishedJob(api, 'LogicalPartition', partition.id, 'PowerOn', {
    remove_optical_name: 'cfg',
    remove_optical_time: '0',
  });
  await eventually(async () =>
    descendants(objectOf(await api.get(rootGroup)), 'VirtualOpticalMedia').length === 0 ? true : undefined,
  );
  const mapping = descendants(
    objectOf(await api.get(`${vios}?group=ViosSCSIMapping`)),
    'VirtualSCSIMapping',
  )[0];
  assert.ok(mapping !== undefined);
  assert.equal(child(mapping, 'Storage'), undefined);
});

test('jobs fail when a rule says so', async (t) => {
  const api = await Api.start(t);
  const { id } = await createdPartition(api, 'vm');
  api.simulator.faults.add({
    job: 'PowerOn',
    count: 1,
    effect: { kind: 'job-failure', message: 'HSCL0001 no' },
  });
  const failed = await finishedJob(api, 'LogicalPartition', id, 'PowerOn');
  assert.equal(resultsOf(failed)['result'], 'HSCL0001 no');
  assert.equal(value(await finishedJob(api, 'LogicalPartition', id, 'PowerOn'), 'Status'), 'COMPLETED_OK');
});

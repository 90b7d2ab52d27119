import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api, objectOf, value } from '../testing/api.js';
import { fileBody, jobBody, logonBody } from '../testing/bodies.js';
import { aVios, createdPartition, eventually } from '../testing/steps.js';

const LOGON = '/rest/api/web/Logon';

test('sessions are told with user, age and last use; their tokens are not', async (t) => {
  const api = await Api.start(t);
  await api.send('PUT', LOGON, {
    body: logonBody('pvmadmin', 'pvmadmin-simulated'),
    headers: { 'X-Audit-Memento': 'forgetful' },
  });
  const about = await api.send('GET', '/simulator/about');
  const { leftBehind } = JSON.parse(about.text);
  assert.deepEqual(
    leftBehind.sessions.map(({ session, user, audit }: Record<string, unknown>) => [session, user, audit]),
    [
      [1, 'pvmadmin', ''],
      [2, 'pvmadmin', 'forgetful'],
    ],
  );
  assert.ok(leftBehind.sessions.every(({ ageSeconds }: { ageSeconds: number }) => ageSeconds >= 0));
  assert.deepEqual(leftBehind.limits, { sessions: 100, files: 100 });
  assert.ok(!about.text.includes(api.token));
});

test('jobs and files of a client that has logged off are leaks, those of others are not', async (t) => {
  const api = await Api.start(t);
  const { id } = await createdPartition(api, 'vm');
  const vios = (await aVios(api)).id;
  const job = objectOf(
    await api.put(`uom/LogicalPartition/${id}/do/CloseVterm`, jobBody('LogicalPartition', 'CloseVterm', {})),
  );
  await api.put('web/File', fileBody({ name: 'cfg', type: 'BROKERED_MEDIA_ISO', vios }));
  const held = () => api.simulator.leftBehind()[0];
  const finished = await eventually(() => held()?.jobs.find(({ status }) => status === 'COMPLETED_OK'));
  assert.equal(String(finished.id), value(job, 'JobID'));
  assert.deepEqual(finished.owner, { session: 1, user: 'pvmadmin', audit: '' });
  assert.deepEqual([held()?.jobs[0]?.leaked, held()?.files[0]?.leaked], [false, false]);
  await api.delete('web/Logon');
  assert.deepEqual([held()?.jobs[0]?.leaked, held()?.files[0]?.leaked], [true, true]);
  await api.logon();
  assert.equal((await api.delete(`uom/jobs/${finished.id}`)).status, 204);
  assert.deepEqual(held()?.jobs, []);
});

test('an event queue that nobody reads is told; one without application id is named by its session', async (t) => {
  const api = await Api.start(t);
  await api.get('uom/Event');
  await createdPartition(api, 'vm');
  const [queue] = api.simulator.leftBehind()[0]?.eventQueues ?? [];
  assert.equal(queue?.id, 'session-1');
  assert.ok((queue?.waiting ?? 0) > 0);
});

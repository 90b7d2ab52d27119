import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { XmlElement } from '@openstack-powervm/atom';
import { defaultSystem } from '../site/default-site.js';
import { parseSite } from '../site/parse-site.js';
import { Api, objectOf, objectsOf, value } from '../testing/api.js';
import { leaf, object } from '../testing/bodies.js';
import { mapDisk } from '../testing/mapping-steps.js';
import { aVios, createdDisk, createdPartition, eventually } from '../testing/steps.js';
import { Clock } from '../world/clock.js';
import { EventQueues } from './event-queues.js';

const query = (id: string) =>
  `uom/Event?QUEUE_CLIENTKEY_METHOD=USE_APPLICATIONID&QUEUE_APPLICATIONID=${id}&group=None`;

const siteOf = (eventPollMs: number, limits = {}) =>
  parseSite({ systems: [defaultSystem('sim1')], timing: { eventPollMs }, limits });
const quickSite = (limits = {}) => siteOf(50, limits);
/** No reader goes because its time is up, however slow the machine is. */
const patientSite = () => siteOf(3_600_000);

async function read(api: Api, id = 'app'): Promise<XmlElement[]> {
  const answer = await api.get(query(id));
  return answer.status === 204 ? [] : objectsOf(answer);
}

const types = (events: readonly XmlElement[]): string[] => events.map((event) => value(event, 'EventType'));

test('EV: the first read of an application id is NEW_CLIENT alone; then it holds the request, then 204', async (t) => {
  const api = await Api.start(t, { site: quickSite() });
  await createdPartition(api, 'before');
  assert.deepEqual(types(await read(api)), ['NEW_CLIENT']);
  assert.equal((await api.get(query('app'))).status, 204);
});

test('a waiting read is answered by the next event; every id gets the whole stream once', async (t) => {
  const api = await Api.start(t, { site: patientSite() });
  await read(api, 'one');
  await read(api, 'two');
  const waiting = read(api, 'one');
  const { id } = await createdPartition(api, 'vm');
  const [added] = await waiting;
  assert.ok(added !== undefined);
  assert.equal(value(added, 'EventType'), 'ADD_URI');
  const system = api.simulator.inspect().systems[0]?.uuid;
  assert.equal(
    value(added, 'EventData'),
    `${api.simulator.url}/rest/api/uom/ManagedSystem/${system}/LogicalPartition/${id}`,
  );
  const ids = (await read(api, 'two')).map((event) => Number(value(event, 'EventID')));
  assert.deepEqual(
    ids,
    [...new Set(ids)].sort((a, b) => a - b),
  );
  assert.ok(ids.includes(Number(value(added, 'EventID'))));
});

test('a mapping is announced as a change of the VIOS with its detail', async (t) => {
  const api = await Api.start(t);
  const { path, id, dataGroup } = await aVios(api);
  await createdDisk(api, dataGroup, 'boot');
  const partition = await createdPartition(api, 'vm');
  await read(api);
  await mapDisk(api, path, partition.id, 'boot');
  const found = (await read(api)).find((event) => value(event, 'EventDetail') === 'VirtualSCSIMappings');
  assert.ok(found !== undefined);
  assert.equal(value(found, 'EventType'), 'MODIFY_URI');
  assert.ok(value(found, 'EventData').endsWith(`/VirtualIOServer/${id}`));
});

test('VIF-11: an injected event reaches every queue as it was sent', async (t) => {
  const api = await Api.start(t);
  await read(api, 'agent');
  const detail = '{"provider":"NOVA_PVM_VIF","action":"plug","mac":"fa:16:3e:00:00:01","type":"pvm_sea"}';
  const data = 'LogicalPartition/1/ClientNetworkAdapter/2';
  const body = object('Event', [leaf('EventData', data), leaf('EventDetail', detail)]);
  const sent = objectOf(await api.put('uom/Event', body));
  const [event] = await read(api, 'agent');
  assert.ok(event !== undefined);
  assert.equal(value(event, 'EventID'), value(sent, 'EventID'));
  assert.deepEqual(
    [value(event, 'EventType'), value(event, 'EventData'), value(event, 'EventDetail')],
    ['CUSTOM_CLIENT_EVENT', data, detail],
  );
});

test('a queue that nobody reads overflows into MISSING_EVENTS', async (t) => {
  const api = await Api.start(t, { site: quickSite({ queuedEvents: 3 }) });
  await read(api);
  for (const name of ['a', 'b', 'c']) await createdPartition(api, name);
  const events = types(await read(api));
  assert.equal(events[0], 'MISSING_EVENTS');
  assert.ok(events.length <= 3);
});

/** Is a reader there? As the simulator sees it, which learns of a closed connection later than the client. */
const awaited = (api: Api, expected: boolean) =>
  eventually(() => api.simulator.leftBehind()[0]?.eventQueues[0]?.awaited === expected || undefined);

test('a reader that goes away loses nothing', async (t) => {
  const api = await Api.start(t, { site: patientSite() });
  await read(api);
  const leaving = new AbortController();
  const abandoned = api.send('GET', `/rest/api/${query('app')}`, { signal: leaving.signal });
  const rejected = assert.rejects(abandoned);
  await awaited(api, true);
  leaving.abort();
  await rejected;
  await awaited(api, false);
  await createdPartition(api, 'vm');
  assert.ok(types(await read(api)).includes('ADD_URI'));
});

test('a reader that has gone before it is served does not wait', async () => {
  const queues = new EventQueues(new Clock(), { limit: 10, pollMs: 3_600_000 });
  await queues.read('app', new AbortController().signal);
  assert.deepEqual(await queues.read('app', AbortSignal.abort()), []);
  assert.deepEqual([...queues.awaited], []);
});

test('events that were read and did not arrive come again, before later ones', async () => {
  const queues = new EventQueues(new Clock(), { limit: 10, pollMs: 1 });
  const { signal } = new AbortController();
  await queues.read('app', signal);
  queues.publish('ADD_URI', 'first', '');
  const undelivered = await queues.read('app', signal);
  queues.publish('ADD_URI', 'second', '');
  queues.putBack('app', undelivered);
  assert.deepEqual(await queues.read('app', AbortSignal.abort()), []);
  const again = await queues.read('app', signal);
  assert.deepEqual(
    again.map(({ data }) => data),
    ['first', 'second'],
  );
});

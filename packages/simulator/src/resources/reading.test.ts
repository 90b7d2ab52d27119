import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childElements, readDocument } from '@openstack-powervm/atom';
import { Api, idOf, linkOf, objectOf, objectsOf, refusal, value } from '../testing/api.js';
import { partitionBody } from '../testing/bodies.js';

async function firstVios(api: Api): Promise<string> {
  const [vios] = objectsOf(await api.get('uom/VirtualIOServer'));
  assert.ok(vios !== undefined);
  return idOf(vios);
}

async function systemId(api: Api): Promise<string> {
  return idOf(objectOf(await api.get('uom/ManagedSystem')));
}

test('SELF links mirror the request and echo the group; ROOT and CHILD give the same object', async (t) => {
  const api = await Api.start(t);
  const vios = await firstVios(api);
  const system = await systemId(api);
  for (const path of [
    `/rest/api/uom/VirtualIOServer/${vios}?group=None`,
    `/rest/api/uom/VirtualIOServer/${vios}`,
    `/rest/api/uom/ManagedSystem/${system}/VirtualIOServer/${vios}?group=ViosNetwork`,
  ]) {
    const entry = readDocument((await api.send('GET', path)).text);
    assert.equal(linkOf(entry, 'SELF'), api.simulator.url + path);
  }
  const feedPath = `/rest/api/uom/ManagedSystem/${system}/VirtualIOServer?group=None`;
  const feed = readDocument((await api.send('GET', feedPath)).text);
  assert.equal(linkOf(feed, 'SELF'), api.simulator.url + feedPath);
  const [member] = childElements(feed, 'entry');
  assert.ok(member !== undefined);
  assert.equal(
    linkOf(member, 'SELF'),
    `${api.simulator.url}/rest/api/uom/ManagedSystem/${system}/VirtualIOServer/${value(member, 'id')}?group=None`,
  );
});

test('the etag element of a feed member, its own ETag header and If-None-Match agree per group', async (t) => {
  const api = await Api.start(t);
  const vios = await firstVios(api);
  const etags = new Set<string>();
  for (const query of ['group=None', 'group=ViosSCSIMapping', 'group=ViosFCMapping%2CViosSCSIMapping']) {
    const feed = readDocument((await api.get(`uom/VirtualIOServer?${query}`)).text);
    const member = childElements(feed, 'entry').find((entry) => value(entry, 'id') === vios);
    assert.ok(member !== undefined);
    const single = await api.get(`uom/VirtualIOServer/${vios}?${query}`);
    assert.match(String(single.headers.etag), /^-?\d+$/);
    assert.equal(value(member, 'etag'), single.headers.etag);
    const again = await api.get(`uom/VirtualIOServer/${vios}?${query}`, {
      'If-None-Match': String(single.headers.etag),
    });
    assert.equal(again.status, 304);
    assert.equal(again.text, '');
    etags.add(String(single.headers.etag));
  }
  assert.equal(etags.size, 3);
});

test('without group the answer is that of group=None; unknown groups are refused', async (t) => {
  const api = await Api.start(t);
  const vios = await firstVios(api);
  const none = await api.get(`uom/VirtualIOServer/${vios}?group=None`);
  const absent = await api.get(`uom/VirtualIOServer/${vios}`);
  assert.equal(none.headers.etag, absent.headers.etag);
  assert.match(refusal(await api.get(`uom/VirtualIOServer/${vios}?group=Wrong`), 400), /Wrong/);
});

test('groups bring their elements and no others', async (t) => {
  const api = await Api.start(t);
  const vios = await firstVios(api);
  const names = async (group: string): Promise<string[]> =>
    childElements(objectOf(await api.get(`uom/VirtualIOServer/${vios}?group=${group}`))).map(
      (child) => child.local,
    );
  const none = await names('None');
  const added = async (group: string): Promise<string[]> =>
    (await names(group)).filter((name) => !none.includes(name)).sort();
  assert.deepEqual(await added('ViosSCSIMapping'), ['VirtualSCSIMappings']);
  assert.deepEqual(await added('ViosStorage'), ['MediaRepositories', 'PhysicalVolumes', 'StoragePools']);
  assert.deepEqual(await added('ViosNetwork'), [
    'FreeEthenetBackingDevicesForSEA',
    'FreeIOAdaptersForLinkAggregation',
    'SharedEthernetAdapters',
    'TrunkAdapters',
  ]);
  assert.ok((await names('All')).includes('VirtualFibreChannelMappings'));
});

test('a child feed without members is answered 204, an unknown parent or object 404', async (t) => {
  const api = await Api.start(t);
  const vios = await firstVios(api);
  assert.equal((await api.get(`uom/VirtualIOServer/${vios}/ClientNetworkAdapter`)).status, 204);
  const unknown = '00000000-0000-3000-8000-000000000000';
  refusal(await api.get(`uom/VirtualIOServer/${unknown}/ClientNetworkAdapter`), 404);
  assert.match(refusal(await api.get(`uom/LogicalPartition/${unknown}`), 404), new RegExp(unknown));
});

test('UUIDs match in any letter case and come back in their own', async (t) => {
  const api = await Api.start(t);
  const vios = await firstVios(api);
  assert.equal(idOf(objectOf(await api.get(`uom/VirtualIOServer/${vios.toLowerCase()}`))), vios);
});

test('what is not modelled is said aloud: 501, 405 with Allow, 406', async (t) => {
  const api = await Api.start(t);
  assert.match(refusal(await api.get('uom/SharedMemoryPool'), 501), /SharedMemoryPool is not implemented/);
  const put = await api.put('uom/ManagedSystem', '<x/>');
  refusal(put, 405);
  assert.equal(put.headers.allow, 'GET');
  refusal(await api.get('uom/ManagedSystem', { Accept: 'application/json' }), 406);
  assert.equal((await api.get('uom/ManagedSystem', { Accept: 'text/html, */*;q=0.1' })).status, 200);
});

test('searches name exactly one property', async (t) => {
  const api = await Api.start(t);
  assert.equal((await api.put('uom/LogicalPartition', partitionBody('its {a} #1'))).status, 200);
  const search = (condition: string) =>
    api.get(`uom/LogicalPartition/search/${encodeURIComponent(condition)}?group=None`);
  const [found, ...others] = objectsOf(await search("(PartitionName=='its {a} #1')"));
  assert.ok(found !== undefined && others.length === 0);
  const byId = objectOf(await search(`(PartitionID==${value(found, 'PartitionID')})`));
  assert.equal(idOf(byId), idOf(found));
  const rest = objectsOf(await search("(PartitionName!='its {a} #1')"));
  assert.ok(rest.every((partition) => idOf(partition) !== idOf(found)) && rest.length > 0);
  assert.equal((await search("(PartitionName=='nobody')")).status, 204);
  refusal(await search("(PartitionState=='running')"), 400);
  refusal(await search('PartitionName'), 400);
});

test('quick properties are JSON; errors stay Atom', async (t) => {
  const api = await Api.start(t);
  const vios = await firstVios(api);
  const answer = await api.get(`uom/VirtualIOServer/${vios}/quick/PartitionType`, { Accept: '*/*' });
  assert.match(String(answer.headers['content-type']), /json/);
  assert.equal(answer.text, '"Virtual IO Server"');
  const all = JSON.parse((await api.get(`uom/VirtualIOServer/${vios}/quick`)).text);
  assert.equal(all.UUID, vios);
  assert.equal(all.PartitionState, 'running');
  const everyone: unknown = JSON.parse((await api.get('uom/VirtualIOServer/quick/All')).text);
  assert.ok(Array.isArray(everyone) && everyone.length === 2);
  refusal(await api.get(`uom/VirtualIOServer/${vios}/quick/Colour`, { Accept: '*/*' }), 404);
});

test('the same seed gives the same system, another seed another one', async (t) => {
  const ids = async (seed: number): Promise<string> => {
    const api = await Api.start(t, { seed });
    const system = api.simulator.inspect().systems[0];
    assert.ok(system !== undefined);
    return JSON.stringify([system.uuid, system.vioses.map((vios) => [vios.uuid, vios.id])]);
  };
  assert.equal(await ids(7), await ids(7));
  assert.notEqual(await ids(7), await ids(8));
});

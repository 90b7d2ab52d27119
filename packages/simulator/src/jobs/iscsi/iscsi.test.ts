import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Entity, PowerVMError, type Session, VirtualIOServer } from '@openstack-powervm/rest';
import { twoHostSite } from '../../site/two-host-site.js';
import { createPartition, mapStorage, openClient, viosNamed } from '../../testing/client.js';
import { readList, readPaths } from './iscsi-parameters.js';

const iqn = 'iqn.2026-11.example.storage:volumes';
const portal = '192.168.30.1:3260';
const other = '192.168.31.1:3260';
const chap = { user: 'cinder', password: 'secret-secret' };
const disk = { targetIQN: iqn, hostIP: portal, targetLUN: '1', user: chap.user, password: chap.password };

async function openTarget(t: TestContext) {
  const luns = [
    { id: 1, sizeGb: 2 },
    { id: 2, sizeGb: 3 },
  ];
  const masked = {
    iqn: 'iqn.2026-11.example.storage:masked',
    portal,
    initiators: ['iqn.2026-11.example.powervm:sim1.vios2'],
    luns,
  };
  const site = twoHostSite({
    iscsiTargets: [{ iqn, portal, chap, luns }, { iqn, portal: other, luns }, masked],
  });
  const client = await openClient(t, { site });
  return { ...client, masked: masked.iqn, vios: await viosNamed(client.session, 'vios1') };
}

/** Results of a job, whether it went well or not. */
async function iscsi(
  session: Session,
  vios: Entity<typeof VirtualIOServer>,
  operation: 'ISCSIDiscovery' | 'ISCSIRemove',
  parameters: Record<string, string> = {},
): Promise<Record<string, string>> {
  try {
    const job = { type: VirtualIOServer, id: vios.id, operation, parameters };
    return (await session.runJob(job)).results;
  } catch (error) {
    const { job } = PowerVMError.from(error);
    assert.ok(job !== undefined);
    return job.results;
  }
}

async function volumes(session: Session, id: string) {
  const { value } = await session.get(VirtualIOServer, id, { groups: ['ViosStorage'] });
  return value.physicalVolumes.map((volume) => ({
    name: volume.volumeName,
    udid: volume.uniqueDeviceID,
    size: volume.volumeCapacity,
  }));
}

test('ISC-1 a discovery without parameters tells the initiator, each VIOS its own', async (t) => {
  const { session, vios } = await openTarget(t);
  const first = await iscsi(session, vios, 'ISCSIDiscovery', { multipath: 'False' });
  const second = await iscsi(session, await viosNamed(session, 'vios2'), 'ISCSIDiscovery');
  assert.equal(first['RETURN_CODE'], '0');
  assert.match(first['InitiatorName'] ?? '', /^iqn\.\S+sim1\.vios1\s$/);
  assert.notEqual(first['InitiatorName'], second['InitiatorName']);
});

test('ISC-5 a discovered disk appears in the VIOS and can be mapped', async (t) => {
  const { session, vios } = await openTarget(t);
  const before = await volumes(session, vios.id);
  const { DEV_OUTPUT = '', RETURN_CODE } = await iscsi(session, vios, 'ISCSIDiscovery', {
    ...disk,
    multipath: 'False',
  });
  assert.equal(RETURN_CODE, '0');
  const [, name = '', udid] = /^\["iqn\S+ (\S+) (\S+)"\]$/.exec(DEV_OUTPUT) ?? [];
  const found = (await volumes(session, vios.id)).filter(
    (volume) => !before.some((old) => old.udid === volume.udid),
  );
  assert.deepEqual(found, [{ name, udid, size: 2048 }]);
  const again = await iscsi(session, vios, 'ISCSIDiscovery', disk);
  assert.deepEqual([again['RETURN_CODE'], again['DEV_OUTPUT']], ['15', DEV_OUTPUT]);
  const guest = await createPartition(session, 'guest');
  await mapStorage(session, vios, guest, { physicalVolume: { volumeName: name } });
  const removal = { targetIQN: iqn, targetPORTAL: portal, targetLUN: '1' };
  assert.equal((await iscsi(session, vios, 'ISCSIRemove', removal))['RETURN_CODE'], '1');
  await session.commit(VirtualIOServer, vios.id, ['ViosSCSIMapping'], ({ virtualSCSIMappings }) => {
    virtualSCSIMappings.removeWhere(() => true);
  });
  assert.equal((await iscsi(session, vios, 'ISCSIRemove', removal))['RETURN_CODE'], '0');
  assert.deepEqual(await volumes(session, vios.id), before);
  assert.equal((await iscsi(session, vios, 'ISCSIRemove', removal))['RETURN_CODE'], '21');
  assert.equal((await iscsi(session, vios, 'ISCSIDiscovery', disk))['RETURN_CODE'], '0', 'it had logged out');
});

test('ISC-3 several paths of one discovery give one disk', async (t) => {
  const { session, vios } = await openTarget(t);
  const lists = { targetIQN: `[${iqn},${iqn}]`, hostIP: `[${portal},${other}]`, targetLUN: '[2,2]' };
  const single = await iscsi(session, vios, 'ISCSIDiscovery', { ...disk, ...lists, multipath: 'False' });
  assert.equal(single['RETURN_CODE'], '7');
  const before = (await volumes(session, vios.id)).length;
  const found = await iscsi(session, vios, 'ISCSIDiscovery', { ...disk, ...lists, multipath: 'True' });
  assert.equal(found['RETURN_CODE'], '0');
  assert.equal((await volumes(session, vios.id)).length, before + 1);
  const dead = { ...disk, hostIP: `[192.168.99.9:3260,${portal}]`, multipath: 'True' };
  assert.match((await iscsi(session, vios, 'ISCSIDiscovery', dead))['DEV_OUTPUT'] ?? '', /hdisk/);
});

test('refusals carry the codes of the protocol', async (t) => {
  const { session, vios, masked } = await openTarget(t);
  const code = async (changes: Record<string, string>) =>
    (await iscsi(session, vios, 'ISCSIDiscovery', { ...disk, ...changes }))['RETURN_CODE'];
  assert.equal(await code({ hostIP: '192.168.99.9:3260' }), '8');
  assert.equal(await code({ password: 'wrong' }), '24');
  assert.equal(await code({ targetIQN: 'iqn.2026-11.example:nothing' }), '21');
  assert.equal(await code({ targetLUN: '99' }), '21');
  assert.equal(await code({ targetIQN: masked }), '5');
  const second = await viosNamed(session, 'vios2');
  assert.equal(
    (await iscsi(session, second, 'ISCSIDiscovery', { ...disk, targetIQN: masked }))['RETURN_CODE'],
    '0',
  );
});

test('a LUN that was made anew answers 27 until its old disk is removed', async (t) => {
  const { simulator, session, vios } = await openTarget(t);
  await iscsi(session, vios, 'ISCSIDiscovery', disk);
  const lun = `${simulator.url}/simulator/iscsi/${iqn}/luns/1`;
  const answer = await fetch(lun, { method: 'PUT', body: JSON.stringify({ sizeGb: 5 }) });
  assert.equal(answer.status, 200, await answer.text());
  assert.equal((await iscsi(session, vios, 'ISCSIDiscovery', disk))['RETURN_CODE'], '27');
  await iscsi(session, vios, 'ISCSIRemove', { targetIQN: iqn, targetLUN: '1' });
  assert.equal((await iscsi(session, vios, 'ISCSIDiscovery', disk))['RETURN_CODE'], '0');
  const sizes = (await volumes(session, vios.id)).map(({ size }) => size);
  assert.ok(sizes.includes(5 * 1024) && !sizes.includes(2048));
  const targets = await (await fetch(`${simulator.url}/simulator/iscsi`)).text();
  assert.ok(targets.includes(iqn) && !targets.includes(chap.password));
  assert.equal((await fetch(lun, { method: 'DELETE' })).status, 204);
  assert.equal((await fetch(lun, { method: 'DELETE' })).status, 404);
});

test('lists may be one value or bracketed; they must fit together', () => {
  assert.deepEqual(readList('[a, b]'), ['a', 'b']);
  assert.deepEqual(readList('a'), ['a']);
  assert.deepEqual(readList(undefined), []);
  const one = { iqns: ['i'], portals: ['p', 'q'], luns: ['1'] };
  assert.equal(readPaths(one, true)?.length, 2);
  assert.equal(readPaths({ ...one, luns: ['x'] }, true), undefined);
  assert.equal(readPaths({ iqns: ['i', 'j'], portals: ['p', 'q', 'r'], luns: ['1'] }, true), undefined);
});

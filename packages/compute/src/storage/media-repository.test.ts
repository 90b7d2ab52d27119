import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSite, type Site } from '@openstack-powervm/simulator';
import { driverError } from '../testing/expect.js';
import { exampleCall, Rig, removalOf } from '../testing/rig.js';

const MB = 1024 * 1024;

/** The default system; `repositories` says which volume group of which VIOS has one. */
function siteWith(...repositories: (readonly [vios: string, group: string])[]): Site {
  const site = defaultSite();
  const systems = site.systems.map((system) => ({
    ...system,
    vioses: system.vioses.map((vios) => ({
      ...vios,
      volumeGroups: vios.volumeGroups.map((group) =>
        repositories.some(([name, groupName]) => name === vios.name && groupName === group.name)
          ? { ...group, repository: { name: 'media', sizeGb: 2 } }
          : group,
      ),
    })),
  }));
  return { ...site, systems };
}

const open = (site: Site, options = {}) => Rig.open({ simulator: { site }, options });

async function deployed(rig: Rig) {
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.spawn(params, exampleCall());
  return params;
}

/** How many media a volume group of a VIOS has; groups without any are left out. */
const mediaBy = (rig: Rig) =>
  Object.fromEntries(
    rig.system.vioses.flatMap(({ name, volumeGroups }) =>
      volumeGroups
        .filter(({ media }) => media.length > 0)
        .map((group) => [`${name} ${group.name}`, group.media.length]),
    ),
  );

test('CD-3 L-96 deployments at once make one repository of the configured size in the configured group', async () => {
  await using rig = await open(siteWith(), { vopt_media_volume_group: 'rootvg', vopt_media_rep_size: 3 });
  await Promise.all([deployed(rig), deployed(rig), deployed(rig)]);
  const [[place = '', count] = [], ...others] = Object.entries(mediaBy(rig));
  assert.match(place, /^vios[12] rootvg$/);
  assert.deepEqual([count, others], [3, []]);
  const repository = /RepositoryName[^>]*>vopt<[\s\S]*RepositorySize[^>]*>3[.0]*</;
  assert.ok(rig.requests.some(({ requestBody = '' }) => repository.test(requestBody)));
});

test('CD-3 L-95 a repository that exists is used, whatever its volume group and VIOS', async () => {
  await using rig = await open(siteWith(['vios2', 'datavg']), { vopt_media_volume_group: 'nosuchvg' });
  await deployed(rig);
  assert.deepEqual(mediaBy(rig), { 'vios2 datavg': 1 });
});

test('CD-3 where there is neither repository nor configured group the deployment is refused with what there is', async () => {
  await using rig = await open(siteWith(), { vopt_media_volume_group: 'nosuchvg' });
  const before = rig.inventory();
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await assert.rejects(
    rig.driver.spawn(params, exampleCall()),
    driverError('PVM_NO_MEDIA_REPOSITORY', '"nosuchvg"', 'vopt_media_volume_group', 'datavg on vios1'),
  );
  assert.deepEqual(rig.inventory().partitions, before.partitions);
});

test('CD-3 CD-9 while the VIOS with the repository is away another one serves, and media are deleted on both', async () => {
  let now = 0;
  const clock = { now: () => now, sleep: async () => {} };
  // The disks are on vios2, so that only the repository is away with vios1.
  const site = siteWith(['vios1', 'rootvg']);
  const [system] = site.systems;
  const [vios1, vios2] = system?.vioses ?? [];
  assert.ok(vios1 && vios2);
  vios1.volumeGroups = vios1.volumeGroups.filter(({ name }) => name === 'rootvg');
  await using rig = await Rig.open({ simulator: { site }, clock });
  const change = (rmc: 'active' | 'inactive') => {
    rig.simulator.happen('vios1', { rmc });
    // The list of VIOSes is read again after a minute, whether or not the event has come.
    now += 61_000;
  };
  const first = await deployed(rig);
  change('inactive');
  const second = await deployed(rig);
  assert.deepEqual(mediaBy(rig), { 'vios1 rootvg': 1, 'vios2 rootvg': 1 });

  change('active');
  await rig.driver.destroy(removalOf(first), exampleCall());
  await rig.driver.destroy(removalOf(second), exampleCall());
  assert.deepEqual(mediaBy(rig), {});
});

test('CD-9 DSK-7 TX-5 disks and media are deleted after everything was unmapped', async () => {
  await using rig = await open(siteWith());
  const params = await deployed(rig);
  rig.requests.length = 0;
  await rig.driver.destroy(removalOf(params), exampleCall());
  const writes = rig.sent('POST').map((request) => (request.includes('/VolumeGroup/') ? 'delete' : 'unmap'));
  assert.deepEqual(writes, ['unmap', 'delete', 'delete']);
});

test('L-104 an instance without config drive costs no look at the media', async () => {
  await using rig = await open(siteWith(), { use_rmc_mgmt_vif: false });
  const params = await rig.deployment({ image: rig.images.add(MB), configDrivePath: null });
  await rig.driver.spawn(params, exampleCall());
  rig.requests.length = 0;
  await rig.driver.destroy({ ...removalOf(params), configDrive: false, destroyDisks: false }, exampleCall());
  assert.ok(!rig.requests.some(({ path }) => path.includes('/VolumeGroup')));
});

test('L-98 a medium that cannot be taken back does not hide why the deployment failed', async () => {
  await using rig = await open(siteWith(['vios1', 'rootvg']), {});
  const params = await rig.deployment({ image: rig.images.add(MB) });
  await rig.driver.cacheImage(
    { image: params.image, imageAccess: params.imageAccess ?? assert.fail() },
    exampleCall(),
  );
  const refusal = (path: string, message: string) =>
    rig.simulator.faults.add({ method: 'POST', path, effect: { kind: 'error', status: 400, message } });
  const vios1 = rig.system.vioses.find(({ name }) => name === 'vios1');
  const group = vios1?.volumeGroups.find(({ name }) => name === 'rootvg');
  refusal(`/rest/api/uom/VirtualIOServer/*/VolumeGroup/${group?.uuid}`, 'the repository is busy');
  refusal(`/rest/api/uom/VirtualIOServer/${vios1?.uuid}`, 'no more slots');
  await assert.rejects(
    rig.driver.spawn(params, exampleCall()),
    driverError('PVM_REST_FAILED', 'no more slots'),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Session } from '@openstack-powervm/rest';
import { defaultSite, type Simulator, startSimulator, twoHostSite } from '@openstack-powervm/simulator';
import { exampleOptions } from '../testing/nova.js';
import { checkHost, checkOptions, type Finding } from './index.js';

type Options = Parameters<typeof exampleOptions>[0];

function check(simulator: Simulator, options: Options): Promise<Finding[]> {
  const credentials = { kind: 'local' } as const;
  return checkHost(
    (call) => Session.open({ endpoint: simulator.url, credentials }, call),
    exampleOptions({ rest_endpoint: simulator.url, ...options }),
    {},
  );
}

const found = (findings: readonly Finding[], level: Finding['level']) =>
  findings.filter((each) => each.level === level).map(({ topic, text }) => `${topic}: ${text}`);

test('a sound host has no problems, and the check leaves nothing on it', async () => {
  await using simulator = await startSimulator();
  const before = JSON.stringify(simulator.inspect().systems);
  const findings = await check(simulator, { volume_group_name: 'datavg' });
  assert.deepEqual([...found(findings, 'problem'), ...found(findings, 'warning')], []);
  assert.deepEqual(
    [...new Set(findings.map(({ topic }) => topic))],
    ['session', 'system', 'clock', 'vios', 'storage', 'media', 'switch'],
  );
  assert.equal(JSON.stringify(simulator.inspect().systems), before);
  assert.deepEqual(
    simulator.inspect().consoles.flatMap(({ sessions }) => sessions),
    [],
  );
});

test('all problems are listed at once, each with what to do', async () => {
  await using simulator = await startSimulator({
    site: defaultSite({ switches: [{ name: 'ETHERNET0' }] }),
  });
  simulator.happen('vios2', { rmc: 'inactive' });
  const findings = await check(simulator, {
    volume_group_name: 'nowhere',
    vopt_media_volume_group: 'neither',
  });
  const problems = found(findings, 'problem').join('\n');
  assert.match(problems, /storage: .*volume_group_name is "nowhere".*datavg on vios\d/);
  assert.match(problems, /media: there is no media repository, and no volume group "neither"/);
  const warnings = found(findings, 'warning').join('\n');
  assert.match(warnings, /vios: vios2 is running, RMC inactive: it is left out/);
  assert.match(warnings, /switch: sim1 has no virtual switch MGMTSWITCH/);
  for (const { level, advice } of findings) assert.equal(advice !== undefined, level !== 'ok');
});

test('INIT-4 without an active VIOS the states tell why', async () => {
  await using simulator = await startSimulator();
  simulator.happen('vios1', { rmc: 'inactive' });
  simulator.happen('vios2', { state: 'error' });
  const findings = await check(simulator, { volume_group_name: 'datavg' });
  const vios = findings.find(({ topic }) => topic === 'vios');
  assert.equal(vios?.code, 'PVM_NO_ACTIVE_VIOS');
  assert.match(vios?.text ?? '', /vios1 is running, RMC inactive/);
  assert.match(vios?.text ?? '', /vios2 is error/);
});

test('SSP-1 the cluster is looked for by name', async () => {
  await using simulator = await startSimulator({ site: twoHostSite() });
  const good = await check(simulator, { disk_driver: 'ssp' });
  assert.match(found(good, 'ok').join('\n'), /storage: the Shared Storage Pool, served by 2 VIOSes/);
  const bad = await check(simulator, { disk_driver: 'ssp', cluster_name: 'moon' });
  assert.equal(bad.find(({ topic }) => topic === 'storage')?.code, 'PVM_CLUSTER_NOT_FOUND');
});

test('INIT-13 no session is one problem with the option to look at', async () => {
  const options = exampleOptions({ rest_endpoint: 'http://127.0.0.1:1', volume_group_name: 'datavg' });
  const open = () => Session.open({ endpoint: 'http://127.0.0.1:1', credentials: { kind: 'local' } });
  const [finding, ...others] = await checkHost(open, options, {});
  assert.deepEqual(others, []);
  assert.equal(finding?.code, 'PVM_SERVER_UNREACHABLE');
  assert.match(finding?.text ?? '', /\[powervm\] rest_endpoint/);
});

test('CFG-1 every bad value is named; CFG-2 what misses its partner too', () => {
  const bad = checkOptions({ proc_units_factor: 7, uncapped_proc_weight: 0, disk_driver: 'tape' });
  assert.equal(bad.options, undefined);
  assert.deepEqual(
    bad.findings.map(({ text }) => text.split(':')[0]),
    ['[powervm] disk_driver', '[powervm] proc_units_factor', '[powervm] uncapped_proc_weight'],
  );
  const lonely = checkOptions({ rest_endpoint: 'http://10.0.0.1:12080', rest_password: 'x' });
  const x509 = checkOptions({ volume_group_name: 'datavg', vnc_use_x509_auth: true, vnc_ca_certs: 'ca.pem' });
  assert.deepEqual(
    x509.findings.map(({ text }) => text.split('but ')[1]),
    ['vnc_server_cert is not set', 'vnc_server_key is not set'],
  );
  const texts = lonely.findings.map(({ level, text }) => `${level} ${text}`).join('\n');
  assert.match(texts, /problem .*volume_group_name is not set/);
  assert.match(texts, /problem .*rest_username and rest_password go together/);
  assert.match(texts, /warning the password .* unencrypted/);
});

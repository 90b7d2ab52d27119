import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readConfig } from '@openstack-powervm/oslo';
import { DevStackMachine } from './phases.js';

/*
 * The DevStack plugin with the functions of a real DevStack, from the checkout named by --devstack. Stacking a whole
 * OpenStack needs the Internet; here the plugin's own part is run, and what it starts and writes is tried.
 */
const devstack = process.env['POWERVM_DEVSTACK'];
const installedNova = '/usr/lib/python3/dist-packages/nova';

const obstacle = (): string | undefined => {
  if (devstack === undefined || !existsSync(join(devstack, 'stack.sh')))
    return 'no checkout of DevStack: npm run test:devstack -- --devstack DIR';
  return existsSync(installedNova) ? undefined : 'no Nova is installed';
};
const skip = obstacle() ?? false;

function machine(t: TestContext, ...localrc: string[]): DevStackMachine {
  return new DevStackMachine(t, resolve(devstack ?? ''), `${localrc.join('\n')}\n`);
}

test('DS-1 DS-2 DevStack stacks a simulated Power system, and leaves nothing of it', { skip }, async (t) => {
  const stack = machine(t, 'POWERVM_SIMULATOR=True', 'POWERVM_SIMULATOR_PORT=25990');
  stack.copyNova(installedNova);
  const stacked = await stack.run('stack pre-install', 'stack install', 'stack post-config', 'stack extra');
  assert.equal(stacked.code, 0, stacked.output);

  await stack.logged('powervm-simulator', /ready$/m);
  await stack.logged('powervm-compute', /listening/);
  const main = join(stack.checkout, 'packages/cli/dist/main.js');
  const checked = execFileSync(process.execPath, [main, 'compute', 'check', '--config-file', stack.novaConf]);
  assert.match(checked.toString(), /ready/i);

  const load = 'print(type(driver.load_compute_driver(None, "powervm_ext.driver.PowerVMDriver")).__name__)';
  const loaded = execFileSync('/usr/bin/python3', ['-c', `from nova.virt import driver; ${load}`], {
    env: { ...process.env, PYTHONPATH: `${join(stack.folder, 'nova')}:${join(stack.folder, 'python')}` },
  });
  assert.equal(loaded.toString().trim(), 'PowerVMDriver');

  for (const service of ['powervm-compute', 'powervm-sea-agent', 'powervm-sriov-agent'])
    assert.match(stacked.output, new RegExp(`^${service}: /\\S+node `, 'm'));

  const gone = await stack.run('unstack', 'clean');
  assert.equal(gone.code, 0, gone.output);
  for (const left of ['nova/nova/virt/powervm_ext', 'data/openstack-powervm', 'powervm-compute.pid'])
    assert.ok(!existsSync(join(stack.folder, left)), left);
});

test('DS-2 options of local.conf reach nova.conf and the agents', { skip }, async (t) => {
  const stack = machine(
    t,
    ...['POWERVM_REST_ENDPOINT=https://hmc.example:12443', 'POWERVM_REST_USERNAME=operator'],
    ...['POWERVM_REST_PASSWORD=correct-horse', 'POWERVM_VOLUME_GROUP=devstackvg'],
    ...['POWERVM_BRIDGE_MAPPINGS=default:ent5:vios1', 'disable_service powervm-sriov-agent'],
  );
  const done = await stack.run('stack pre-install', 'stack post-config');
  assert.equal(done.code, 0, done.output);
  const nova = await readConfig([stack.novaConf]);
  const option = (group: string, name: string) => nova.get(group, name);
  assert.equal(option('powervm', 'rest_endpoint'), 'https://hmc.example:12443');
  assert.equal(option('powervm', 'disk_driver'), 'localdisk');
  assert.equal(option('powervm', 'volume_group_name'), 'devstackvg');
  assert.equal(option('DEFAULT', 'compute_driver'), 'powervm_ext.driver.PowerVMDriver');
  const agent = await readConfig([join(stack.folder, 'etc/neutron/plugins/ml2/powervm_sea_agent.ini')]);
  assert.equal(agent.get('AGENT', 'bridge_mappings'), 'default:ent5:vios1');
  assert.equal(agent.get('powervm', 'rest_username'), 'operator');
  assert.doesNotMatch(done.output, /correct-horse|^powervm-sriov-agent: /m);
});

test('what local.conf lacks stops the stacking before anything is made', { skip }, async (t) => {
  for (const [localrc, sentence] of [
    ['POWERVM_REST_USERNAME=operator', /set POWERVM_VOLUME_GROUP in local\.conf/],
    ['POWERVM_NODE=/usr/bin/false\nPOWERVM_SIMULATOR=True', /needs Node\.js 20\.18\.1 or later/],
    ['POWERVM_ADMIN_GROUP=no-such-group', /no group no-such-group, so it is no NovaLink partition/],
  ] as const) {
    const stack = machine(t, localrc);
    const { code, output } = await stack.run('stack pre-install', 'stack post-config');
    assert.notEqual(code, 0, localrc);
    assert.match(output, sentence);
    assert.ok(!existsSync(stack.novaConf), localrc);
  }
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Simulator, startSimulator } from '@openstack-powervm/simulator';
import { powervm } from '../testing/run.js';

let simulator: Simulator;
let folder = '';
before(async () => {
  simulator = await startSimulator();
  folder = mkdtempSync(join(tmpdir(), 'powervm-check-'));
});
after(async () => {
  rmSync(folder, { recursive: true });
  await simulator.close();
});

function novaConf(lines: readonly string[], driver = 'powervm_ext.driver.PowerVMDriver'): string {
  const path = join(folder, 'nova.conf');
  const head = ['[DEFAULT]', `compute_driver = ${driver}`, `mkisofs_cmd = ${process.execPath}`, '[powervm]'];
  const terminals = `mkvterm_command = ${process.execPath}`;
  const own = [
    terminals,
    `rest_endpoint = ${simulator.url}`,
    `daemon_socket = ${folder}/compute.sock`,
    ...lines,
  ];
  writeFileSync(path, [...head, ...own, ''].join('\n'));
  return path;
}

test('a configuration that works ends with status 0', async () => {
  const file = novaConf(['volume_group_name = datavg']);
  const run = await powervm(['compute', 'check', '--config-file', file]);
  assert.equal(run.status, 0, run.out + run.err);
  assert.match(run.out, /^ok +storage +volume group datavg on vios\d has 1024 of 1024 GB free$/m);
  assert.match(run.out, /everything is ready\n$/);
});

test('CFG-1 what is wrong in the file, on the machine and on the host is reported at once', async () => {
  const file = novaConf(
    [
      'rest_ca_certs = /etc/hostname',
      'mkvterm_command = /nowhere/mkvterm',
      'uncapped_proc_weight = 700',
      'volume_group = datavg',
      'fabric_A_port_wwpns = c0',
      'daemon_socket = /nowhere/compute.sock',
    ],
    'libvirt.LibvirtDriver',
  );
  const run = await powervm(['compute', 'check', '--config-file', file, '--json']);
  assert.equal(run.status, 1, run.err);
  const report: { problems: number; findings: { level: string; text: string; advice: string | null }[] } =
    JSON.parse(run.out);
  const text = report.findings.map((each) => `${each.level} ${each.text}`).join('\n');
  assert.match(text, /problem .*nova\.conf: option uncapped_proc_weight in \[powervm\].*at most 255/);
  assert.match(text, /problem .*volume_group_name is not set/);
  assert.match(text, /warning \[powervm\] volume_group is ignored: there is no such option/);
  assert.match(text, /warning \[powervm\] fabric_A_port_wwpns is ignored: Cinder volumes/);
  assert.match(text, /problem .*compute_driver is "libvirt\.LibvirtDriver"/);
  assert.match(text, /problem the folder \/nowhere of \[powervm\] daemon_socket/);
  assert.match(text, /problem \[powervm\] rest_ca_certs: \/etc\/hostname is no readable PEM certificate/);
  assert.match(text, /warning there is no program "\/nowhere\/mkvterm" for consoles/);
  assert.match(text, /ok vios1 is running/);
  assert.equal(report.problems, report.findings.filter(({ level }) => level === 'problem').length);
});

test('R08 a password is in no report, and a refused one is a problem with its option', async () => {
  const file = novaConf(['volume_group_name = datavg', 'rest_username = me', 'rest_password = hunter2']);
  const run = await powervm(['compute', 'check', '--config-file', file]);
  assert.equal(run.status, 1);
  assert.match(run.out, /problem +session .*rest_username and rest_password.*\[PVM_CREDENTIALS_REFUSED\]/);
  assert.doesNotMatch(run.out + run.err, /hunter2/);
});

test('a file that cannot be read is named', async () => {
  const run = await powervm(['compute', 'check', '--config-file', join(folder, 'none.conf')]);
  assert.equal(run.status, 1);
  assert.match(run.err, /cannot read .*none\.conf/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { features } from '@openstack-powervm/compute';
import { capabilities, tellsOfVolumes } from '../../tempest/capabilities.js';
import { failures, reportPage, skipReasons, totals } from '../../tempest/report.js';
import { exceptionOf, ResultReader } from '../../tempest/results.js';

const printed = `
{0} tempest.api.compute.servers.test_create_server.ServersTestJSON.test_list_servers [0.145504s] ... ok
{1} setUpClass (tempest.api.compute.servers.test_rescue.ServerRescueTest) ... SKIPPED: Server rescue not available.
{1} tempest.api.compute.servers.test_actions.Actions.test_pause ... SKIPPED: Pause is not available.
{1} tempest.api.compute.servers.test_actions.Actions.test_unpause ... SKIPPED: Pause is not available.
{0} tempest.api.compute.servers.test_actions.Actions.test_reboot [18.612088s] ... FAILED

Captured traceback:
~~~~~~~~~~~~~~~~~~~
    Traceback (most recent call last):
      File "/usr/lib/python3/dist-packages/tempest/common/waiters.py", line 96, in wait_for_server_status
    tempest.lib.exceptions.TimeoutException: Request timed out
    Details: (Actions:test_reboot) Server 1 failed to reach ACTIVE status
{1} tempest.api.compute.servers.test_actions.Actions.test_stop [2.5s] ... ok

======
Totals
======
Ran: 5 tests in 60.0000 sec.
 - Passed: 2
`;

function read() {
  const reader = new ResultReader();
  for (const line of printed.split('\n')) reader.read(line);
  return reader.results;
}

test('every line of a Tempest run is counted once, with the reason of a skip and the detail of a failure', () => {
  const results = read();
  assert.equal(totals(results), '2 passed, 1 failed, 3 skipped');
  const [failed] = results.filter(({ outcome }) => outcome === 'failed');
  assert.ok(failed);
  assert.equal(exceptionOf(failed), 'tempest.lib.exceptions.TimeoutException: Request timed out');
  assert.ok(!failed.detail.includes('Totals'));
  const [[reason, names] = ['', []]] = skipReasons(results);
  assert.equal(reason, 'Pause is not available.');
  assert.equal(names.length, 2);
});

test('the report hides no failure and no skip, and tells the size of the machine', () => {
  const results = read();
  const page = reportPage({
    subject: 'a driver on a system',
    at: new Date('2026-11-30T10:00:00Z'),
    workers: 2,
    machine: { cores: 2, processor: 'a processor', memoryGib: 24, load: 1 },
    parts: [{ set: { name: 'part', title: 'a part', regex: 'x|y' }, minutes: 1, results }],
    switches: [
      { flag: 'pause', on: false, reason: 'A07' },
      { flag: 'resize', on: true, reason: 'A14' },
    ],
  });
  for (const text of [
    'test_reboot',
    'Request timed out',
    'Server rescue not available.',
    '| pause | A07 |',
    '| `compute.servers.test_actions.Actions` | 1 | 2.5 |',
    '| a part | `x\\|y` | 2 | 1 | 3 | 1.0 |',
    '2 cores (a processor), 24 GiB',
  ])
    assert.ok(page.includes(text), `${text} in ${page}`);
  assert.ok(!page.includes('| resize |'));
});

test('a failure that is proven to be upstream is told with its proof and does not count', () => {
  const reader = new ResultReader();
  reader.read(
    '{0} tempest.api.compute.admin.test_server_diagnostics.ServerDiagnosticsV248Test.' +
      'test_get_server_diagnostics[id-64d0d48c-dff1-11e6-bf01-fe55135034f3] [11.0s] ... FAILED',
  );
  assert.equal(failures(reader.results).length, 0);
  assert.equal(totals(reader.results), "0 passed, 1 failed (1 proven not to be the driver's), 0 skipped");
});

test('O03 a feature flag is off only for what the support matrix lacks', () => {
  for (const { flag, on, reason } of capabilities()) {
    const [id = ''] = reason.split(' ');
    const feature = features.find((each) => each.id === id);
    if (feature) assert.equal(on, ['complete', 'partial'].includes(feature.support), flag);
    assert.notEqual(reason, '', flag);
  }
  assert.equal(tellsOfVolumes('tempest.api.volume').on, true);
});

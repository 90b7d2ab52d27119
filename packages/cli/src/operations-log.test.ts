import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { BridgeClient } from '@openstack-powervm/bridge';
import { type Simulator, startSimulator } from '@openstack-powervm/simulator';
import { Daemon } from './testing/daemon.js';
import { deploymentOf, imageToken, instance, instanceUuid, serveImage } from './testing/deployment.js';

const password = 'pvmadmin-simulated';

const asked = (requestId: string) => ({ request: { requestId, userId: null, projectId: null } });

describe('FLOW-5 FLOW-7 the log of the compute daemon, through the bridge', () => {
  let simulator: Simulator;
  let daemon: Daemon;
  let client: BridgeClient;
  before(async () => {
    simulator = await startSimulator();
    daemon = await Daemon.start();
    const rest = { rest_endpoint: simulator.url, rest_username: 'pvmadmin', rest_password: password };
    client = await daemon.connect({ ...rest, volume_group_name: 'datavg', use_rmc_mgmt_vif: false });
    await client.call('initHost', asked('req-start'));
  });
  after(async () => {
    await client.close();
    await daemon[Symbol.asyncDispose]();
    await simulator.close();
  });

  const linesOf = (requestId: string) => daemon.lines.filter((line) => line['requestId'] === requestId);
  const messages = (requestId: string) => linesOf(requestId).map((line) => String(line['msg']));

  test('an operation has a line at its begin, one for each step with its time, and one at its end', async () => {
    await using images = await serveImage();
    await client.call('spawn', deploymentOf('req-spawn', images.endpoint));
    const said = messages('req-spawn');
    assert.equal(said[0], 'spawn: begins');
    assert.equal(said.at(-1), 'spawn: done');
    const requests = said.filter((text) => /^(GET|PUT|POST|DELETE) \/rest\//.test(text));
    assert.ok(requests.length >= 8, 'every REST request made for it');
    const steps = said.filter((text) => text.includes(': step "'));
    assert.ok(steps.length >= 4, said.join('\n'));
    assert.equal(new Set(steps).size, steps.length, 'one line for each step');
    for (const line of linesOf('req-spawn')) {
      assert.equal(line['instance'], instanceUuid);
      if (line['msg'] !== 'spawn: begins') assert.equal(typeof line['milliseconds'], 'number');
    }
  });

  test('a failure is told with the console’s words, the steps undone, and the request id on every line', async () => {
    await using images = await serveImage();
    simulator.faults.add({
      method: 'PUT',
      path: '/rest/api/uom/LogicalPartition*',
      count: 1,
      effect: { kind: 'error', status: 500, message: 'The hypervisor is tired.' },
    });
    const parameters = deploymentOf('req-fails', images.endpoint);
    const other = { ...instance, uuid: '6c9bb7d5-f576-45e8-9277-33fe0201862c', name: 'instance-0000000c' };
    await assert.rejects(client.call('spawn', { ...parameters, instance: other }), /hypervisor is tired/);
    const said = messages('req-fails');
    assert.match(said.at(-1) ?? '', /^spawn: .*The hypervisor is tired/);
    assert.ok(
      said.some((text) => /step ".*" failed: .*The hypervisor is tired/.test(text)),
      said.join('\n'),
    );
  });

  test('lines without a request are those of the process itself', async () => {
    const own = daemon.lines.filter((line) => line['requestId'] === undefined).map(({ msg }) => String(msg));
    const rest = own.filter((text) => text.includes(' /rest/'));
    assert.deepEqual(
      own.filter((text) => !rest.includes(text)),
      ['listening', 'a nova-compute has connected'],
    );
    assert.deepEqual(
      rest.filter((text) => !text.includes('/Event?')),
      [],
      'only the poll for events belongs to no request',
    );
  });

  test('ERR-2 R08 no secret that passed through the daemon is in its log, which was at its most talkative', () => {
    for (const secret of [password, imageToken]) assert.ok(!daemon.text.includes(secret));
    assert.doesNotMatch(daemon.text, /X-API-Session|X-Auth-Token/i);
  });
});

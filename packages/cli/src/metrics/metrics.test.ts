import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BridgeClient } from '@openstack-powervm/bridge';
import { Session } from '@openstack-powervm/rest';
import { startSimulator } from '@openstack-powervm/simulator';
import { Daemon } from '../testing/daemon.js';
import { deploymentOf, serveImage } from '../testing/deployment.js';
import { metricsAddress } from './address.js';
import { Registry } from './registry.js';
import { measureRest } from './rest-metrics.js';

test('the text is what Prometheus reads: help, type, labels escaped, buckets that grow', () => {
  const registry = new Registry();
  registry.counter('a_total', 'Things.').add({ kind: 'say "hi"\\\n' }, 2);
  const times = registry.histogram('b_seconds', 'Times.', [0.1, 1]);
  for (const seconds of [0.05, 0.5, 5]) times.observe(seconds, { verb: 'GET' });
  registry.gauge('c', 'Now.', () => 1.5);
  assert.equal(
    registry.text(),
    [
      '# HELP a_total Things.',
      '# TYPE a_total counter',
      'a_total{kind="say \\"hi\\"\\\\\\n"} 2',
      '# HELP b_seconds Times.',
      '# TYPE b_seconds histogram',
      'b_seconds_bucket{verb="GET",le="0.1"} 1',
      'b_seconds_bucket{verb="GET",le="1"} 2',
      'b_seconds_bucket{verb="GET",le="+Inf"} 3',
      'b_seconds_sum{verb="GET"} 5.55',
      'b_seconds_count{verb="GET"} 3',
      '# HELP c Now.',
      '# TYPE c gauge',
      'c 1.5',
      '',
    ].join('\n'),
  );
});

test('an address is host and port, or a port on this machine', () => {
  assert.deepEqual(metricsAddress('127.0.0.2:9736'), { host: '127.0.0.2', port: 9736 });
  assert.deepEqual(metricsAddress('9736'), { host: '127.0.0.1', port: 9736 });
  assert.deepEqual(metricsAddress('[::1]:9736'), { host: '::1', port: 9736 });
  for (const bad of ['', 'x', '127.0.0.1:', '127.0.0.1:99999']) assert.throws(() => metricsAddress(bad), bad);
});

test('sessions, requests by method and status, and event gaps are counted', async () => {
  await using simulator = await startSimulator();
  const registry = new Registry();
  const stop = measureRest(registry);
  try {
    await using session = await Session.open({ endpoint: simulator.url, credentials: { kind: 'local' } });
    await session.read('/rest/api/uom/Nothing').catch(() => undefined);
    for await (const event of session.events()) {
      assert.equal(event.reason, 'subscribed');
      break;
    }
    assert.match(registry.text(), /^powervm_rest_sessions 1$/m);
  } finally {
    stop();
  }
  const text = registry.text();
  assert.match(text, /^powervm_rest_requests_total\{method="GET",status="(404|501)"\} 1$/m);
  assert.match(text, /^powervm_rest_session_steps_total\{step="logon"\} 1$/m);
  assert.doesNotMatch(text, /^powervm_rest_event_gaps_total\{/m);
  assert.match(text, /^powervm_rest_sessions 0$/m);
});

const asked = { request: { requestId: 'req-1', userId: null, projectId: null } };

async function scrape(daemon: Daemon): Promise<string> {
  const url = daemon.lines.find(({ msg }) => msg === 'metrics are served')?.['url'];
  const response = await fetch(String(url));
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  return response.text();
}

test('a daemon serves what Nova has asked for, what it cost, and its own figures', async () => {
  await using simulator = await startSimulator();
  await using images = await serveImage();
  await using daemon = await Daemon.start(['--metrics', '127.0.0.1:0']);
  await using client: BridgeClient = await daemon.connect({
    ...{ rest_endpoint: simulator.url, volume_group_name: 'datavg', use_rmc_mgmt_vif: false },
  });
  await client.call('initHost', asked);
  await client.call('spawn', deploymentOf('req-2', images.endpoint));
  const text = await scrape(daemon);
  assert.match(text, /^powervm_operations_total\{operation="spawn",outcome="done"\} 1$/m);
  assert.match(text, /^powervm_operation_seconds_count\{operation="spawn"\} 1$/m);
  assert.match(text, /^powervm_steps_total\{operation="spawn",step="[^"]+",outcome="done"\} 1$/m);
  assert.match(text, /^powervm_rest_requests_total\{method="POST",status="200"\} [1-9]/m);
  assert.match(text, /^powervm_rest_commit_edits_count [1-9]/m);
  assert.match(text, /^powervm_rest_transfer_bytes_total 1048576$/m);
  assert.match(text, /^process_resident_memory_bytes [1-9]\d{6,}$/m);
  for (const line of text.trimEnd().split('\n'))
    assert.match(line, /^(# (HELP|TYPE) .+|[a-z_0-9]+(\{.*\})? \S+)$/);
});

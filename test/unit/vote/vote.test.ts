import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import type { TestResult } from '../../tempest/results.js';
import { decide } from '../../vote/decision.js';
import { asAccess } from '../../vote/existing-cloud.js';
import { countByHost } from '../../vote/host.js';
import { indexPage } from '../../vote/index-page.js';
import { readRequest, UsageError } from '../../vote/request.js';

const root = resolve(import.meta.dirname, '../../../..');

const result = (outcome: TestResult['outcome'], name = 'a.test'): TestResult => ({
  ...{ name, outcome, seconds: 1, detail: '' },
});
const good = {
  results: [result('passed'), result('skipped')],
  host: 'neo1',
  servers: new Map([['neo1', 3]]),
  leftovers: [],
};

test('CI-4 the vote is +1 when tests have passed on the host, none has failed and nothing is left', () => {
  assert.deepEqual(decide(good), { value: '+1', reasons: [] });
});

const bad: readonly (readonly [string, Parameters<typeof decide>[0]])[] = [
  ['1 test has failed', { ...good, results: [...good.results, result('failed')] }],
  ['no test has passed', { ...good, results: [result('skipped')] }],
  ['no server was on neo1', { ...good, servers: new Map([['other', 3]]) }],
  ['left behind: server x', { ...good, leftovers: ['server x'] }],
  ['compute host neo1 is down and enabled', { ...good, obstacle: 'compute host neo1 is down and enabled' }],
];
for (const [reason, findings] of bad)
  test(`CI-7 the vote is -1 with the reason: ${reason}`, () =>
    assert.deepEqual(decide(findings), { value: '-1', reasons: [reason] }));

test('servers are counted by the host that they were on', () => {
  const server = (host: string | null) => ({
    ...{ id: '1', name: 'n', status: 'DELETED', created: '', 'OS-EXT-SRV-ATTR:host': host },
  });
  const counts = countByHost([server('a'), server('b'), server('a'), server(null)]);
  assert.deepEqual(
    [...counts],
    [
      ['a', 2],
      ['b', 1],
    ],
  );
});

test('the index page tells the vote and links every file', () => {
  const page = indexPage({
    subject: 'a driver on <host>',
    at: new Date(0),
    vote: { value: '-1', reasons: ['1 test has failed'] },
    totals: '1 passed, 1 failed, 0 skipped',
    servers: new Map([['neo1', 2]]),
    failed: [{ name: 'a.test', exception: 'Timeout & more' }],
    files: [{ name: 'log/nova.log', bytes: 7 }],
  });
  for (const text of [
    'Vote: -1',
    '&lt;host&gt;',
    'Timeout &amp; more',
    'href="log/nova.log"',
    '2 servers on neo1',
  ])
    assert.ok(page.includes(text), text);
});

/** The logon that both forms of OS_AUTH_URL give. */
const printed = {
  auth_url: 'https://keystone.example:5000',
  username: 'admin',
  password: 'abc',
  region_name: 'RegionOne',
  cacert: '/etc/ca.pem',
  'auth.project_name': 'admin',
};

test('an existing cloud is read from the words of the openstack client', () => {
  for (const url of ['https://keystone.example:5000', 'https://keystone.example:5000/v3/']) {
    const { access, caFile } = asAccess({ ...printed, auth_url: url });
    assert.equal(access.authUrl, 'https://keystone.example:5000/v3');
    assert.equal(caFile, '/etc/ca.pem');
    assert.deepEqual(access.user, { name: 'admin', domain: 'Default' });
  }
  assert.throws(() => asAccess({ ...printed, password: undefined }), /not described well enough: password/);
});

test('a command line that cannot be followed is refused with what is wrong', () => {
  for (const [args, message] of [
    [['--host', 'neo1'], /needs --image/],
    [['--set', 'other'], /there is no set other/],
    [['--workers', '0'], /--workers wants a whole number above 0/],
    [['--no-such'], /no-such/],
  ] as const)
    assert.throws(
      () => readRequest(args),
      (error) => error instanceof UsageError && message.test(error.message),
    );
  assert.equal(readRequest(['--help']), undefined);
  assert.equal(readRequest([])?.choice, undefined);
});

test('every command line of the page for third-party CI is understood', () => {
  const page = readFileSync(join(root, 'docs/third-party-ci.md'), 'utf8').replaceAll(/\\\n\s*/g, '');
  const lines = [...page.matchAll(/npm run vote(?: -- ([^`\n#]*))?/g)].map(([, words = '']) => words.trim());
  assert.ok(lines.length >= 3);
  for (const line of lines) assert.ok(readRequest(line === '' ? [] : line.split(/\s+/)), line);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Redactor } from '../../vote/redact.js';

const known = 'k1/Known+secret"with signs';
const redactor = new Redactor([known, '']);
const clean = (line: string): string => redactor.reader()(line);

test('a known secret is found as it is, in a URL and in a JSON string', () => {
  for (const line of [
    `the password was ${known}.`,
    `http://h/?x=${encodeURIComponent(known)}`,
    JSON.stringify({ anything: known }),
  ]) {
    assert.ok(redactor.finds(line), line);
    assert.ok(!redactor.finds(clean(line)), clean(line));
  }
});

/** A line, and what of it may be published. */
const lines: readonly (readonly [string, string])[] = [
  ['admin_password = x y', 'admin_password = ***'],
  ['default_pass = abc', 'default_pass = ***'],
  ['rest_password: abc', 'rest_password: ***'],
  ['service_token_roles = service', 'service_token_roles = service'],
  [
    'connection = mysql+pymysql://nova:abc@127.0.0.1:1/nova',
    'connection = mysql+pymysql://nova:***@127.0.0.1:1/nova',
  ],
  ["Body: {'adminPass': 'a\"b', 'id': 1}", "Body: {'adminPass': '***', 'id': 1}"],
  ['Body: {"user": {"password": "abc", "name": "n"}}', 'Body: {"user": {"password": "***", "name": "n"}}'],
  ['{\\"password\\": \\"abc\\", \\"name\\": 1}', '{\\"password\\": \\"***\\", \\"name\\": 1}'],
  ["'X-Auth-Token': 'abcdefgh12345'", "'X-Auth-Token': '***'"],
  ['token gAAAAABlabcdefghijklmnopqrstuv== used', 'token *** used'],
  ['GET /vnc_lite.html?path=%3Ftoken%3D1b2c-3d HTTP', 'GET /vnc_lite.html?path=%3Ftoken%3D*** HTTP'],
  ["CREATE USER x IDENTIFIED BY 'abc'", "CREATE USER x IDENTIFIED BY '***'"],
  [
    '"private_key": "-----BEGIN RSA PRIVATE KEY-----\\nMII\\n-----END RSA PRIVATE KEY-----\\n"',
    '"private_key": "***"',
  ],
  [
    'spawn: step "create boot disk" done milliseconds=4421',
    'spawn: step "create boot disk" done milliseconds=4421',
  ],
];

for (const [line, published] of lines)
  test(`of «${line}» is published what is no secret`, () => assert.equal(clean(line), published));

test('a private key over many lines is taken out, and what follows it stays', () => {
  const read = redactor.reader();
  const text = [
    'x -----BEGIN OPENSSH PRIVATE KEY-----',
    'b3Blbn',
    'NzaC1',
    '-----END OPENSSH PRIVATE KEY-----',
    'y',
  ];
  assert.equal(
    text.map(read).join('\n'),
    'x -----BEGIN OPENSSH PRIVATE KEY-----***\n***\n***\n-----END OPENSSH PRIVATE KEY-----\ny',
  );
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { OsloError } from '../errors.js';
import { captured, needsCaptures } from '../testing/captures.js';
import { adminContext, pythonTimestamp } from './context.js';
import {
  decodeReply,
  decodeRequest,
  encodeReply,
  encodeRequest,
  type JsonObject,
  newId,
} from './envelope.js';
import { decodeFailure, encodeFailure, RpcFailure } from './failure.js';

/** The message inside an encoded envelope. */
function content(body: Buffer): Record<string, unknown> {
  const envelope = JSON.parse(body.toString());
  assert.equal(envelope['oslo.version'], '2.0');
  return JSON.parse(envelope['oslo.message']);
}

const wrap = (message: unknown): Buffer =>
  Buffer.from(JSON.stringify({ 'oslo.version': '2.0', 'oslo.message': JSON.stringify(message) }));

const refused = (pattern: RegExp) => (error: unknown) =>
  error instanceof OsloError && error.code === 'OSLO_RPC_MESSAGE' && pattern.test(error.message);

describe('messages of a stock Neutron agent and server', needsCaptures, () => {
  const files = ['00-agent-start', '13-port-plug', '30-probe-calls', '31-legacy-agent-calls'];
  const messages = files.flatMap((file) => captured(`${file}.json`).filter((event) => event.message));

  test('requests survive reading and writing unchanged', () => {
    const requests = messages.filter((event) => event.message?.['method'] !== undefined);
    assert.ok(requests.length > 20);
    for (const { message } of requests) {
      const request = decodeRequest(wrap(message));
      assert.deepEqual(content(encodeRequest(request, request.uniqueId ?? '', request.reply)), message);
    }
  });

  test('replies are read with result, failure and the id of their call', () => {
    const replies = messages.filter((event) => event.message?.['ending'] !== undefined);
    assert.ok(replies.length > 20);
    for (const { message } of replies) {
      const reply = decodeReply(wrap(message));
      assert.deepEqual(content(encodeReply(reply, reply.uniqueId ?? '')), message);
    }
  });

  test('failures give class, module and message', () => {
    const failures = captured('30-probe-calls.json')
      .map((event) => event.message?.['failure'])
      .filter((failure) => typeof failure === 'string')
      .map(decodeFailure);
    const found = failures.map((failure) => `${failure.module} ${failure.className}`);
    assert.ok(found.includes('oslo_messaging.rpc.dispatcher NoSuchMethod'));
    assert.ok(found.includes('oslo_messaging.rpc.dispatcher UnsupportedVersion'));
    assert.ok(found.includes('neutron_lib.exceptions NetworkNotFound'));
    assert.ok(failures.every((failure) => failure.message !== '' && failure.traceback.length > 0));
  });

  test('our refusals read like those of the stock dispatcher', () => {
    const text = captured('30-probe-calls.json')
      .map((event) => event.message?.['failure'])
      .find((failure) => typeof failure === 'string' && failure.includes('NoSuchMethod'));
    assert.ok(typeof text === 'string');
    const stock = { ...JSON.parse(text), tb: [] };
    assert.deepEqual(JSON.parse(encodeFailure(RpcFailure.noSuchMethod('no_such_method'))), stock);
  });

  test('the context of our calls has the fields of a stock agent’s', () => {
    const report = messages.find((event) => event.message?.['method'] === 'report_state');
    const stock = decodeRequest(wrap(report?.message)).context;
    const ours = adminContext(new Date(0));
    assert.deepEqual(Object.keys(ours), Object.keys(stock));
    const constant = (context: JsonObject) => ({ ...context, request_id: '', timestamp: '' });
    assert.deepEqual(constant(ours), constant(stock));
    assert.match(String(ours['request_id']), /^req-[0-9a-f-]{36}$/);
    assert.equal(ours['timestamp'], '1970-01-01 00:00:00.000000');
  });
});

describe('envelope', () => {
  const json = fc.dictionary(
    fc.string(),
    fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value))),
  );

  test('what is written is read back', () => {
    fc.assert(
      fc.property(
        json,
        fc.string(),
        fc.option(fc.string(), { nil: undefined }),
        (args, method, namespace) => {
          const uniqueId = newId();
          const reply = { messageId: newId(), queue: 'reply_x' };
          const request = { method, args, version: '1.2', namespace, context: { is_admin: true } };
          const back = decodeRequest(encodeRequest(request, uniqueId, reply));
          assert.deepEqual(
            { ...back, args: JSON.stringify(back.args) },
            { ...request, args: JSON.stringify(args), uniqueId, reply },
          );
        },
      ),
    );
  });

  test('a cast has no reply address, an absent version is 1.0', () => {
    const request = decodeRequest(wrap({ method: 'm', args: {}, _unique_id: 'a' }));
    assert.equal(request.reply, undefined);
    assert.equal(request.version, '1.0');
  });

  const unreadable: readonly [string, unknown, RegExp][] = [
    ['not JSON', Buffer.from('{'), /not JSON/],
    ['not an object', Buffer.from('[]'), /not a JSON object/],
    ['no envelope', Buffer.from('{"method":"m"}'), /envelope version is missing/],
    ['another version', Buffer.from('{"oslo.version":"3.0","oslo.message":"{}"}'), /"3\.0", not 2\.0/],
    ['content not JSON', Buffer.from('{"oslo.version":"2.0","oslo.message":"x"}'), /not JSON/],
    ['no method', wrap({}), /no method/],
  ];
  for (const [name, body, pattern] of unreadable)
    test(`refused: ${name}`, () => assert.throws(() => decodeRequest(body), refused(pattern)));

  test('a failure that is no JSON is shown as it is', () => {
    assert.equal(decodeFailure('broken').message, 'broken');
  });

  test('times are written as Python writes them', () => {
    assert.equal(pythonTimestamp(new Date('2026-11-20T10:30:42.117Z'), 'T'), '2026-11-20T10:30:42.117000');
  });
});

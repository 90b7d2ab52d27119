import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PowerVMError } from '../errors/error.js';
import { feedAnswer, thingEntry, thingPath, uuid } from '../testing/documents.js';
import { readAnswer } from './answer.js';
import { representationOf, representationOfEntry } from './representation.js';

const answer = (body: string, headers = {}) => ({ status: 200, headers, body: Buffer.from(body) });

/** Reading gives an object or a PVM_BAD_RESPONSE with the path, never anything else. */
function readsOrRefuses(body: string): boolean {
  try {
    representationOf('Thing', thingPath, answer(body));
    return true;
  } catch (error) {
    assert.ok(PowerVMError.is(error, 'PVM_BAD_RESPONSE'), String(error));
    assert.equal(error.path, thingPath);
    return false;
  }
}

test('an answer that was cut anywhere is refused with its path', () => {
  const whole = thingEntry({ name: 'Grüße', mappings: ['a'] });
  fc.assert(
    fc.property(fc.nat(whole.length - 1), (end) => assert.equal(readsOrRefuses(whole.slice(0, end)), false)),
  );
});

test('an answer with anything spliced into it is read or refused, nothing else', () => {
  const whole = thingEntry();
  const splice = fc.tuple(
    fc.nat(whole.length),
    fc.nat(20),
    fc.oneof(fc.string(), fc.constantFrom('<', '</entry>', '&x;', '\0', ']]>', '<!DOCTYPE a>')),
  );
  fc.assert(
    fc.property(
      splice,
      ([at, remove, text]) => void readsOrRefuses(whole.slice(0, at) + text + whole.slice(at + remove)),
    ),
  );
});

test('anything at all is read or refused, nothing else', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (body) => void readsOrRefuses(body)));
});

test('the ETag of a single object is that of the header, that of a member the one in its entry', () => {
  const entry = thingEntry({ etag: '\n  7 \n' });
  assert.equal(representationOf('Thing', thingPath, answer(entry, { etag: '8' })).etag, '8');
  const [member] = readAnswer(thingPath, Buffer.from(String(feedAnswer([entry]).body)));
  assert.ok(member);
  assert.equal(representationOfEntry('Thing', thingPath, member).etag, '7');
});

test('an object without a SELF link is found where it was read, or below its feed', () => {
  const entry = thingEntry().replace(/<link[^>]*>/, '');
  const pathAt = (requestPath: string) => representationOf('Thing', requestPath, answer(entry)).path;
  assert.equal(pathAt(thingPath.toLowerCase()), thingPath.toLowerCase());
  assert.equal(pathAt('/rest/api/uom/Thing?group=None'), `/rest/api/uom/Thing/${uuid}?group=None`);
  assert.equal(pathAt('/rest/api/web/File'), `/rest/api/web/File/${uuid}`);
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { observe, type TransferObservation } from '../observe/channels.js';
import type { Session } from '../session/session.js';
import { feedAnswer, webAnswer } from '../testing/documents.js';
import { openSession } from '../testing/open.js';
import {
  type Answer,
  errorAnswer,
  logonAnswer,
  ScriptedConsole,
  type Step,
} from '../testing/scripted-console.js';
import type { UploadOptions } from './upload.js';

const fileId = '6233b070-31cc-4b57-99bd-37f80e845de9';
const put = 'PUT /rest/api/web/File';
const contents = `PUT /rest/api/web/File/contents/${fileId}`;
const read = `GET /rest/api/web/File/contents/${fileId}`;
const listed = 'GET /rest/api/web/File?group=None';
const del = `DELETE /rest/api/web/File/${fileId}`;

const descriptor = webAnswer(
  'File',
  `<Filename kb="COR">disk1</Filename><FileUUID kb="ROR">${fileId}</FileUUID>`,
);

async function start(t: TestContext, script: Record<string, Step | Step[]> = {}) {
  const scripted = await ScriptedConsole.start(t, {
    // The id in the envelope of `webAnswer` is another: contents go by FileUUID, the descriptor by its own id.
    [put]: { ...descriptor, body: String(descriptor.body).replace(/<id>[^<]*/, `<id>${fileId}`) },
    [contents]: { status: 204 },
    [del]: { status: 204 },
    ...script,
  });
  return { scripted, session: await openSession(t, scripted) };
}

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

function upload(session: Session, more: Partial<UploadOptions> = {}): Promise<void> {
  return session.upload({
    kind: 'BROKERED_DISK_IMAGE',
    name: 'disk1',
    viosId: 'VIOS',
    deviceUdid: '0300f8.3',
    size: 10,
    body: chunks('hello', 'world'),
    ...more,
  });
}

const sha256 = createHash('sha256').update('helloworld').digest('hex');

test('an upload is descriptor, contents, and the descriptor removed', async (t) => {
  const { scripted, session } = await start(t);
  const progress: number[] = [];
  await upload(session, { sha256, onProgress: (bytes) => progress.push(bytes) });
  assert.deepEqual(scripted.seen, [put, contents, del]);
  const [described, sent, removed] = scripted.requests.slice(-3);
  const fields = [...(described?.body ?? '').matchAll(/<web:(\w+)>([^<]+)</g)].map(
    ([, name, value]) => `${name}=${value}`,
  );
  assert.deepEqual(fields, [
    'Filename=disk1',
    'InternetMediaType=application/octet-stream',
    `SHA256=${sha256}`,
    'ExpectedFileSizeInBytes=10',
    'FileEnumType=BROKERED_DISK_IMAGE',
    'TargetVirtualIOServerUUID=VIOS',
    'TargetDeviceUniqueDeviceID=0300f8.3',
  ]);
  assert.equal(described?.headers['content-type'], 'application/vnd.ibm.powervm.web+xml; type=File');
  assert.equal(sent?.body, 'helloworld');
  assert.equal(sent?.headers['content-type'], 'application/octet-stream');
  assert.equal(sent?.headers['transfer-encoding'], 'chunked');
  assert.equal(removed?.headers['if-match'], undefined);
  assert.deepEqual(progress, [5, 10]);
});

test('a source that is shorter, longer or other than announced is never taken for whole', async (t) => {
  const cases: Partial<UploadOptions>[] = [{ size: 11 }, { size: 9 }, { sha256: sha256.replace(/^./, 'x') }];
  for (const wrong of cases) {
    let whole = false;
    const { scripted, session } = await start(t, {
      [contents]: {
        async raw(incoming, response) {
          try {
            for await (const _chunk of incoming);
            whole = true;
            response.writeHead(204).end();
          } catch {
            // broken off, as it should be
          }
        },
      },
    });
    await assert.rejects(upload(session, wrong), { code: 'PVM_SOURCE_FAILED' });
    assert.equal(scripted.count(del), 1);
    assert.equal(whole, false);
  }
});

test('a source that fails breaks the upload off with its own error as cause', async (t) => {
  const { scripted, session } = await start(t, { [contents]: { raw: () => {} } });
  const mine = new Error('Glance went away');
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('hello');
    throw mine;
  }
  await assert.rejects(upload(session, { body: failing() }), {
    code: 'PVM_SOURCE_FAILED',
    message: /Glance went away/,
    cause: mine,
  });
  assert.equal(scripted.count(del), 1);
});

test('L-43 the source is read at the pace of the console', async (t) => {
  const mebibyte = Buffer.alloc(1 << 20);
  let produced = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      produced += mebibyte.length;
      yield mebibyte;
    }
  }
  const { session } = await start(t, { [contents]: { raw: () => {} } }); // never reads
  const controller = new AbortController();
  const uploading = upload(session, { size: 2 ** 40, body: endless(), signal: controller.signal });
  const ended = assert.rejects(uploading, { code: 'PVM_ABORTED' });
  let before = -1;
  while (produced === 0 || produced !== before) {
    before = produced;
    for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
  }
  assert.ok(
    produced < 64 * mebibyte.length,
    `${produced} bytes were produced for a console that reads nothing`,
  );
  controller.abort();
  await ended;
});

test('an abort ends an upload whose source hangs, lets go of the source, and removes the descriptor', async (t) => {
  let begun = false;
  const raw = () => {
    begun = true;
  };
  const { scripted, session } = await start(t, { [contents]: { raw } });
  const hanging = new Readable({ read() {} });
  hanging.push('x');
  const controller = new AbortController();
  const uploading = upload(session, { body: hanging, signal: controller.signal });
  while (!begun) await new Promise(setImmediate);
  controller.abort();
  await assert.rejects(uploading, { code: 'PVM_ABORTED' });
  assert.equal(hanging.destroyed, true);
  while (scripted.count(del) === 0) await new Promise(setImmediate);
});

test('an abort while the descriptor is being created does not leave it behind', async (t) => {
  const { scripted, session } = await start(t);
  const controller = new AbortController();
  const source = Readable.from(['x']);
  const uploading = upload(session, { body: source, signal: controller.signal });
  while (scripted.count(put) === 0) await new Promise(setImmediate);
  controller.abort();
  await assert.rejects(uploading, { code: 'PVM_ABORTED' });
  assert.equal(source.destroyed, true);
  await session.close();
  assert.deepEqual(scripted.seen, [put, del]);
});

test("a descriptor whose creation was not answered is looked for and removed, and nobody else's is", async (t) => {
  const entry = (id: string, udid: string) =>
    `<entry><id>${id}</id><content type="application/vnd.ibm.powervm.web+xml; type=File">` +
    '<web:File xmlns:web="http://www.ibm.com/xmlns/systems/power/firmware/web/mc/2012_10/" schemaVersion="V1_0">' +
    '<web:Filename>disk1</web:Filename><web:FileEnumType>BROKERED_DISK_IMAGE</web:FileEnumType>' +
    `<web:TargetVirtualIOServerUUID>VIOS</web:TargetVirtualIOServerUUID>` +
    `<web:TargetDeviceUniqueDeviceID>${udid}</web:TargetDeviceUniqueDeviceID></web:File></content></entry>`;
  const { scripted, session } = await start(t, {
    [put]: (_request, response) => void response.destroy(),
    [listed]: feedAnswer([entry(fileId, '0300f8.3'), entry('another', '0300f8.4')]),
  });
  await assert.rejects(upload(session), { code: 'PVM_CONNECTION_LOST' });
  assert.deepEqual(scripted.seen, [put, listed, del]);
});

test('a source that was never begun is let go of', async (t) => {
  const { session } = await start(t, { [put]: errorAnswer(400, 'HSCL too many files') });
  const source = Readable.from(['x']);
  await assert.rejects(upload(session, { body: source }), { code: 'PVM_REQUEST_REFUSED' });
  assert.equal(source.destroyed, true);
  await assert.rejects(upload(session, { name: 'a b' }), { code: 'PVM_INVALID_ARGUMENT' });
  await assert.rejects(upload(session, { deviceUdid: undefined }), { code: 'PVM_INVALID_ARGUMENT' });
  await assert.rejects(upload(session, { size: Number.NaN }), { code: 'PVM_INVALID_ARGUMENT' });
});

/** Answers 401 as soon as the first bytes are there, while the rest is still to come. */
const expired: Step = {
  raw(incoming, response) {
    incoming.once('data', () => response.writeHead(401).end());
  },
};

test('a 401 in the middle of an upload never leads to an upload of nothing', async (t) => {
  const { scripted, session } = await start(t, {
    'PUT /rest/api/web/Logon': [logonAnswer('token-1'), logonAnswer('token-2')],
    [contents]: expired,
    [del]: (request) =>
      request.headers['x-api-session'] === 'token-2' ? { status: 204 } : errorAnswer(401, 'no'),
  });
  await assert.rejects(upload(session), { code: 'PVM_SESSION_EXPIRED', grade: 'retry' });
  assert.equal(scripted.count(contents), 0, 'no second attempt was made');
  assert.equal(scripted.count(del), 2, 'the descriptor was removed with a new token');
});

test('a source that can be opened again is uploaded whole after a 401', async (t) => {
  const { scripted, session } = await start(t, {
    'PUT /rest/api/web/Logon': [logonAnswer('token-1'), logonAnswer('token-2')],
    [contents]: [expired, { status: 204 }],
  });
  await upload(session, { body: () => chunks('hello', 'world') });
  assert.equal(scripted.requests.find(({ path }) => path.includes('contents'))?.body, 'helloworld');
});

test('at most three uploads are on the wire', async (t) => {
  let now = 0;
  let most = 0;
  const { session } = await start(t, {
    [contents]: async (): Promise<Answer> => {
      now += 1;
      most = Math.max(most, now);
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      now -= 1;
      return { status: 204 };
    },
  });
  await Promise.all(Array.from({ length: 8 }, () => upload(session)));
  assert.equal(most, 3);
});

test('a descriptor that cannot be removed is published, and the upload still counts', async (t) => {
  const { session } = await start(t, { [del]: errorAnswer(500, 'no') });
  const seen: TransferObservation[] = [];
  t.after(observe('powervm.rest.transfer', (each) => seen.push(each)));
  await upload(session);
  assert.deepEqual(
    seen.map(({ step, error }) => [step, error]),
    [
      ['left-behind', 'PVM_REQUEST_REFUSED'],
      ['done', undefined],
    ],
  );
});

test('closing the session removes the descriptor of a download whose reader has stopped reading', async (t) => {
  const { scripted, session } = await start(t, { [read]: { body: 'hello' } });
  const target = {
    kind: 'BROKERED_DISK_IMAGE',
    name: 'disk1',
    viosId: 'VIOS',
    deviceUdid: '0300f8.3',
  } as const;
  const reading = session.download(target);
  await reading.next();
  await session.close();
  assert.equal(scripted.count(del), 1);
});

test('a download streams, and removes its descriptor also when it is left early', async (t) => {
  const { scripted, session } = await start(t, {
    [read]: [
      { body: 'helloworld' },
      (_request, response) => {
        response.write('hello');
        return undefined;
      },
    ],
  });
  const target = {
    kind: 'BROKERED_DISK_IMAGE',
    name: 'disk1',
    viosId: 'VIOS',
    deviceUdid: '0300f8.3',
  } as const;
  let text = '';
  for await (const chunk of session.download(target)) text += Buffer.from(chunk).toString();
  assert.equal(text, 'helloworld');
  for await (const chunk of session.download(target)) {
    assert.equal(Buffer.from(chunk).toString(), 'hello');
    break;
  }
  await session.close();
  assert.equal(scripted.count(del), 2);
});

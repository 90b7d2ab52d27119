import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { readDocument, writeDocument, xmlErrorCodes } from '@openstack-powervm/atom';
import {
  create,
  elementOf,
  LogicalPartition,
  publish,
  VirtualIOServer,
  VirtualSwitch,
} from '@openstack-powervm/rest';
import * as examples from './documents.js';

const root = resolve(import.meta.dirname, '../../../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

/** Lines without indentation: an example may stand deeper in the code than on the page. */
const flat = (text: string) => text.replace(/^ +/gm, '');

test('every example about documents is one of those that are compiled and run', () => {
  const source = flat(read('test/unit/examples/documents.ts'));
  for (const [page, least] of [
    ['docs/documents.md', 6],
    ['packages/atom/README.md', 3],
  ] as const) {
    const blocks = [...read(page).matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
    assert.ok(blocks.length >= least, page);
    for (const block of blocks) assert.ok(source.includes(flat(block)), `${page}: ${block}`);
  }
});

test('the README of atom tells every error code', () => {
  const told = [...read('packages/atom/README.md').matchAll(/^\| `(XML_\w+)` \|/gm)].map(([, code]) => code);
  assert.deepEqual(told, xmlErrorCodes);
});

test('the examples do what the pages say', async () => {
  const printed: unknown[][] = [];
  const console = { log: (...values: unknown[]) => void printed.push(values) };
  const partition = publish(
    LogicalPartition,
    {
      partitionName: 'a',
      partitionState: 'running',
      description: 'd',
      partitionMemoryConfiguration: { currentMemory: 512 },
    },
    { id: 'LPAR' },
  );
  const entry = `<entry xmlns="http://www.w3.org/2005/Atom"><id>1</id><title>T</title><content>${writeDocument(elementOf(partition))}</content></entry>`;

  examples.reads(entry, console);
  await examples.streams(chunks(entry), console);
  assert.deepEqual(printed.splice(0), [
    ['a', 'running', 512],
    ['T', '1', undefined, 0],
  ]);

  const edited = examples.edits(partition);
  assert.match(edited, /<PartitionName kb="CUR" kxe="false">web 1<\/PartitionName>/);
  assert.match(edited, /<DesiredMemory>4096<\/DesiredMemory><CurrentMemory/);
  assert.doesNotMatch(edited, /Description/);

  assert.equal(
    examples.creates().partitionProcessorConfiguration?.sharedProcessorConfiguration
      ?.desiredVirtualProcessors,
    1,
  );
  assert.equal(
    examples.lists(
      create(VirtualIOServer, {}),
      'http://h/LogicalPartition/2F0E9C3A-1111-4222-8333-944455556666',
    ),
    2,
  );

  const uom = 'http://www.ibm.com/xmlns/systems/power/firmware/uom/mc/2012_10/';
  const wrong = readDocument(
    `<LogicalPartition xmlns="${uom}"><PartitionID>seven</PartitionID></LogicalPartition>`,
  );
  examples.complains(LogicalPartition.lens(wrong), console);
  assert.deepEqual(printed.splice(0), [
    ['[PVM_WRONG_TYPE] LogicalPartition/PartitionID is not an integer: "seven"'],
  ]);
  examples.describes(console);
  assert.deepEqual(printed.splice(0)[1], ['switchMode', 'SwitchMode', 'CUD', ['Veb', 'Vepa']]);

  const body = writeDocument(elementOf(create(VirtualSwitch, { switchName: 'ETHERNET0' })));
  assert.match(
    examples.roundTrip(body),
    /<uom:SwitchName>ETHERNET1<\/uom:SwitchName><Note .*kind="new">R &amp; D<\/Note>/,
  );
  examples.refuses('<a>\n<b></a>', console);
  assert.deepEqual(printed, [['XML_MISMATCHED_TAG', 2, 4, 7]]);
});

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

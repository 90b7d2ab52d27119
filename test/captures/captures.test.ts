import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AtomEntry,
  type AtomFeed,
  child,
  readDocument,
  readFeed,
  textOf,
  writeDocument,
  XmlError,
} from '@openstack-powervm/atom';
import { readMetrics } from '@openstack-powervm/rest';
import { type Capture, capturesFolder, readCaptures, skipReason } from './capture-file.js';
import { Comparison } from './comparison.js';

const folder = capturesFolder();
const captures = folder === undefined ? [] : readCaptures(folder);
const xml = captures.filter(({ body }) => body.trimStart().startsWith('<'));
const options = { skip: skipReason() };

test('what we read from every captured response is what another client read from it', options, (t) => {
  const comparison = new Comparison();
  for (const capture of captures) if (capture.expected) compareCapture(comparison, capture);
  for (const each of comparison.differences) t.diagnostic(`differs: ${each}`);
  for (const [pair, reason] of comparison.unmapped) t.diagnostic(`not compared: ${pair}: ${reason}`);
  const percent = (comparison.coverage * 100).toFixed(1);
  t.diagnostic(`${percent} % of ${comparison.pairs.size} distinct (class, property) pairs are compared`);
  // For whoever runs the suite: the one line to look at.
  console.log(comparison.summary);
  assert.ok(comparison.compared > 0, 'nothing was compared');
  assert.deepEqual(comparison.differences, []);
  assert.ok(comparison.coverage >= 0.95, `only ${percent} % of the pairs are mapped`);
});

function compareCapture(comparison: Comparison, capture: Capture): void {
  const { name, body, expected } = capture;
  if (!expected) return;
  const { kind } = expected;
  if (kind === 'feed' || kind === 'entry') compareFeed(comparison, capture);
  else if (kind === 'logon') compareLogon(comparison, capture);
  else if (kind === 'text') comparison.value(`${name}.text`, expected['text'], body.trim());
  else if (kind === 'sections') compareSections(comparison, capture);
  else if (kind === 'pcm-json') compareMetrics(comparison, capture);
}

function compareFeed(comparison: Comparison, { name, body, headers, expected }: Capture): void {
  const { feed, entries } = readFeed(body);
  if (expected?.feed && feed) comparison.value(`${name}.feed`, expected.feed, envelope(feed));
  comparison.value(`${name}.entries`, expected?.entries?.length, entries.length);
  entries.forEach((entry, index) => {
    const there = expected?.entries?.[index];
    if (!there) return;
    const path = `${name}[${index}]`;
    const etagHeader = feed ? undefined : headers['etag'];
    comparison.value(`${path}.entry`, there['entry_properties'], envelope(entry));
    comparison.value(`${path}.root`, there['root_tag'] ?? null, entry.content?.local);
    comparison.value(`${path}.namespace`, there['root_ns'] ?? null, entry.content?.namespace);
    comparison.object(path, there, entry.content ?? entry.element, {
      entry,
      ...(etagHeader === undefined ? {} : { etagHeader }),
    });
  });
}

/** The fields of an entry or feed as the other client has them: links by relation in capitals. */
function envelope({ links, ...fields }: AtomEntry | AtomFeed): Record<string, unknown> {
  const byRelation: Record<string, string[]> = {};
  for (const { rel, href } of links) {
    const relation = rel.toUpperCase();
    byRelation[relation] = [...(byRelation[relation] ?? []), href];
  }
  return { ...fields, links: byRelation };
}

function compareLogon(comparison: Comparison, { name, body, expected }: Capture): void {
  const response = readDocument(body);
  const text = (local: string) => {
    const found = child(response, local);
    return found && textOf(found);
  };
  const version = response.attributes.find((each) => each.name === 'schemaVersion')?.value;
  comparison.value(`${name}.schema_version`, expected?.['schema_version'], version);
  comparison.value(`${name}.token`, expected?.['token'], text('X-API-Session'));
  comparison.value(`${name}.token_file`, expected?.['token_file'], text('X-API-SessionFile'));
}

function compareMetrics(comparison: Comparison, { name, body, expected }: Capture): void {
  const metrics = readMetrics(body);
  const there = expected?.['pcm'];
  if (metrics.category === 'lpar') comparison.metrics(name, there, { partitions: metrics.partitions });
  else if (metrics.category === 'phyp') comparison.metrics(name, there, metrics);
  else {
    // The other client has the one VIOS of the sample in the sample's place.
    const [vios] = metrics.sample.viosUtil;
    const sample = { ...vios, id: Number(vios?.id), timeStamp: metrics.sample.timeStamp };
    comparison.metrics(name, there, { info: metrics.info, sample });
  }
}

/** Fragments are compared as text, white space between elements aside. */
function compareSections(comparison: Comparison, { name, sections, expected }: Capture): void {
  const tight = (text: string) => text.replace(/>\s+</g, '><').trim();
  for (const [section, there] of Object.entries(expected?.sections ?? {})) {
    const here = writeDocument(readDocument(`<r>${sections.get(section) ?? ''}</r>`));
    comparison.value(`${name}.${section}`, tight(there), tight(here.slice(3, -4)));
  }
}

test('every captured body is written back byte for byte, whoever looked at it', options, (t) => {
  let written = 0;
  for (const { name, body, sections, expected } of xml) {
    for (const document of sections.size > 0
      ? [...sections.values()].map((each) => `<r>${each}</r>`)
      : [body]) {
      const root = tryRead(document);
      if (root instanceof XmlError) {
        assert.equal(expected, undefined, `${name}: ${root.message}`);
        t.diagnostic(`${name} is refused, as by the other client: ${root.message}`);
        continue;
      }
      assert.equal(writeDocument(root), document.replace(/^<\?xml[^>]*\?>/, ''), name);
      written += 1;
    }
  }
  t.diagnostic(`${written} documents came back unchanged`);
  assert.ok(written > 0);
});

function tryRead(document: string) {
  try {
    return readDocument(document);
  } catch (error) {
    if (error instanceof XmlError) return error;
    throw error;
  }
}

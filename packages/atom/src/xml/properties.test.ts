import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDocument, writeDocument, type XmlElement, XmlError } from '../index.js';
import { arbitraryDocument } from '../testing/arbitrary-document.js';
import { appendText, type Meaning, meaningBySaxes } from '../testing/oracle.js';

/** An element as another parser would describe it. */
function meaning(element: XmlElement): Meaning {
  const attributes = element.attributes.map((each) => [each.name, each.namespace, each.value]);
  const children: Meaning[] = [];
  for (const node of element.children) {
    if (node.kind === 'element') children.push(meaning(node));
    else if (node.kind === 'text' || node.kind === 'cdata') appendText(children, node.value);
  }
  return [element.name, element.namespace, attributes.sort(), children];
}

test('a random document survives the round trip and means the same to another parser', () => {
  fc.assert(
    fc.property(arbitraryDocument, (source) => {
      const root = readDocument(source);
      assert.equal(writeDocument(root), source);
      assert.deepEqual(meaning(root), meaningBySaxes(source));
      assert.equal(writeDocument(root), source, 'looking at a document does not change it');
    }),
    { numRuns: 300 },
  );
});

test('a truncated document is refused', () => {
  fc.assert(
    fc.property(arbitraryDocument, fc.nat(), (source, cut) => {
      const end = source.lastIndexOf('</root>');
      assert.throws(() => readDocument(source.slice(0, cut % (end + 6))), XmlError);
    }),
    { numRuns: 300 },
  );
});

test('a damaged document is refused exactly when another strict parser refuses it', () => {
  const damage = fc.constantFrom(
    '<',
    '>',
    '&',
    '"',
    "'",
    '/',
    ']]>',
    '--',
    '<!',
    '<?',
    '\u0000',
    ' ',
    '=',
    ':',
    'x',
    '&#0;',
  );
  fc.assert(
    fc.property(arbitraryDocument, fc.nat(), fc.nat(3), damage, (source, at, removed, added) => {
      // By whole characters: half a surrogate pair is refused by us and passed by the other parser.
      const characters = Array.from(source);
      characters.splice(at % characters.length, removed, added);
      const damaged = characters.join('');
      const verdicts = [verdict(() => readDocument(damaged)), verdict(() => meaningBySaxes(damaged))];
      assert.equal(verdicts[0], verdicts[1], JSON.stringify(damaged));
    }),
    { numRuns: 1_000 },
  );
});

function verdict(read: () => unknown): string {
  try {
    read();
    return 'read';
  } catch {
    return 'refused';
  }
}

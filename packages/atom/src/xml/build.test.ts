import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  attribute,
  cdata,
  child,
  element,
  readDocument,
  setAttribute,
  setText,
  text,
  textOf,
  writeDocument,
} from '../index.js';

test('an element that was built declares its namespaces where they are needed', () => {
  const made = element('uom:A', 'urn:u', { schemaVersion: 'V1_0' }, [
    element('uom:B', 'urn:u', {}, ['1 < 2']),
    element('C', '', {}, [cdata('<x/>')]),
  ]);
  assert.equal(
    writeDocument(made),
    '<uom:A xmlns:uom="urn:u" schemaVersion="V1_0"><uom:B>1 &lt; 2</uom:B><C><![CDATA[<x/>]]></C></uom:A>',
  );
});

test('an element moved into another document keeps its meaning', () => {
  const server = readDocument('<S:S xmlns:S="urn:s" xmlns="urn:s"><Old k="1"/></S:S>');
  server.children.push(element('uom:New', 'urn:s', {}, [element('In', 'urn:s')]));
  assert.equal(
    writeDocument(server),
    '<S:S xmlns:S="urn:s" xmlns="urn:s"><Old k="1"/><uom:New xmlns:uom="urn:s"><In/></uom:New></S:S>',
  );
  const old = child(server, 'Old');
  assert.ok(old);
  assert.equal(writeDocument(old), '<Old xmlns="urn:s" k="1"/>');
});

test('an edit changes what it touches and nothing else', () => {
  const root = readDocument('<a  k=\'1\'\n  l="2" ><b>x&amp;y</b> <c/></a>');
  setAttribute(root, 'k', 'it\'s <"new">');
  const b = child(root, 'b');
  const c = child(root, 'c');
  assert.ok(b && c);
  setText(b, 'p&q');
  setText(c, 'filled');
  assert.equal(
    writeDocument(root),
    '<a k=\'it&apos;s &lt;"new"&gt;\'\n  l="2" ><b>p&amp;q</b> <c>filled</c></a>',
  );
});

test('whatever XML can carry survives as text and as attribute, the rest is refused', () => {
  const value = fc.string({ unit: 'binary', maxLength: 20 });
  fc.assert(
    fc.property(value, (characters) => {
      const make = () => writeDocument(element('a', '', { k: characters }, [text(characters)]));
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the test
      if (/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(characters)) {
        assert.throws(make, { code: 'XML_CONTROL_CHARACTER' });
        return;
      }
      const back = readDocument(make());
      assert.equal(textOf(back), characters);
      assert.equal(attribute(back, 'k'), characters);
    }),
  );
  assert.throws(() => text('\ud800'), { code: 'XML_CONTROL_CHARACTER' });
});

test('a name that XML does not allow is refused', () => {
  for (const name of ['', '1a', 'a b', 'a:b:c', ':a', 'a:']) {
    assert.throws(() => element(name, 'urn:x'), { code: 'XML_BAD_NAME' });
    assert.throws(() => setAttribute(element('a', ''), name, ''), { code: 'XML_BAD_NAME' });
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attribute, child, childElements, readDocument, textOf, writeDocument, XmlError } from '../index.js';

/** Documents to refuse: code, line, column, and the document. The first sixteen are those of the survey of parsers. */
const refused: readonly [string, number, number, string][] = [
  ['XML_MISMATCHED_TAG', 2, 1, '<a><b>\n</a></b>'],
  ['XML_TRUNCATED', 1, 8, '<a><b/>'],
  ['XML_UNBOUND_PREFIX', 1, 4, '<a><p:b/></a>'],
  ['XML_DUPLICATE_ATTRIBUTE', 1, 10, '<a x="1" x="2"/>'],
  ['XML_DUPLICATE_ATTRIBUTE', 2, 1, '<r xmlns:p="u" xmlns:q="u">\n<a p:x="1" q:x="2"/></r>'],
  ['XML_BARE_AMPERSAND', 1, 6, '<a>R &D</a>'],
  ['XML_UNDEFINED_ENTITY', 1, 4, '<a>&nbsp;</a>'],
  ['XML_CONTROL_CHARACTER', 1, 5, '<a>x\u0001</a>'],
  ['XML_CONTROL_CHARACTER', 1, 4, '<a>&#0;</a>'],
  ['XML_CONTENT_OUTSIDE_ROOT', 1, 6, '<a/> x'],
  ['XML_CONTENT_OUTSIDE_ROOT', 1, 5, '<a/><b/>'],
  ['XML_UNQUOTED_ATTRIBUTE', 1, 6, '<a x=1/>'],
  ['XML_LT_IN_ATTRIBUTE', 1, 7, '<a x="<"/>'],
  ['XML_DOCTYPE', 1, 1, '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'],
  ['XML_DOCTYPE', 1, 1, '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>'],
  ['XML_EMPTY', 1, 1, ''],
  ['XML_EMPTY', 2, 1, '<!-- nothing -->\n'],
  ['XML_CONTENT_OUTSIDE_ROOT', 1, 1, 'OK'],
  ['XML_CONTENT_OUTSIDE_ROOT', 1, 1, '</a>'],
  ['XML_CONTENT_OUTSIDE_ROOT', 1, 1, '<![CDATA[x]]><a/>'],
  ['XML_UNBOUND_PREFIX', 1, 1, '<a p:x="1"/>'],
  ['XML_RESERVED_PREFIX', 1, 1, '<a xmlns:xml="urn:x"/>'],
  ['XML_RESERVED_PREFIX', 1, 1, '<a xmlns:p=""/>'],
  ['XML_RESERVED_PREFIX', 1, 1, '<a xmlns:xmlns="urn:x"/>'],
  ['XML_RESERVED_PREFIX', 1, 1, '<xmlns:a/>'],
  ['XML_BARE_AMPERSAND', 1, 8, '<a x="a&b"/>'],
  ['XML_BARE_AMPERSAND', 1, 4, '<a>&#xZZ;</a>'],
  ['XML_UNDEFINED_ENTITY', 1, 7, '<a x="&nope;"/>'],
  ['XML_CONTROL_CHARACTER', 1, 4, '<a>&#xFFFF;</a>'],
  ['XML_CONTROL_CHARACTER', 1, 4, '<a>&#x110000;</a>'],
  ['XML_CONTROL_CHARACTER', 1, 4, '<a>&#xD800;</a>'],
  ['XML_CONTROL_CHARACTER', 1, 4, '<a>\ud800</a>'],
  ['XML_CONTROL_CHARACTER', 1, 4, '<a>\uffff</a>'],
  ['XML_CONTROL_CHARACTER', 1, 7, '<a x="\u0000"/>'],
  ['XML_CDATA_END_IN_TEXT', 1, 5, '<a>x]]></a>'],
  ['XML_MALFORMED_COMMENT', 1, 9, '<a><!--x--y--></a>'],
  ['XML_MALFORMED_COMMENT', 1, 8, '<a><!-----></a>'],
  ['XML_MALFORMED_INSTRUCTION', 1, 4, '<a><? x?></a>'],
  ['XML_DECLARATION', 1, 2, ' <?xml version="1.0"?><a/>'],
  ['XML_DECLARATION', 1, 1, '<?xml encoding="UTF-8"?><a/>'],
  ['XML_DECLARATION', 1, 4, '<a><?XML version="1.0"?></a>'],
  ['XML_UNSUPPORTED_ENCODING', 1, 1, '<?xml version="1.0" encoding="ISO-8859-1"?><a/>'],
  ['XML_MALFORMED_TAG', 1, 9, '<a x="1"y="2"/>'],
  ['XML_MALFORMED_TAG', 1, 5, '<a x/>'],
  ['XML_MALFORMED_TAG', 1, 3, '<a/ >'],
  ['XML_MALFORMED_TAG', 1, 4, '<a><!ELEMENT b></a>'],
  ['XML_BAD_NAME', 1, 2, '<1/>'],
  ['XML_BAD_NAME', 1, 5, '<a>< b/></a>'],
  ['XML_BAD_NAME', 1, 2, '<a:b:c/>'],
  ['XML_BAD_NAME', 1, 2, '<:a/>'],
  ['XML_BAD_NAME', 1, 4, '<a \u00d7="1"/>'],
  ['XML_TRUNCATED', 1, 8, '<a><!--'],
  ['XML_TRUNCATED', 1, 13, '<a><![CDATA['],
  ['XML_TRUNCATED', 1, 3, '<a'],
  ['XML_TRUNCATED', 1, 7, '<a x="'],
  ['XML_TRUNCATED', 1, 7, '<a></a'],
  ['XML_TOO_DEEP', 1, 769, '<a>'.repeat(300) + '</a>'.repeat(300)],
];

test('what is not well-formed is refused with its position', () => {
  for (const [code, line, column, source] of refused) {
    assert.throws(
      () => readDocument(source),
      (error: unknown) => {
        assert.ok(error instanceof XmlError, source);
        assert.deepEqual([error.code, error.line, error.column], [code, line, column], source.slice(0, 60));
        assert.match(error.message, new RegExp(`^\\[${code}\\] line ${line}, column ${column}: `));
        return true;
      },
    );
  }
});

test('the same is refused when it arrives as bytes', () => {
  for (const [code, , , source] of refused) {
    if (source.includes('\ud800')) continue; // no byte sequence means a lone surrogate
    assert.throws(() => readDocument(Buffer.from(source)), { code }, source.slice(0, 60));
  }
});

test('bytes that are not UTF-8 are refused with their offset', () => {
  const head = Buffer.from('<a>é');
  for (const tail of [[0xe9], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80]]) {
    const source = Buffer.concat([head, Buffer.from(tail), Buffer.from('</a>')]);
    assert.throws(() => readDocument(source), { code: 'XML_ENCODING', offset: head.length });
  }
  assert.throws(() => readDocument(Buffer.from([0x3c, 0x61, 0x2f, 0x3e, 0xe2, 0x82])), {
    code: 'XML_ENCODING',
  });
});

test('a text that never ends is refused before it fills the memory', () => {
  assert.throws(() => readDocument(`<a>${'x'.repeat(64 * 1024 * 1024 + 1)}`), { code: 'XML_TOO_LARGE' });
});

test('an entity bomb is refused before anything is expanded', () => {
  const levels = Array.from({ length: 30 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`);
  assert.throws(() => readDocument(`<!DOCTYPE a [<!ENTITY e0 "x">${levels.join('')}]><a>&e30;</a>`), {
    code: 'XML_DOCTYPE',
  });
});

test('names, namespaces, text and attributes are read as XML means them', () => {
  const root = readDocument(
    '\ufeff<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n' +
      '<V:V xmlns:V="urn:v" xmlns="urn:d" k=" a&#9;b\tc&quot;">t&lt;\r\n<![CDATA[<&]]><!-- no -->u' +
      '<in xmlns="" V:k="1"/><V:in/></V:V>',
  );
  assert.deepEqual([root.name, root.prefix, root.local, root.namespace], ['V:V', 'V', 'V', 'urn:v']);
  assert.equal(attribute(root, 'k'), ' a\tb c"');
  assert.equal(textOf(root), 't<\n<&u');
  assert.deepEqual(
    childElements(root).map((each) => [each.name, each.namespace]),
    [
      ['in', ''],
      ['V:in', 'urn:v'],
    ],
  );
  assert.equal(child(root, 'in')?.attributes.find((each) => each.local === 'k')?.namespace, 'urn:v');
  assert.equal(child(root, 'absent'), undefined);
});

test('a document is written as it was read', () => {
  const documents = [
    '<a/>',
    '<a></a>',
    '<a  />',
    "<a  x = '1'\n\ty=\"&#x41;&apos;'\" ></a\n>",
    '<?pi before?><!-- b -->\n<a>\r\n &amp;&#38;<![CDATA[]]]]><![CDATA[>]]></a>\n<!-- after -->\n',
    '<p:a xmlns:p="urn:1"><p:a xmlns:p="urn:2" p:k="v"/></p:a>',
  ];
  for (const source of documents) {
    assert.equal(writeDocument(readDocument(source)), source);
    const looked = readDocument(source);
    for (const element of [looked, ...childElements(looked)]) void [element.attributes, element.children];
    assert.equal(writeDocument(looked), source);
  }
});

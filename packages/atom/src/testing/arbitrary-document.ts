import fc from 'fast-check';

/** Random well-formed documents as text, with everything a document may legally hold. */

const character = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'abzAZ09 .-:/=%') },
  { weight: 1, arbitrary: fc.constantFrom('\n', '\t', '\r', '\r\n', 'é', '漢', '😀', '\u0085', '\u2028') },
);
const characters = fc.array(character, { maxLength: 12 }).map((each) => each.join(''));
const reference = fc.constantFrom('&amp;', '&lt;', '&gt;', '&quot;', '&apos;', '&#65;', '&#x1F600;', '&#13;');
const text = fc.array(fc.oneof(characters, reference), { maxLength: 4 }).map((each) => each.join(''));
const space = fc.constantFrom(' ', '\n  ', '\t', '  ');
const maybeSpace = fc.constantFrom('', '', '', ' ', '\n');
const local = fc.constantFrom('a', 'Metadata', 'Name_1', 'x-y.z', 'é', 'Partition');
const prefix = fc.constantFrom('', '', 'p:', 'q:');

const attribute = fc
  .tuple(space, maybeSpace, fc.constantFrom('"', "'"), text)
  .map(([before, around, quote, value]) => ({ before, around, value: `${quote}${value}${quote}` }));

const attributes = fc
  .tuple(
    fc.uniqueArray(
      fc.tuple(prefix, local).map(([p, l]) => p + l),
      { maxLength: 3 },
    ),
    fc.array(attribute, { minLength: 3, maxLength: 3 }),
  )
  .map(([names, values]) =>
    names
      .map((name, index) => {
        const { before = ' ', around = '', value = '""' } = values[index] ?? {};
        return `${before}${name}${around}=${around}${value}`;
      })
      .join(''),
  );

const cdata = characters.map((value) => `<![CDATA[${value}<&]]>`);
const comment = characters.map((value) => `<!--${value.replaceAll('-', '')}<&-->`);
const instruction = characters.map((value) => `<?go ${value}<&?>`);

const { content } = fc.letrec<{ content: string; node: string; element: string }>((tie) => ({
  content: fc.array(tie('node'), { maxLength: 5 }).map((each) => each.join('')),
  node: fc.oneof({ depthSize: 'small' }, text, cdata, comment, instruction, tie('element')),
  element: fc
    .tuple(prefix, local, attributes, maybeSpace, fc.boolean(), tie('content'))
    .map(([p, l, own, before, empty, inner]) =>
      empty ? `<${p}${l}${own}${before}/>` : `<${p}${l}${own}${before}>${inner}</${p}${l}${before}>`,
    ),
}));

/** A whole document; the prefixes `p` and `q` are declared on its root. */
export const arbitraryDocument: fc.Arbitrary<string> = fc
  .tuple(fc.boolean(), content)
  .map(([spaced, inner]) => {
    const around = spaced ? '\n<!-- around -->\n' : '';
    return `${around}<root xmlns="urn:d" xmlns:p="urn:p" xmlns:q='urn:q'>${inner}</root>${around}`;
  });

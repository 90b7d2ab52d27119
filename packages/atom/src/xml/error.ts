/** Why a document was refused. The code is stable; the sentence after it may change. */
export type XmlErrorCode = keyof typeof reasons;

const reasons = {
  XML_ENCODING: 'the bytes are not valid UTF-8',
  XML_UNSUPPORTED_ENCODING: 'the XML declaration names an encoding other than UTF-8',
  XML_DECLARATION: 'the XML declaration is malformed or not at the very beginning',
  XML_EMPTY: 'the document has no root element',
  XML_TRUNCATED: 'the document ends too early',
  XML_MISMATCHED_TAG: 'an end tag does not match the open element',
  XML_BAD_NAME: 'a name is missing or holds a character that names may not hold',
  XML_MALFORMED_TAG: 'a tag is malformed',
  XML_UNQUOTED_ATTRIBUTE: 'an attribute value is not in quotes',
  XML_LT_IN_ATTRIBUTE: 'an attribute value holds a "<"',
  XML_DUPLICATE_ATTRIBUTE: 'an attribute is given twice',
  XML_UNBOUND_PREFIX: 'a namespace prefix is not declared',
  XML_RESERVED_PREFIX: 'a reserved namespace prefix or name is declared',
  XML_BARE_AMPERSAND: 'an "&" does not begin a reference',
  XML_UNDEFINED_ENTITY: 'an entity other than the five of XML is referred to',
  XML_CONTROL_CHARACTER: 'a character is used that XML cannot carry',
  XML_CDATA_END_IN_TEXT: 'text holds "]]>" outside of a CDATA section',
  XML_MALFORMED_COMMENT: 'a comment is malformed',
  XML_MALFORMED_INSTRUCTION: 'a processing instruction is malformed',
  XML_DOCTYPE: 'a document type declaration is not accepted from the network',
  XML_CONTENT_OUTSIDE_ROOT: 'there is content outside of the root element',
  XML_TOO_DEEP: 'elements are nested too deeply',
  XML_TOO_LARGE: 'a single tag, text or comment is too large',
  XML_NOT_A_FEED: 'the root element is neither an Atom feed nor an Atom entry',
} as const;

/** The codes, for tests and documentation. */
export const xmlErrorCodes: readonly string[] = Object.keys(reasons);

/** A place in a document: `line` and `column` count from 1, `offset` counts UTF-16 units (bytes for XML_ENCODING) from 0. */
export interface XmlPosition {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A refused document, or a value that no document can carry. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
  readonly code: XmlErrorCode;
  readonly line: number;
  readonly column: number;
  readonly offset: number;

  /** `detail` names the offending part; it comes from the document and is shortened and made printable. */
  constructor(code: XmlErrorCode, position: XmlPosition, detail?: string) {
    const about = detail === undefined ? '' : `: ${printable(detail)}`;
    super(`[${code}] line ${position.line}, column ${position.column}: ${reasons[code]}${about}`);
    this.code = code;
    this.line = position.line;
    this.column = position.column;
    this.offset = position.offset;
  }
}

function printable(detail: string): string {
  const short = detail.length > 60 ? `${detail.slice(0, 60)}…` : detail;
  return JSON.stringify(short);
}

import { createRequire } from 'node:module';

/** The part of saxes that the tests use. Its own declarations do not pass exactOptionalPropertyTypes. */
interface Saxes {
  readonly SaxesParser: new (options: { xmlns: true }) => SaxesParser;
}

interface SaxesTag {
  readonly name: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, { name: string; uri: string; value: string }>>;
}

interface SaxesParser {
  on(event: 'error', handler: (error: Error) => void): void;
  on(event: 'opentag', handler: (tag: SaxesTag) => void): void;
  on(event: 'closetag', handler: () => void): void;
  on(event: 'text' | 'cdata', handler: (text: string) => void): void;
  write(text: string): this;
  close(): this;
}

const saxes: Saxes = createRequire(import.meta.url)('saxes');

/** An element as name, namespace, sorted attributes and children; text is a string. */
export type Meaning = string | [string, string, string[][], Meaning[]];

/** What another strict parser understands a document to mean. Throws when it refuses the document. */
export function meaningBySaxes(source: string): Meaning | undefined {
  const parser = new saxes.SaxesParser({ xmlns: true });
  const top: Meaning[] = [];
  const stack = [top];
  const addText = (text: string) => {
    if (stack.length > 1) appendText(stack.at(-1) ?? top, text);
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const attributes = Object.values(tag.attributes).map((each) => [each.name, each.uri, each.value]);
    const children: Meaning[] = [];
    (stack.at(-1) ?? top).push([tag.name, tag.uri, attributes.sort(), children]);
    stack.push(children);
  });
  parser.on('closetag', () => {
    stack.pop();
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(source).close();
  return top[0];
}

/** Adds characters to what precedes them, so that the cut between text and CDATA does not matter. */
export function appendText(children: Meaning[], text: string): void {
  const last = children.at(-1);
  if (typeof last === 'string') children[children.length - 1] = last + text;
  else if (text !== '') children.push(text);
}

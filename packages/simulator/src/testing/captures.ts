import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { child, childElements, readDocument, type XmlElement, XmlError } from '@openstack-powervm/atom';

/** Where responses of real servers are, if they are on this machine. */
export const captures = [
  process.env['POWERVM_CAPTURES'],
  resolve(import.meta.dirname, '../../../../../shared/captures'),
].find((candidate) => candidate !== undefined && existsSync(candidate));

/** The documents of all captured responses. */
export function capturedDocuments(directory: string): XmlElement[] {
  return readdirSync(join(directory, 'responses'))
    .filter((name) => /\.(txt|xml)$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(join(directory, 'responses', name), 'utf8');
      const body = /BODY\{\s*(<.*>)\s*END OF SECTION\}/s.exec(text)?.[1] ?? text;
      try {
        return [readDocument(body)];
      } catch (error) {
        if (error instanceof XmlError) return [];
        throw error;
      }
    });
}

/** The objects of a feed or an entry; a bare document is its own object. */
export function objectsIn(root: XmlElement): XmlElement[] {
  if (root.local !== 'feed' && root.local !== 'entry') return [root];
  const entries = root.local === 'feed' ? childElements(root, 'entry') : [root];
  return entries.flatMap((entry) => {
    const content = child(entry, 'content');
    return content === undefined ? [] : childElements(content);
  });
}

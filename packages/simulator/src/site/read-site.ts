import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { checkSite } from './parse-site.js';
import { type PathProblem, SiteError } from './problem.js';
import type { Site } from './site.js';

type Document = ReturnType<typeof parseDocument>;

/**
 * Reads a site file, YAML or JSON (which is YAML too). Throws one `SiteError` with every mistake and its place,
 * `name:line:column`.
 */
export function readSite(text: string, name: string): Site {
  const lines = new LineCounter();
  // A tab may indent JSON but not YAML; inside quotes neither allows one, so nothing else is touched.
  const source = text.trimStart().startsWith('{') ? text.replaceAll('\t', ' ') : text;
  const document = parseDocument(source, { lineCounter: lines, merge: true, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new SiteError(document.errors.map(({ pos, message }) => ({ place: at(pos[0]), problem: message })));
  }
  const { site, problems } = checkSite(document.toJS());
  if (site !== undefined) return site;
  throw new SiteError(
    inOrder(document, problems).map(({ path, problem, offset }) => ({
      place: `${at(offset)}${path.length === 0 ? '' : ` ${path.join('.')}`}`,
      problem,
    })),
  );
}

function inOrder(
  document: Document,
  problems: readonly PathProblem[],
): (PathProblem & { readonly offset: number })[] {
  return problems
    .map((problem) => ({ ...problem, offset: offsetOf(document, problem.path) }))
    .sort((a, b) => a.offset - b.offset);
}

/** Where the value at a path begins; for one that is missing, the nearest thing around it. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  let node = resolved(document, document.contents);
  let offset = node?.range?.[0] ?? 0;
  for (const key of path) {
    const step = childOf(document, node, key);
    if (step === undefined) break;
    ({ node, offset } = step);
  }
  return offset;
}

function childOf(
  document: Document,
  parent: Node | undefined,
  key: string | number,
): { node: Node | undefined; offset: number } | undefined {
  if (isSeq<Node>(parent) && typeof key === 'number') {
    const item = parent.items[key];
    return item === undefined ? undefined : { node: resolved(document, item), offset: item.range?.[0] ?? 0 };
  }
  if (!isMap<Node, Node | null>(parent)) return undefined;
  const pair = parent.items.find((candidate) => isScalar(candidate.key) && candidate.key.value === key);
  if (pair === undefined) return undefined;
  const offset = pair.value?.range?.[0] ?? pair.key.range?.[0] ?? 0;
  return { node: resolved(document, pair.value), offset };
}

function resolved(document: Document, node: Node | null): Node | undefined {
  return (isAlias(node) ? node.resolve(document) : node) ?? undefined;
}

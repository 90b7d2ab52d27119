import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { applyChange, type GraphChange, type GraphNode, readGraph, writeGraph } from './graph.js';
import { textsOf } from './journal.js';
import type { SavedState } from './saved-state.js';
import { checkShapes } from './shapes.js';
import { StateError } from './state-error.js';

const FORMAT = 'powervm-simulator-state';

/** Every node is checked where it is used: `readGraph` throws on what a writer does not make. */
const node = z.custom<GraphNode>();

const documentSchema = z.object({
  format: z.literal(FORMAT),
  version: z.string(),
  /** The file with what has changed since. */
  changes: z.string().optional(),
  nodes: z.array(node),
});

const changesSchema = z.array(z.custom<GraphChange>(Array.isArray));

/** A state as its text says it, without what has changed since. */
export type StateDocument = z.infer<typeof documentSchema>;

/** The text of a state of its own. */
export function textOfState(state: SavedState): string {
  return textOfNodes(writeGraph(state));
}

/** The text of a whole graph. `changes` names the file in which later changes are found. */
export function textOfNodes(nodes: readonly GraphNode[], changes?: string): string {
  return JSON.stringify({ format: FORMAT, version: version(), changes, nodes });
}

/** One line with what has changed together. */
export function textOfChanges(changes: readonly GraphChange[]): string {
  return JSON.stringify(changes);
}

/** Throws a `StateError` when the text is not a state of this version. `name` is the file's. */
export function parseState(text: string, name: string): StateDocument {
  return understood(name, () => {
    const document = documentSchema.parse(JSON.parse(text));
    if (document.version === version()) return document;
    throw new TypeError(`version ${document.version} wrote it, this is ${version()}`);
  });
}

/** The state with all changes that its journal holds. Throws a `StateError`. */
export function readState({ nodes }: StateDocument, name: string, journal = (): string => ''): SavedState {
  return understood(name, () => {
    const current = [...nodes];
    for (const text of textsOf(journal())) {
      for (const change of changesSchema.parse(JSON.parse(text))) applyChange(current, change);
    }
    checkShapes(current);
    const state = readGraph(current);
    if (isSavedState(state)) return state;
    throw new TypeError('it holds no world');
  });
}

function understood<R>(name: string, work: () => R): R {
  try {
    return work();
  } catch (error) {
    const reason = error instanceof z.ZodError ? 'it is not a state of this simulator' : messageOf(error);
    throw new StateError(
      'SIM_STATE_UNREADABLE',
      `The state in ${name} cannot be read: ${reason}.`,
      'start with another directory or file, or remove this one; what it held is lost then',
      error,
    );
  }
}

function isSavedState(value: unknown): value is SavedState {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['world', 'bytes', 'consoles'].every((key) => Object.hasOwn(value, key))
  );
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}

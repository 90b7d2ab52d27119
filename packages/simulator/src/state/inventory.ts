import type { SavedState } from './saved-state.js';
import { parseState, readState } from './state-text.js';

/** What one simulator has recorded and others play again, each for itself. */
export interface Inventory {
  /** A state that nobody else has. */
  open(): SavedState;
}

/** Throws a `StateError` when the text was not recorded by this version. `name` is the file's. */
export function readInventory(text: string, name: string): Inventory {
  const document = parseState(text, name);
  readState(document, name);
  return { open: () => readState(document, name) };
}

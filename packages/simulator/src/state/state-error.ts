/** The state of a simulator cannot be saved or read back. */
export class StateError extends Error {
  readonly code: 'SIM_STATE_UNREADABLE' | 'SIM_STATE_IN_USE' | 'SIM_STATE_UNSAVED';
  /** What the operator can do. */
  readonly hint: string;

  constructor(code: StateError['code'], message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StateError';
    this.code = code;
    this.hint = hint;
  }
}

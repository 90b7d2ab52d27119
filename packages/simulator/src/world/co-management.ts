import type { Behaviour } from './behaviour.js';

export const coManagementBehaviours: readonly Behaviour[] = [
  {
    id: 'comanagement.master',
    does: 'only the master console may change a system; another one is refused with 409',
    assumed: 'protocol reference 9.2 (inferred); status and text are ours',
  },
];

/** Who may change a system that NovaLink and an HMC share (protocol reference 9.2). */
export interface Mastership {
  holder: 'NovaLink' | 'HMC';
  /** Whom a temporary holder gives it back to. */
  takenFrom: 'NovaLink' | 'HMC' | undefined;
}

export interface CoManagement {
  readonly master: Mastership;
  readonly controller: Mastership;
}

export function heldBy(holder: Mastership['holder']): CoManagement {
  return { master: { holder, takenFrom: undefined }, controller: { holder, takenFrom: undefined } };
}

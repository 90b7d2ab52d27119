import type { PowerVMErrorCode } from '@openstack-powervm/rest';
import type { FaultRuleInput } from '@openstack-powervm/simulator';

/** One way in which a request can fail. */
export interface FaultKind {
  readonly effect: FaultRuleInput['effect'];
  /** How many requests of the kind are hit; 1 when absent. */
  readonly count?: number;
  /** What the REST client calls it, where the driver does not get over it. */
  readonly codes: readonly PowerVMErrorCode[];
  /** What the caller must read then: the console's own words, or the client's. */
  readonly words: RegExp;
  /** Milliseconds that the client waits for an answer, where it gets none. */
  readonly limitMs?: number;
  /** How many trials at once: those that mostly wait are many. */
  readonly atOnce: number;
}

const words = /injected by the campaign/;
const error = (status: number): FaultKind['effect'] => ({
  kind: 'error',
  status,
  message: `${status}, ${words.source}`,
});
const busy = 4;

/** Every way in which a request can fail. The client repeats what met a busy console three times (RETRY-1). */
export const faultKinds: Readonly<Record<string, FaultKind>> = {
  refused: { effect: error(409), codes: ['PVM_REQUEST_REFUSED'], words, atOnce: busy },
  'broken inside': { effect: error(500), codes: ['PVM_REQUEST_REFUSED'], words, atOnce: busy },
  'starting again': { effect: error(503), codes: ['PVM_UNAVAILABLE'], words, atOnce: busy },
  'busy for long': {
    effect: { kind: 'vios-busy' },
    count: 4,
    codes: ['PVM_VIOS_BUSY'],
    words: /HSCL3205/,
    atOnce: busy,
  },
  'changed by another': { effect: error(412), codes: ['PVM_ETAG_MISMATCH'], words, atOnce: busy },
  'session expired': {
    effect: { kind: 'expire-session' },
    codes: ['PVM_SESSION_EXPIRED', 'PVM_UNAUTHORIZED'],
    words: /session/,
    atOnce: busy,
  },
  'reset before': {
    effect: { kind: 'reset', when: 'before' },
    codes: ['PVM_CONNECTION_LOST'],
    words: /may or may not have taken effect/,
    atOnce: busy,
  },
  'reset after': {
    effect: { kind: 'reset', when: 'after' },
    codes: ['PVM_CONNECTION_LOST'],
    words: /may or may not have taken effect/,
    atOnce: busy,
  },
  'no answer': {
    effect: { kind: 'hang', when: 'after' },
    codes: ['PVM_TIMEOUT', 'PVM_JOB_TIMEOUT'],
    words: /was not answered within|has passed/,
    limitMs: 5000,
    atOnce: 16,
  },
};

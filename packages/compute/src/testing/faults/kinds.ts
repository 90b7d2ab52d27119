import type { FaultRuleInput } from '@openstack-powervm/simulator';

/** What the sentence of an injected refusal is recognised by. */
export const injected = 'injected by the campaign';

/** Every way in which a request can fail. */
export const faultKinds: Readonly<Record<string, FaultRuleInput['effect']>> = {
  refused: { kind: 'error', status: 409, message: `refused, ${injected}` },
  'broken inside': { kind: 'error', status: 500, message: `broken inside, ${injected}` },
  busy: { kind: 'vios-busy' },
  'changed by another': { kind: 'error', status: 412, message: `changed, ${injected}` },
  'session expired': { kind: 'expire-session' },
  'reset before': { kind: 'reset', when: 'before' },
  'reset after': { kind: 'reset', when: 'after' },
  'no answer': { kind: 'hang', when: 'after' },
};

/** Kinds after which the caller must read the console's own words, unless the driver got over them. */
export const isSpoken = (kind: string): boolean => kind === 'refused' || kind === 'broken inside';

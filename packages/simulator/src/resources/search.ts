import { invalid } from '../world/refusal.js';

/** `(PartitionName=='vm1')` */
export interface Condition {
  readonly property: string;
  /** `!=` instead of `==`. */
  readonly negated: boolean;
  readonly value: string;
}

/** Exactly one condition (protocol reference 2.11). The text is decoded. Throws a `Refusal` (400). */
export function parseCondition(text: string): Condition {
  const match = /^\(\s*(\w+)\s*(==|!=)\s*(?:'(.*)'|([^'].*?))\s*\)$/s.exec(text);
  if (match === null) throw invalid(`"${text}" is not a search: (Property=='value').`);
  const [, property = '', operator, quoted, bare] = match;
  return { property, negated: operator === '!=', value: quoted ?? bare ?? '' };
}

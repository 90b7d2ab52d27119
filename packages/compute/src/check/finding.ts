/** What one look at a host or its configuration has found. */
export interface Finding {
  /** `problem`: the driver will not start or will fail; `warning`: it works, but not as well as it could. */
  readonly level: 'ok' | 'warning' | 'problem';
  /** What was looked at; stable, for programs. */
  readonly topic: FindingTopic;
  /** One sentence about what was found. */
  readonly text: string;
  /** What to do about it. */
  readonly advice?: string;
  /** The code of the error that the driver would raise, where it would. */
  readonly code?: string;
}

/** Everything that is looked at, in this order. */
export const findingTopics = [
  'options',
  'surroundings',
  'session',
  'system',
  'clock',
  'vios',
  'storage',
  'media',
  'switch',
] as const;
export type FindingTopic = (typeof findingTopics)[number];

export function ok(topic: FindingTopic, text: string): Finding {
  return { level: 'ok', topic, text };
}

export function warning(topic: FindingTopic, text: string, advice: string): Finding {
  return { level: 'warning', topic, text, advice };
}

export function problem(topic: FindingTopic, text: string, advice: string, code?: string): Finding {
  return { level: 'problem', topic, text, advice, ...(code === undefined ? {} : { code }) };
}

/** What the driver itself would say: its sentences name the option and what there is instead. */
export function problemOf(topic: FindingTopic, thrown: unknown, advice: string): Finding {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;
  return problem(topic, thrown instanceof Error ? thrown.message : String(thrown), advice, code);
}

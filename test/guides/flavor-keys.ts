import { flavorKeys } from '@openstack-powervm/compute';

/** The table of flavor keys for docs/user-guide.md. */
export function flavorKeyTable(): string {
  const rows = Object.entries(flavorKeys).map(
    ([name, key]) => `| \`powervm:${name}\` | ${valuesOf(key)} | ${key.description} |`,
  );
  return ['| Key | Values | Meaning |', '|---|---|---|', ...rows, ''].join('\n');
}

interface Limits {
  readonly type: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly choices?: readonly string[];
}

function valuesOf({ type, minimum, maximum, maxLength, choices }: Limits): string {
  if (type === 'boolean') return 'true, yes, false or no';
  if (choices) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (type === 'string') return `text of at most ${maxLength} characters`;
  return maximum === undefined ? `${type}, at least ${minimum}` : `${type}, ${minimum} to ${maximum}`;
}

import { acceptedValues, flavorKeys } from '@openstack-powervm/compute';

/**
 * The table of flavor keys (section 8.2) for docs/user-guide.md, from the declarations that the driver and the check in
 * nova-api read them by.
 */
export function flavorKeyTable(): string {
  const rows = Object.entries(flavorKeys).map(
    ([name, key]) =>
      `| \`powervm:${name}\` | ${acceptedValues(key).replaceAll('|', '\\|')} | ${key.description} |`,
  );
  return ['| Key | Value | Meaning |', '|---|---|---|', ...rows, ''].join('\n');
}

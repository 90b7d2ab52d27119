import { features } from '@openstack-powervm/compute';

/** Which row of the support matrix stands behind each of Tempest's feature flags of the compute API. */
const rows = {
  attach_encrypted_volume: 'V01',
  change_password: 'A18',
  cold_migration: 'M10',
  config_drive: 'H06',
  console_output: 'C04',
  interface_attach: 'N04',
  live_migration: 'M01',
  pause: 'A07',
  personality: 'A19',
  rescue: 'A09',
  resize: 'A14',
  shelve: 'A17',
  snapshot: 'A16',
  stable_rescue: 'A09',
  suspend: 'A08',
  vnc_console: 'C01',
} as const;

/** A flag that is on or off, and the sentence why. */
export interface Capability {
  readonly flag: string;
  readonly on: boolean;
  readonly reason: string;
}

/** What no row of the matrix speaks of: Nova does it without the driver. */
const fixed: readonly Capability[] = [
  { flag: 'enable_instance_password', on: true, reason: "Nova's own" },
  { flag: 'hostname_fqdn_sanitization', on: true, reason: "Nova's own" },
];

/**
 * Whether Tempest is told of Cinder. While the driver connects no volumes, the classes of the compute API that need
 * them skip for that reason; other services are tested with it.
 */
export function tellsOfVolumes(regex: string): Capability {
  const volumes = features.find(({ id }) => id === 'V01')?.support ?? 'missing';
  const on = volumes === 'complete' || volumes === 'partial' || !regex.includes('compute');
  return { flag: 'service_available.cinder', on, reason: `V01 Volumes: ${volumes}` };
}

/**
 * Tempest's feature flags, from the declaration of what the driver supports: a flag is off only for what the matrix
 * refuses or lacks.
 */
export function capabilities(): readonly Capability[] {
  const matrix = Object.entries(rows).map(([flag, id]) => {
    const feature = features.find((each) => each.id === id);
    if (feature === undefined) throw new Error(`the support matrix has no row ${id} (${flag})`);
    const supported = feature.support === 'complete' || feature.support === 'partial';
    return { flag, on: supported, reason: `${id} ${feature.title}: ${feature.note || feature.support}` };
  });
  return [...matrix, ...fixed].toSorted((one, other) => one.flag.localeCompare(other.flag));
}

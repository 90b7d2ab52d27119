import { DriverError } from '../errors/index.js';

/** Longest partition name (requirements 1.3). */
const partitionNameLimit = 31;

/**
 * The partition UUID of an instance: PowerVM wants the top bit clear, and REST writes it in upper case
 * (ID-1, protocol reference 2.6).
 */
export function partitionUuidOf(instanceUuid: string): string {
  const first = Number.parseInt(instanceUuid.charAt(0), 16) & 7;
  return `${first}${instanceUuid.slice(1)}`.toUpperCase();
}

/** The instance UUIDs a partition may stand for, likelier first: as it is, then with the top bit set (ID-3). */
export function instanceUuidCandidates(partitionUuid: string): readonly [string, string] {
  const plain = partitionUuid.toLowerCase();
  const first = Number.parseInt(plain.charAt(0), 16) | 8;
  return [plain, `${first.toString(16)}${plain.slice(1)}`];
}

/** The partition name of an instance: characters PowerVM refuses become `_`, then cut at 31 (ID-4). */
export function partitionNameOf(instanceName: string): string {
  if (instanceName === '')
    throw new DriverError(
      'PVM_PARTITION_NAME_INVALID',
      'The instance name is empty, so the partition cannot be named; check instance_name_template in nova.conf',
    );
  return instanceName.replace(/[^ !#%+,\-./0-9:;=@A-Z^_a-z{}]/g, '_').slice(0, partitionNameLimit);
}

/**
 * The name that marks a partition as being resized or migrated. Two long names must not become equal by the cut,
 * so a name that would lose its end gets the start of the UUID instead (MIG-4, B-25).
 */
export function phaseNameOf(phase: 'resize' | 'migrate', instance: { name: string; uuid: string }): string {
  const full = `${phase}_${instance.name}`;
  if (full.length <= partitionNameLimit) return partitionNameOf(full);
  const mark = `_${instance.uuid.slice(0, 8)}`;
  return partitionNameOf(`${full.slice(0, partitionNameLimit - mark.length)}${mark}`);
}

/**
 * A name for a disk, logical unit or medium: characters outside letters, digits, `.` and `_` become `_`; the middle
 * gives way when it is too long, prefix and suffix never (ID-5).
 */
export function fileName(
  middle: string,
  { prefix = '', suffix = '', limit }: { prefix?: string; suffix?: string; limit: number },
): string {
  const room = limit - prefix.length - suffix.length;
  if (room < 1)
    throw new RangeError(`"${prefix}…${suffix}" leaves no room for a name of ${limit} characters`);
  return `${prefix}${middle.slice(0, room)}${suffix}`.replace(/[^.0-9A-Z_a-z]/g, '_');
}

/**
 * Recognises partition names that `instance_name_template` makes, also while they are marked as being resized or
 * migrated. Partitions made by hand have other names and are none of Nova's business (HOST-16).
 */
export function managedNamePattern(instanceNameTemplate: string): RegExp {
  const pieces = instanceNameTemplate.split(/(%(?:\(\w+\))?0?\d*[sdxX])/);
  const pattern = pieces.map((piece) => (piece.startsWith('%') ? conversionPattern(piece) : literal(piece)));
  return new RegExp(`^(?:resize_|migrate_)?${pattern.join('')}`);
}

function conversionPattern(conversion: string): string {
  if (conversion.startsWith('%(uuid)')) return '[0-9a-f]{8}-[0-9a-f-]*';
  if (conversion.endsWith('d')) return '[0-9]+';
  if (conversion.endsWith('s')) return '.+';
  return '[0-9a-fA-F]+';
}

function literal(text: string): string {
  const sanitised = text === '' ? '' : partitionNameOf(text.slice(0, partitionNameLimit));
  return sanitised.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

import type { Flavor } from '../contract/index.js';
import type { SystemFacts } from '../host/system-facts.js';
import { badFlavorValue, type FlavorSpecs, unsupportedByHost } from './flavor-keys.js';

/**
 * Attributes of a partition that only some systems know (FLV-12, F10). One that the flavor does not set is not sent: a
 * new partition gets the platform's default, a resized one keeps what it has.
 */
export interface OptionalAttributes {
  /** Active memory expansion: 0 is off, else 1 to 10, two decimals. */
  readonly expansionFactor: number | undefined;
  /** A number of the system, `auto` for any that may be assigned by itself, or `none`. */
  readonly virtualSerialNumber: string | undefined;
  readonly placement: number | undefined;
  /** Name of a tier of the system, IBM i only. */
  readonly softwareTier: string | undefined;
  readonly kvmCapable: boolean | undefined;
  readonly minimumAffinityScore: number | undefined;
  readonly minimumAffinityScoreAction: string | undefined;
}

type Capability = keyof SystemFacts['capabilities'];

/** What a key asks for. Asking for nothing (0, false, none) is possible everywhere, and then not sent (FLV-9). */
const needs: readonly (readonly [keyof FlavorSpecs, Capability, string])[] = [
  ['ame_factor', 'activeMemoryExpansion', 'cannot expand memory'],
  ['virtual_serial_number', 'virtualSerialNumber', 'has no virtual serial numbers'],
  ['lpar_placement', 'lparPlacement', 'takes no placement of partitions'],
  ['virtual_software_tier', 'ibmiSoftwareTier', 'has no IBM i software tiers'],
  ['kvm_capable', 'kvm', 'has no partitions that can run KVM'],
  ['min_affinity_score', 'minimumAffinityScore', 'takes no minimum affinity score'],
  ['min_affinity_score_action', 'minimumAffinityScore', 'takes no minimum affinity score'],
];

const isNothing = (value: FlavorSpecs[keyof FlavorSpecs]): boolean =>
  value === undefined || value === 0 || value === false || value === 'none';

/** Throws PVM_FLAVOR_VALUE_INVALID or PVM_FLAVOR_UNSUPPORTED_BY_HOST. */
export function optionalAttributes(
  specs: FlavorSpecs,
  host: Pick<SystemFacts, 'name' | 'capabilities' | 'softwareTiers'>,
  ibmi: boolean,
): OptionalAttributes {
  for (const [name, capability, cannot] of needs)
    if (!isNothing(specs[name]) && !host.capabilities[capability])
      throw unsupportedByHost(`powervm:${name}`, specs[name], `${host.name} ${cannot}`);
  const where = <T>(capability: Capability, value: T | undefined): T | undefined =>
    host.capabilities[capability] ? value : undefined;
  return {
    expansionFactor: where('activeMemoryExpansion', specs.ame_factor),
    virtualSerialNumber: where('virtualSerialNumber', specs.virtual_serial_number),
    placement: where('lparPlacement', specs.lpar_placement),
    softwareTier: softwareTier(specs.virtual_software_tier, host, ibmi),
    kvmCapable: where('kvm', specs.kvm_capable),
    minimumAffinityScore: where('minimumAffinityScore', specs.min_affinity_score),
    minimumAffinityScoreAction: where('minimumAffinityScore', specs.min_affinity_score_action),
  };
}

/** The partition got a serial number that nobody chose. Asks the flavor as it is, because a bad one must not stop a removal. */
export function takesAnySerialNumber({ extraSpecs }: Pick<Flavor, 'extraSpecs'>): boolean {
  return extraSpecs['powervm:virtual_serial_number']?.trim() === 'auto';
}

/** The system's own spelling; a system that does not list its tiers decides itself. */
function softwareTier(
  wanted: string | undefined,
  { name, softwareTiers }: Pick<SystemFacts, 'name' | 'softwareTiers'>,
  ibmi: boolean,
): string | undefined {
  const key = 'powervm:virtual_software_tier';
  if (wanted === undefined) return undefined;
  if (!ibmi) throw badFlavorValue(key, wanted, 'only an IBM i partition has a software tier');
  if (softwareTiers.length === 0) return wanted;
  const known = softwareTiers.find((tier) => tier.toLowerCase() === wanted.toLowerCase());
  if (known !== undefined) return known;
  throw unsupportedByHost(key, wanted, `${name} has only the tiers ${softwareTiers.join(', ')}`);
}

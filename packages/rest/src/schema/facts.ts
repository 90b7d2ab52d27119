/**
 * When a value may be set, as the `kb` attribute says on the wire (protocol reference 2.4): CU on create and
 * update, CO on create only, UO on update only, RO never. Third letter: R required, O optional, D defaulted,
 * A may be absent. `unseen`: the element is known to clients' order tables but occurs in no capture, so neither its
 * type nor its usage is proven (the protocol reference marks these with a dagger). `none`: an alternative of a choice;
 * it carries no usage of its own.
 */
export type Usage =
  | 'CUR'
  | 'CUD'
  | 'CUA'
  | 'CUO'
  | 'COR'
  | 'COD'
  | 'UOR'
  | 'UOD'
  | 'ROR'
  | 'ROO'
  | 'unseen'
  | 'none';

/** Extended attribute groups (protocol reference 2.10): what a server leaves out unless asked. */
export const extendedGroups = [
  'All',
  'None',
  'Advanced',
  'EnergyManagement',
  'Hypervisor',
  'NVRAM',
  'SystemNetwork',
  'TierThreshold',
  'ViosFCMapping',
  'ViosNetwork',
  'ViosSCSIMapping',
  'ViosStorage',
  'VNIC',
] as const;

export type ExtendedGroup = (typeof extendedGroups)[number];

/** What is known about a field beyond its name, usage and type. */
export interface FieldFacts {
  /** `kxe="true"`: changes by itself and is left out of the ETag. */
  readonly volatile?: boolean;
  /** `ksv`: the schema revision that brought the element, such as `V1_3_0`. Clients repeat it on what they create. */
  readonly since?: `V${number}_${number}_${number}`;
  /** The extended attribute group that must be asked for. */
  readonly group?: ExtendedGroup;
  readonly unit?: 'MB' | 'GB' | 'KB' | 'bytes' | 'processor units' | '%' | 'epoch ms' | 'minutes';
  /** Values that are known; servers may send others. */
  readonly values?: readonly string[];
  /** Where the fact comes from, when it is not where the rest of the declaration comes from. */
  readonly evidence?: string;
  /** What the wire name does not tell. */
  readonly note?: string;
}

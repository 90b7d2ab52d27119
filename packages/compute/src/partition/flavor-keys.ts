import { DriverError } from '../errors/index.js';

const prefix = 'powervm:';
/** Nova's keys for limits that nothing here would keep (S08). Other features that PowerVM lacks find no host by trait. */
const diskLimit = 'quota:disk_';

/** What a flavor key accepts, as data: the flavor validator of the Nova API is generated from it (DRIFT-14). */
interface FlavorKey<T = unknown> {
  readonly description: string;
  readonly type: 'integer' | 'number' | 'boolean' | 'string';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  /** Zero is accepted too, below the minimum: it switches off. */
  readonly zero?: boolean;
  /** What text must look like as a whole; a regular expression that JavaScript and Python both know. */
  readonly pattern?: string;
  readonly choices?: readonly string[];
  /** The value, or undefined when the text is not acceptable. */
  read(text: string): T | undefined;
}

function inRange(value: number, minimum: number, maximum: number): number | undefined {
  return value >= minimum && value <= maximum ? value : undefined;
}

function integer(description: string, minimum: number, maximum?: number): FlavorKey<number> {
  const read = (text: string) =>
    /^\d+$/.test(text) ? inRange(Number(text), minimum, maximum ?? Number.MAX_SAFE_INTEGER) : undefined;
  return { description, type: 'integer', minimum, ...(maximum === undefined ? {} : { maximum }), read };
}

function decimal(description: string, minimum: number): FlavorKey<number> {
  const read = (text: string) =>
    /^\d*\.?\d+$/.test(text) ? inRange(Number(text), minimum, Number.MAX_SAFE_INTEGER) : undefined;
  return { description, type: 'number', minimum, read };
}

/** 0 is off, otherwise from 1 on; the platform takes two decimals. */
function factor(description: string, maximum: number): FlavorKey<number> {
  const { read, ...rest } = decimal(description, 0);
  const readFactor = (text: string) => {
    const value = read(text);
    if (value === undefined || value === 0) return value;
    const inside = inRange(value, 1, maximum);
    return inside === undefined ? undefined : Math.round(inside * 100) / 100;
  };
  return { ...rest, minimum: 1, maximum, zero: true, read: readFactor };
}

/** The boolean words of FLV-3, in any case. */
const words: ReadonlyMap<string, boolean> = new Map([
  ...(['true', 't', 'yes', 'y'] as const).map((word) => [word, true] as const),
  ...(['false', 'f', 'no', 'n'] as const).map((word) => [word, false] as const),
]);

function boolean(description: string): FlavorKey<boolean> {
  return {
    description,
    type: 'boolean',
    choices: [...words.keys()],
    read: (text) => words.get(text.toLowerCase()),
  };
}

function choice<T>(description: string, values: Readonly<Record<string, T>>): FlavorKey<T> {
  const table = new Map(Object.entries(values));
  return { description, type: 'string', choices: [...table.keys()], read: (text) => table.get(text) };
}

function text(description: string, maxLength: number): FlavorKey<string> {
  return {
    description,
    type: 'string',
    maxLength,
    read: (value) => (value.length > 0 && value.length <= maxLength ? value : undefined),
  };
}

function matching(description: string, pattern: string): FlavorKey<string> {
  const whole = new RegExp(`^(?:${pattern})$`);
  return { description, type: 'string', pattern, read: (value) => (whole.test(value) ? value : undefined) };
}

/** What each key means once it is read. */
interface FlavorValues {
  min_mem: number;
  max_mem: number;
  min_vcpu: number;
  max_vcpu: number;
  proc_units: number;
  min_proc_units: number;
  max_proc_units: number;
  dedicated_proc: boolean;
  uncapped: boolean;
  shared_weight: number;
  /** As REST writes it, spelling mistakes included (protocol reference 3.3). */
  dedicated_sharing_mode: string;
  shared_proc_pool_name: string;
  processor_compatibility: string;
  availability_priority: number;
  srr_capability: boolean;
  enable_lpar_metric: boolean;
  /** Exponent index 0 to 6. */
  ppt_ratio: number;
  enforce_affinity_check: boolean;
  secure_boot: number;
  ame_factor: number;
  virtual_serial_number: string;
  lpar_placement: number;
  virtual_software_tier: string;
  kvm_capable: boolean;
  min_affinity_score: number;
  min_affinity_score_action: string;
}

/** Every `powervm:` key (section 8.2). */
export const flavorKeys: { readonly [K in keyof FlavorValues]: FlavorKey<FlavorValues[K]> } = {
  min_mem: integer('Minimum memory in MB', 128),
  max_mem: integer('Maximum memory in MB', 128),
  min_vcpu: integer('Minimum number of processors', 1),
  max_vcpu: integer('Maximum number of processors', 1),
  proc_units: decimal('Entitled capacity in processing units', 0.05),
  min_proc_units: decimal('Minimum entitled capacity in processing units', 0.05),
  max_proc_units: decimal('Maximum entitled capacity in processing units', 0.05),
  dedicated_proc: boolean('Dedicated processors instead of shared ones'),
  uncapped: boolean('May use idle capacity of the shared pool beyond the entitlement'),
  shared_weight: integer('Share of idle capacity relative to other uncapped partitions', 0, 255),
  dedicated_sharing_mode: choice('Donation of idle dedicated processors', {
    share_idle_procs: 'sre idle proces',
    keep_idle_procs: 'keep idle procs',
    share_idle_procs_active: 'sre idle procs active',
    share_idle_procs_always: 'sre idle procs always',
  }),
  shared_proc_pool_name: text('Shared processor pool', 14),
  processor_compatibility: text('Processor compatibility mode of the host', 64),
  availability_priority: integer('Priority when processors fail', 0, 255),
  srr_capability: boolean('Simplified remote restart, where the host can'),
  enable_lpar_metric: boolean('Collect performance data of the partition'),
  ppt_ratio: choice('Ratio of the physical page table to memory', {
    '1:64': 0,
    '1:128': 1,
    '1:256': 2,
    '1:512': 3,
    '1:1024': 4,
    '1:2048': 5,
    '1:4096': 6,
  }),
  enforce_affinity_check: boolean('Keep the affinity score on live migration'),
  secure_boot: integer('Secure boot policy, AIX and Linux only', 0, 9),
  ame_factor: factor('Active memory expansion, 0 is off', 10),
  virtual_serial_number: matching(
    'Serial number that the partition shows instead of the machine: one of the system, auto or none',
    'auto|none|[0-9A-Z]{7}',
  ),
  lpar_placement: integer('Placement of the partition on processors and memory', 0),
  virtual_software_tier: text('Software tier, IBM i only', 31),
  kvm_capable: boolean('The partition may run KVM guests itself'),
  min_affinity_score: integer('Least affinity score with which the partition is activated', 0, 100),
  min_affinity_score_action: text('What an activation with a lower affinity score does', 31),
};

/** The `powervm:` keys of one flavor, converted and range-checked. */
export type FlavorSpecs = Partial<FlavorValues>;

/**
 * Reads the `powervm:` keys of a flavor; other keys are none of ours (FLV-2), except limits of disks, which must not be
 * promised silently (S08). An unknown key or a bad value ends with an error that names key and value (FLV-3, FLV-4).
 */
export function readFlavorKeys(extraSpecs: Readonly<Record<string, string>>): FlavorSpecs {
  const specs: FlavorSpecs = {};
  for (const [key, value] of Object.entries(extraSpecs)) {
    if (key.startsWith(diskLimit))
      throw badFlavorValue(key, value, 'PowerVM cannot limit the rate of a disk; remove the key');
    if (!key.startsWith(prefix)) continue;
    const name = key.slice(prefix.length);
    if (!isFlavorKey(name))
      throw new DriverError(
        'PVM_FLAVOR_KEY_UNKNOWN',
        // Nova keeps 255 characters of it, too few for a list of the known keys.
        `The flavor has the key ${key}, but the PowerVM driver knows no such key`,
        { key, known: Object.keys(flavorKeys).join(' ') },
      );
    setSpec(specs, name, value);
  }
  return specs;
}

function isFlavorKey(name: string): name is keyof FlavorValues {
  return Object.hasOwn(flavorKeys, name);
}

function setSpec<K extends keyof FlavorValues>(specs: FlavorSpecs, name: K, value: string): void {
  const key: FlavorKey<FlavorValues[K]> = flavorKeys[name];
  const read = key.read(value.trim());
  if (read === undefined)
    throw badFlavorValue(`${prefix}${name}`, value, `it must be ${acceptedValues(key)}`);
  specs[name] = read;
}

/** The error for a flavor value, in one form everywhere. */
export function badFlavorValue(key: string, value: string | number, reason: string): DriverError {
  return new DriverError('PVM_FLAVOR_VALUE_INVALID', `The flavor sets ${key} to "${value}", but ${reason}`, {
    key,
    value,
  });
}

/** The error for a flavor value that this host cannot give; another host may. `value` as the flavor means it. */
export function unsupportedByHost(key: string, value: unknown, reason: string): DriverError {
  const details = { key, value: String(value) };
  const message = `The flavor sets ${key} to "${details.value}", but ${reason}`;
  return new DriverError('PVM_FLAVOR_UNSUPPORTED_BY_HOST', message, details);
}

/** What a key accepts, in words: `one of …`, `an integer from 0 to 9`. */
export function acceptedValues({
  type,
  minimum,
  maximum,
  maxLength,
  zero,
  pattern,
  choices,
}: FlavorKey): string {
  if (choices) return `one of ${choices.join(', ')}`;
  if (pattern) return `of the form ${pattern}`;
  if (type === 'string') return `text of 1 to ${maxLength} characters`;
  const kind = type === 'integer' ? 'an integer' : 'a decimal number';
  const range = maximum === undefined ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
  return `${zero ? '0 or ' : ''}${kind} ${range}`;
}

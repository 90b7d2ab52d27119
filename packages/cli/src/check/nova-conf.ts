import { describeAllOptions, type OptionDescription } from '@openstack-powervm/bridge';
import { type Finding, reasonUnused } from '@openstack-powervm/compute';
import {
  boolean,
  float,
  integer,
  type OptionType,
  type OsloConfig,
  option,
  string,
} from '@openstack-powervm/oslo';

/** What nova.conf says about the driver. */
export interface NovaConf {
  /** Values of `[powervm]`; options whose value has the wrong type are left out, and reported. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
  readonly computeDriver: string;
  /** Where nova-compute looks for the daemon. */
  readonly socket: string;
  /** The program that makes config drives. */
  readonly isoProgram: string;
}

const computeDriver = option('DEFAULT', 'compute_driver', string, '');
const isoProgram = option('DEFAULT', 'mkisofs_cmd', string, 'genisoimage');

/** Reads `[powervm]` as nova-compute will, and reports every value that it would refuse and every unknown name. */
export function readNovaConf(config: OsloConfig): NovaConf {
  const values: Record<string, unknown> = {};
  const findings: Finding[] = [];
  const described = describeAllOptions();
  for (const each of described) {
    try {
      values[each.name] = config.read(asOsloOption(each));
    } catch (thrown) {
      findings.push(refused(thrown));
    }
  }
  const known = new Set(described.map(({ name }) => name));
  findings.push(
    ...config
      .names('powervm')
      .filter((name) => !known.has(name))
      .map(unknown),
  );
  return {
    ...{ values, findings },
    computeDriver: config.read(computeDriver),
    isoProgram: config.read(isoProgram),
    socket: String(values['daemon_socket'] ?? ''),
  };
}

function asOsloOption({ name, default: value, secret, ...rest }: OptionDescription) {
  return option<unknown>('powervm', name, typeOf(rest), value, { secret: secret ?? false });
}

function typeOf({ type, min, max }: Pick<OptionDescription, 'type' | 'min' | 'max'>): OptionType<unknown> {
  const range = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  if (type === 'boolean') return boolean;
  if (type === 'integer') return integer(range);
  return type === 'float' ? float(range) : string;
}

function refused(thrown: unknown): Finding {
  return {
    level: 'problem',
    topic: 'options',
    code: 'PVM_OPTIONS_INVALID',
    text: thrown instanceof Error ? thrown.message.replace(/^\[\w+\] /, '') : String(thrown),
    advice: 'correct the value in nova.conf',
  };
}

function unknown(name: string): Finding {
  const reason = reasonUnused(name);
  return {
    level: 'warning',
    topic: 'options',
    text: `[powervm] ${name} is ignored: ${reason ?? 'there is no such option'}`,
    advice: reason ? 'take it out' : 'look for a spelling mistake; docs/configuration.md lists the options',
  };
}

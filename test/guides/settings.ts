import { seaAgentOptions, sriovAgentOptions } from '@openstack-powervm/agents';
import { describeAllOptions, type OptionDescription } from '@openstack-powervm/bridge';

/** An option as the sample files and the page about configuration show it. */
export interface Setting {
  readonly group: string;
  readonly name: string;
  readonly type: string;
  /** As it would be written in the file. */
  readonly default: string;
  /** What is allowed, in words; empty when everything of the type is. */
  readonly range: string;
  readonly help: string;
  readonly secret: boolean;
}

/** A program with a configuration file of its own. */
export interface Configured {
  readonly title: string;
  /** Where its options stand on a host. */
  readonly file: string;
  readonly sample: string;
  readonly settings: readonly Setting[];
}

export const configured: readonly Configured[] = [
  {
    title: 'nova-compute',
    file: '/etc/nova/nova.conf',
    sample: 'nova-powervm.conf.sample',
    settings: describeAllOptions().map(novaSetting),
  },
  {
    title: 'SEA agent',
    file: '/etc/neutron/plugins/ml2/powervm_sea_agent.ini',
    sample: 'powervm_sea_agent.ini.sample',
    settings: agentSettings(seaAgentOptions),
  },
  {
    title: 'SR-IOV agent',
    file: '/etc/neutron/plugins/ml2/powervm_sriov_agent.ini',
    sample: 'powervm_sriov_agent.ini.sample',
    settings: agentSettings(sriovAgentOptions),
  },
];

function novaSetting(option: OptionDescription): Setting {
  const { name, type, default: value, choices, min, max, help, secret = false } = option;
  const range = [
    ...(choices ? [`one of ${choices.join(', ')}`] : []),
    ...(min !== undefined && max !== undefined ? [`${min} to ${max}`] : []),
    ...(min !== undefined && max === undefined ? [`at least ${min}`] : []),
  ].join('; ');
  return { group: 'powervm', name, type, default: written(value), range, help, secret };
}

interface AgentOption {
  readonly group: string;
  readonly name: string;
  readonly type: { readonly description: string };
  readonly default: unknown;
  readonly help?: string;
  readonly secret?: boolean;
}

/** Options of an agent, group by group. */
function agentSettings(options: Readonly<Record<string, AgentOption>>): Setting[] {
  return Object.values(options).map(({ group, name, type, default: value, help, secret = false }) => {
    if (help === undefined) throw new Error(`option ${name} in [${group}] has no help text`);
    const kind = type.description.replace(/^an? /, '');
    return { group, name, type: kind, default: written(value), range: '', help, secret };
  });
}

function written(value: unknown): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join(',') : String(value);
}

/** Settings by group, in the order in which the groups first occur. */
export function byGroup(settings: readonly Setting[]): ReadonlyMap<string, readonly Setting[]> {
  const groups = new Map<string, Setting[]>();
  for (const setting of settings) groups.set(setting.group, [...(groups.get(setting.group) ?? []), setting]);
  return groups;
}

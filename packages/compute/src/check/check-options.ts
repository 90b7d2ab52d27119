import { PowerVMOptions } from '../contract/index.js';
import { type Finding, ok, problem, warning } from './finding.js';

/**
 * Looks at the values of `[powervm]` on their own and together: every one that is out of range, and what contradicts
 * or misses another one (CFG-1, CFG-2). The options come back when all of them are valid.
 */
export function checkOptions(given: Readonly<Record<string, unknown>>): {
  readonly findings: readonly Finding[];
  readonly options: PowerVMOptions | undefined;
} {
  const parsed = PowerVMOptions.safeParse(given);
  if (!parsed.success) {
    const findings = parsed.error.issues.map((issue) =>
      problem(
        'options',
        `[powervm] ${issue.path.join('.')}: ${issue.message}`,
        'correct the value in nova.conf',
        'PVM_OPTIONS_INVALID',
      ),
    );
    return { findings, options: undefined };
  }
  const findings = [...contradictions(parsed.data), ...riskyChoices(parsed.data)];
  const good = ok('options', 'every option of [powervm] is valid');
  return { findings: findings.length === 0 ? [good] : findings, options: parsed.data };
}

function contradictions(options: PowerVMOptions): Finding[] {
  const found: Finding[] = [];
  if (options.disk_driver === 'localdisk' && options.volume_group_name === '')
    found.push(
      problem(
        'options',
        '[powervm] disk_driver is localdisk, but volume_group_name is not set',
        'name the volume group for instance disks; powervm volume-group list shows what there is',
        'PVM_CONFIG_MISSING',
      ),
    );
  if ((options.rest_username === '') !== (options.rest_password === ''))
    found.push(
      problem(
        'options',
        '[powervm] rest_username and rest_password go together, but only one is set',
        'set both, or neither for the local logon on NovaLink',
        'PVM_CREDENTIALS_REFUSED',
      ),
    );
  if (options.vnc_use_x509_auth) found.push(...missingForX509(options));
  return found;
}

function missingForX509(options: PowerVMOptions): Finding[] {
  const needed = ['vnc_ca_certs', 'vnc_server_cert', 'vnc_server_key'] as const;
  return needed
    .filter((name) => options[name] === '')
    .map((name) =>
      problem(
        'options',
        `[powervm] vnc_use_x509_auth is on, but ${name} is not set`,
        'name the PEM file, or switch vnc_use_x509_auth off',
        'PVM_CONFIG_MISSING',
      ),
    );
}

function riskyChoices(options: PowerVMOptions): Finding[] {
  const found: Finding[] = [];
  const { protocol, hostname } = new URL(options.rest_endpoint);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol === 'http:' && options.rest_password !== '' && !isLocal)
    found.push(
      warning(
        'options',
        `the password for ${options.rest_endpoint} crosses the network unencrypted`,
        'use an https:// address in [powervm] rest_endpoint',
      ),
    );
  if (options.volume_group_name === 'rootvg')
    found.push(
      warning(
        'options',
        '[powervm] volume_group_name is rootvg, which holds the operating system of the VIOS',
        'give instance disks a volume group of their own: a full rootvg stops the VIOS',
      ),
    );
  if (!options.use_rmc_mgmt_vif)
    found.push(
      warning(
        'options',
        '[powervm] use_rmc_mgmt_vif is off: partitions have no RMC connection of the driver’s making',
        'without RMC, adapters cannot be attached to running partitions; set it unless another network serves RMC',
      ),
    );
  return found;
}

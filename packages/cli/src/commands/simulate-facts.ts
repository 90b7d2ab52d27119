import { assumptions, behaviours, type Capabilities, capabilities } from '@openstack-powervm/simulator';

/** What `powervm simulate --capabilities` prints. */
export function capabilitiesText(): string {
  const { resources, jobs, others } = capabilities();
  const modelled = resources.filter(({ operations }) => operations.length > 0);
  const missing = [
    ...resources.filter(({ operations }) => operations.length === 0).map(({ address }) => `  ${address}`),
    ...jobLines(jobs.filter((job) => !job.modelled)),
  ];
  return [
    'Modelled resources',
    ...modelled.map(({ address, operations }) => `  ${address.padEnd(50)}${operations.join(' ')}`),
    '',
    'Modelled jobs',
    ...jobLines(jobs.filter((job) => job.modelled)),
    '',
    'Everything else that is answered',
    ...others.map((other) => `  ${other}`),
    '',
    'Known, and answered "not implemented" (501)',
    ...(missing.length > 0 ? missing : ['  nothing that the protocol reference describes']),
    '',
  ].join('\n');
}

function jobLines(jobs: Capabilities['jobs']): string[] {
  return jobs.map(({ type, operation, only }) => {
    const remark = only === undefined ? '' : ` (${only} only)`;
    return `  ${type} ${operation}${remark}`;
  });
}

/** What `powervm simulate --assumptions` prints: what nobody has seen a real console do comes first. */
export function assumptionsText(): string {
  const proven = behaviours.filter(({ evidence }) => evidence !== undefined);
  return [
    'Assumed: nobody has seen a real console do this',
    ...assumptions().map(({ id, does, assumed }) => `  ${id}\n    ${does}\n    why: ${assumed}`),
    '',
    'With evidence',
    ...proven.map(({ id, does, evidence }) => `  ${id}\n    ${does}\n    evidence: ${evidence}`),
    '',
  ].join('\n');
}

/** The same as data. */
export const capabilitiesJson = (): string => `${JSON.stringify(capabilities(), undefined, 2)}\n`;
export const assumptionsJson = (): string => `${JSON.stringify(behaviours, undefined, 2)}\n`;

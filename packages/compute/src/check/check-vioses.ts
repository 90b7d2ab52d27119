import { isActiveVios, type ViosFacts } from '../host/vios-facts.js';
import type { HostCheck } from './check-host.js';
import { type Finding, ok, problem, warning } from './finding.js';

/** States and RMC connections of the Virtual I/O Servers; the driver works with those that are active (TX-3). */
export async function checkVioses({ vioses, call }: HostCheck): Promise<Finding[]> {
  const all = await vioses.all(call);
  if (!all.some(isActiveVios))
    return [
      problem(
        'vios',
        `no Virtual I/O Server is running and reachable (${all.map(stateOf).join('; ') || 'there is none'})`,
        'start one and check its RMC connection to the management partition',
        'PVM_NO_ACTIVE_VIOS',
      ),
    ];
  return all.map((vios) =>
    isActiveVios(vios)
      ? ok('vios', stateOf(vios))
      : warning('vios', `${stateOf(vios)}: it is left out`, adviceFor(vios)),
  );
}

function stateOf({ name, state, rmcState }: ViosFacts): string {
  return `${name} is ${state}, RMC ${rmcState}`;
}

function adviceFor({ state }: ViosFacts): string {
  return state === 'running'
    ? 'check the network between it and the management partition, and RSCT on it'
    : 'power it on, or ignore this while it is in maintenance';
}

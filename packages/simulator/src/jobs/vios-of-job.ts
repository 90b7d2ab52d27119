import { conflict, notFound } from '../world/refusal.js';
import type { VirtualIOServer } from '../world/vios.js';
import type { JobRun } from './job-kind.js';

/** The VIOS that a job was submitted to; it must be up and reachable to do anything. Throws a `Refusal`. */
export function viosOfJob(run: JobRun): VirtualIOServer {
  for (const system of run.console.systems) {
    const vios = system.vioses.get(run.target);
    if (vios === undefined) continue;
    if (vios.state !== 'running' || (vios.rmc === 'inactive' && !vios.isManagement))
      throw conflict(`VIOS ${vios.name} is ${vios.state}, its RMC connection ${vios.rmc}.`);
    return vios;
  }
  throw notFound(`There is no VIOS ${run.target}.`);
}

import { readdirSync, readFileSync } from 'node:fs';
import { type ProcessIdentity, type ProcessStatus, statusOf } from './identity.js';

/** Environment variable that every process of a deployment inherits; its value is the deployment's id. */
export const familyVariable = 'POWERVM_DEPLOYMENT';

function otherProcesses(): ProcessStatus[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => statusOf(Number(name)) ?? []);
}

function hasMark(pid: number, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(mark);
  } catch {
    return false; // gone, or another user's process and therefore not ours
  }
}

/** The workers of running services: everything in the session that each service began. */
export function workersOf(leaders: readonly ProcessIdentity[]): ProcessIdentity[] {
  const sessions = new Set(leaders.map((leader) => leader.pid));
  return otherProcesses().filter((status) => sessions.has(status.session));
}

/**
 * Every process that inherited the deployment's mark, recorded or not: so what a killed start left
 * behind is found too. (A service that overwrites its environment with its title has lost the mark;
 * those are found as workers.)
 */
export function familyOf(deploymentId: string): ProcessIdentity[] {
  const mark = `${familyVariable}=${deploymentId}`;
  return otherProcesses().filter((status) => hasMark(status.pid, mark));
}

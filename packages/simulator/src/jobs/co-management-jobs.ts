import { modified } from '../world/changes.js';
import { notFound } from '../world/refusal.js';
import type { JobKind, JobRun } from './job-kind.js';

/** Taking and giving the mastership of a system that NovaLink and an HMC share (protocol reference 4.8, 9.2). */
export const coManagementJobs: readonly JobKind[] = (['Master', 'Controller'] as const).flatMap(
  (role): JobKind[] => [
    {
      group: 'ManagedSystem',
      operation: `Request${role}`,
      of: 'object',
      parameters: { [`coManagement${role}Status`]: ['norm', 'temp'] },
      run: (run) =>
        change(run, role, run.parameters.get(`coManagement${role}Status`) === 'temp' ? 'temp' : 'norm'),
    },
    {
      group: 'ManagedSystem',
      operation: `Release${role}`,
      of: 'object',
      parameters: {},
      run: (run) => change(run, role, 'release'),
    },
  ],
);

async function change(
  { world, console, target }: JobRun,
  role: 'Master' | 'Controller',
  how: 'norm' | 'temp' | 'release',
): Promise<Record<string, string>> {
  const system = console.systems.find((candidate) => candidate.uuid === target.toLowerCase());
  if (system === undefined) throw notFound(`There is no managed system ${target}.`);
  const state = role === 'Master' ? system.coManagement.master : system.coManagement.controller;
  const other = console.kind === 'NovaLink' ? 'HMC' : 'NovaLink';
  if (how === 'release') {
    // A temporary master gives back to whom it took from; a lasting one leaves the system to the other console.
    state.holder = state.takenFrom ?? other;
    state.takenFrom = undefined;
  } else if (state.holder !== console.kind) {
    state.takenFrom = how === 'temp' ? state.holder : undefined;
    state.holder = console.kind;
  }
  modified(world, system, 'Other');
  return {};
}

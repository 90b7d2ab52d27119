import { invalid, notFound } from '../world/refusal.js';
import type { JobKind } from './job-kind.js';

/** Protocol reference 4.8: at most eight pairs per call. */
export const nextWwpnsJob: JobKind = {
  group: 'ManagedSystem',
  operation: 'GetNextWWPNs',
  of: 'object',
  parameters: { numberPairsRequested: 'any' },
  run: async ({ console, target, parameters }) => {
    const system = console.systems.find((candidate) => candidate.uuid === target.toLowerCase());
    if (system === undefined) throw notFound(`There is no managed system ${target}.`);
    const count = Number(parameters.get('numberPairsRequested') ?? '1');
    if (!Number.isInteger(count) || count < 1 || count > 8)
      throw invalid(`numberPairsRequested ${parameters.get('numberPairsRequested')} is not 1 to 8.`);
    const pairs = Array.from({ length: count }, () => system.wwpns.takePair());
    return { wwpnList: pairs.flat().join(',') };
  },
};

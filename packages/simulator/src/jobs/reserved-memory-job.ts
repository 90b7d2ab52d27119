import type { Behaviour } from '../world/behaviour.js';
import { availableMemory } from '../world/capacity.js';
import { memoryOverhead } from '../world/memory.js';
import { invalid, notFound } from '../world/refusal.js';
import type { JobKind } from './job-kind.js';

export const reservedMemoryBehaviours: readonly Behaviour[] = [
  {
    id: 'job.reserved-memory',
    does: 'RequiredMemory is the desired memory plus the overhead that a partition of that size would get',
    evidence:
      'protocol reference 8.2: overhead = RequiredMemory - desired; the overhead itself is memory.overhead',
  },
];

/** Protocol reference 4.8. */
export const reservedMemoryJob: JobKind = {
  group: 'ManagedSystem',
  operation: 'QueryReservedMemoryRequiredForPartition',
  of: 'object',
  parameters: {
    LogicalPartitionEnvironment: ['AIX/Linux', 'OS400', 'Virtual IO Server'],
    DesiredMemory: 'any',
    MaximumMemory: 'any',
    NumberOfVirtualEthernetAdapter: 'any',
    NumberOfVirtualSCSIAdapter: 'any',
    NumberOfVirtualFibreChannelAdapter: 'any',
  },
  run: async ({ console, target, parameters }) => {
    const system = console.systems.find((candidate) => candidate.uuid === target.toLowerCase());
    if (system === undefined) throw notFound(`There is no managed system ${target}.`);
    const number = (name: string): number => {
      const value = Number(parameters.get(name) ?? '0');
      if (!Number.isInteger(value) || value < 0) throw invalid(`Parameter ${name} is not a number.`);
      return value;
    };
    const adapters =
      number('NumberOfVirtualEthernetAdapter') +
      number('NumberOfVirtualSCSIAdapter') +
      number('NumberOfVirtualFibreChannelAdapter');
    const desired = number('DesiredMemory');
    const overhead = memoryOverhead(number('MaximumMemory'), adapters, system.memoryBlockMb);
    return {
      RequiredMemory: String(desired + overhead),
      CurrentAvailableSystemMemory: String(availableMemory(system)),
    };
  },
};

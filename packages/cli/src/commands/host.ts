import { type Entity, ManagedSystem } from '@openstack-powervm/rest';
import type { Command } from 'commander';
import { inspectionCommand } from '../inspect/inspection.js';
import type { Scope } from '../inspect/scope.js';
import type { Row } from '../output/record.js';

type System = Entity<typeof ManagedSystem>;

/** `powervm host`: the managed systems behind a REST server. */
export function hostCommand(): Command {
  return inspectionCommand<System>({
    name: 'host',
    noun: 'managed system',
    description: 'list and show managed systems: one behind a NovaLink, any number behind an HMC',
    key: 'name, UUID or serial number of the system',
    columns: [
      { key: 'name', title: 'NAME' },
      { key: 'state', title: 'STATE' },
      { key: 'model', title: 'MODEL' },
      { key: 'serial', title: 'SERIAL' },
      { key: 'memoryMb', title: 'MEMORY MB' },
      { key: 'memoryFreeMb', title: 'FREE MB' },
      { key: 'processorUnits', title: 'PROC UNITS' },
      { key: 'processorUnitsFree', title: 'FREE UNITS' },
      { key: 'uuid', title: 'UUID' },
    ],
    listManual: { examples: [['powervm host list', 'capacity of each system']] },
    showManual: { examples: [['powervm host show sim1 --json', 'one system with its capabilities']] },
    list: wantedSystems,
    identifiersOf: ({ id, value }) => [
      id,
      value.systemName,
      value.machineTypeModelAndSerialNumber?.serialNumber,
    ],
    summary,
    details: async (system) => detailsOf(system),
  });
}

async function* wantedSystems(scope: Scope): AsyncGenerator<System> {
  const wanted = new Set((await scope.systems()).map(({ id }) => id));
  for await (const system of scope.session.stream(ManagedSystem, scope.call))
    if (wanted.has(system.id)) yield system;
}

function summary({ id, value }: System): Row {
  const machine = value.machineTypeModelAndSerialNumber;
  const memory = value.associatedSystemMemoryConfiguration;
  const processors = value.associatedSystemProcessorConfiguration;
  return {
    name: value.systemName,
    state: value.state,
    model: machine ? `${machine.machineType}-${machine.model}` : undefined,
    serial: machine?.serialNumber,
    memoryMb: memory?.configurableSystemMemory,
    memoryFreeMb: memory?.currentAvailableSystemMemory,
    processorUnits: processors?.configurableSystemProcessorUnits,
    processorUnitsFree: processors?.currentAvailableSystemProcessorUnits,
    uuid: id,
  };
}

function detailsOf({ value }: System): Row {
  const memory = value.associatedSystemMemoryConfiguration;
  const processors = value.associatedSystemProcessorConfiguration;
  return {
    memoryBlockMb: memory?.memoryRegionSize,
    processorModes: [...(processors?.supportedPartitionProcessorCompatibilityModes ?? [])],
    partitions: value.associatedLogicalPartitions.length,
    virtualIOServers: value.associatedVirtualIOServers.length,
    maximumPartitions: value.maximumPartitions,
    managementMaster: value.isPowerVMManagementMaster ?? true,
    time: value.systemTime === undefined ? undefined : new Date(value.systemTime).toISOString(),
    capabilities: capabilitiesOf(value.associatedSystemCapabilities?.toJSON() ?? {}),
  };
}

/** Names of the capabilities that the system has. */
function capabilitiesOf(all: Record<string, unknown>): string[] {
  return Object.entries(all)
    .filter(([, has]) => has === true)
    .map(([name]) => name)
    .sort();
}

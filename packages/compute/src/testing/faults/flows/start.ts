import { exampleCall } from '../../rig.js';
import { onPool } from '../../sites.js';
import { running } from '../arrangements.js';
import type { FaultFlow } from '../flow.js';

const start: Pick<FaultFlow, 'operation' | 'afterFailure' | 'exceptions' | 'arrange' | 'act'> = {
  operation: 'initHost',
  afterFailure: 'repeatable',
  exceptions: ['NovaException', 'HypervisorUnavailable'],
  arrange: running,
  act: ({ driver }) => driver.initHost({}, exampleCall()),
};

export const startFlows: readonly FaultFlow[] = [
  { title: 'INIT-1 a start of the service', ...start, rig: { start: false } },
  { title: 'INIT-6 SSP-1 a start with a Shared Storage Pool', ...start, rig: { ...onPool, start: false } },
];

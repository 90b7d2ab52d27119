export { type Deferred, deferred } from './deferred.js';
export { type Flow, observeSteps, runFlow, type Step, type StepRecord } from './flow.js';
export { KeyedLock, ReadWriteLock, unlessAborted } from './lock.js';
export {
  type CallOptions,
  type FlowHooks,
  type Operation,
  type OperationRecord,
  observeOperations,
  type Progress,
  runOperation,
} from './operation.js';
export { SharedWork } from './shared-work.js';

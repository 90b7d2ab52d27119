export {
  checkHost,
  checkOptions,
  type Finding,
  type FindingTopic,
  findingTopics,
} from './check/index.js';
export { type Clock, systemClock } from './clock.js';
export { CommandError, type CommandOptions, type Commands, systemCommands } from './commands.js';
export * from './contract/index.js';
export { LinuxBlockDevices } from './devices/linux-block-devices.js';
export type { NovaLinkDevice, NovaLinkDevices, ShownDisk } from './devices/novalink-devices.js';
export { Driver, type DriverDependencies } from './driver.js';
export { DriverError, type DriverErrorCode, type ErrorDetails, errorTable } from './errors/index.js';
export type { LifecycleEvent } from './events/listener.js';
export {
  type FlowHooks,
  type OperationRecord,
  observeOperations,
  observeSteps,
  type StepRecord,
} from './flow/index.js';
export { type Log, type LogFields, noLog } from './log.js';
export { acceptedValues, flavorKeys } from './partition/flavor-keys.js';
export { PowerState } from './partition/states.js';
export type { ImageStore, ImageStream } from './storage/image-store.js';
export { type Feature, features, type Support } from './support/features.js';

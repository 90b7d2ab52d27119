/** A simulated Power system behind the PowerVM REST API. */
export { assumptions, behaviours } from './behaviours.js';
export type { DiskInfo } from './bytes/byte-store.js';
export type { FaultEffect, FaultRule, FaultRuleInput } from './faults/fault-rule.js';
export { FaultRuleError, type FaultRuleState, FaultRules } from './faults/fault-rules.js';
export type { PartitionDisk } from './inspect/partition-disks.js';
export type { ConsoleSnapshot, WorldSnapshot } from './inspect/snapshot.js';
export type * from './inspect/system-snapshot.js';
export { simulatorErrors } from './observe.js';
export { routeTable } from './routes.js';
export { type ConsoleAddress, type Simulator, type SimulatorOptions, startSimulator } from './simulator.js';
export { defaultSite, defaultSystem } from './site/default-site.js';
export { hmcSite } from './site/hmc-site.js';
export { parseSite, type Site, SiteError, type SiteInput, siteSchema } from './site/site.js';
export { type LatencyProfile, timingProfiles } from './site/timing.js';
export { twoHostSite } from './site/two-host-site.js';
export type { Behaviour } from './world/behaviour.js';
export type { OutsideEvent } from './world/outside.js';

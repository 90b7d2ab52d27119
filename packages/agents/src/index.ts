export { AgentError, type AgentErrorCode } from './errors.js';
export type { Log, LogFields } from './log.js';
export type { Caller } from './neutron/caller.js';
export { SEA_AGENT, SeaAgent, type SeaAgentParts } from './sea/agent.js';
export { readSeaAgentOptions, type SeaAgentOptions, seaAgentOptions } from './sea/options.js';
export { PORT_UPDATE_TOPIC } from './sea/port-updates.js';
export { type RunSeaAgentOptions, runSeaAgent } from './sea/run.js';

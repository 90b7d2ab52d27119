export { checkHost } from './check-host.js';
export { checkOptions } from './check-options.js';
export { type Finding, type FindingTopic, findingTopics } from './finding.js';

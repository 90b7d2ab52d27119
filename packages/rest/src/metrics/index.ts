export { listMetricFiles, type MetricFile, readMetricFile } from './metric-feed.js';
export { parseMetricsJson } from './metrics-json.js';
export type * from './partition-sample.js';
export { type Metrics, readMetrics } from './read-metrics.js';
export type * from './system-sample.js';
export type * from './vios-sample.js';

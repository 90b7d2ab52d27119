import { observeOperations, observeSteps } from '@openstack-powervm/compute';
import type { Registry } from './registry.js';

/** From a power state to a large image, in seconds. */
const operationSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800];

/** Measures what Nova asks of the driver; returns the function that ends it. */
export function measureDriver(registry: Registry): () => void {
  const operations = registry.counter('powervm_operations_total', 'Operations of the driver by outcome.');
  const times = registry.histogram('powervm_operation_seconds', 'Time of an operation.', operationSeconds);
  const steps = registry.counter('powervm_steps_total', 'Steps of operations by outcome.');
  const stepTime = registry.counter('powervm_step_seconds_total', 'Time spent in steps of operations.');
  const stops = [
    observeOperations(({ operation, outcome, milliseconds }) => {
      operations.add({ operation, outcome });
      times.observe(milliseconds / 1000, { operation });
    }),
    observeSteps(({ operation, step, outcome, milliseconds }) => {
      steps.add({ operation, step, outcome });
      stepTime.add({ operation, step }, milliseconds / 1000);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

import type { FaultFlow } from '../flow.js';
import { deploymentFlows, removalFlows } from './deployments.js';
import { imageFlows } from './images.js';
import { interfaceFlows } from './interfaces.js';
import { powerFlows, rescueFlows } from './power.js';
import { resizeFlows } from './resize.js';
import { startFlows } from './start.js';

/** Every operation of the driver that changes something; `flows.test.ts` compares them with the driver's methods. */
export const faultFlows: readonly FaultFlow[] = [
  ...startFlows,
  ...deploymentFlows,
  ...removalFlows,
  ...powerFlows,
  ...rescueFlows,
  ...interfaceFlows,
  ...resizeFlows,
  ...imageFlows,
];

import { type FaultFlow, faultFlows } from './flows.js';
import { faultKinds } from './kinds.js';

/** The title of the flow that is to run; unset in an ordinary test run. */
const wanted = process.env['POWERVM_FAULTS'];

/** True in `npm run test:faults`. */
export const isCampaign = wanted !== undefined;

/** An ordinary test run takes the two main flows only. */
export const chosenFlows: readonly FaultFlow[] = faultFlows.filter(({ title }) => {
  if (wanted === undefined) return title === 'SPAWN-14 a deployment' || title === 'DESTROY-6 a removal';
  return title === wanted;
});

/** An ordinary test run takes the two most telling kinds only. */
export const chosenKinds = isCampaign ? Object.keys(faultKinds) : ['refused', 'reset after'];

import { invalid } from '../world/refusal.js';

/** Integers separated by exactly one blank (protocol reference 2.7); absent and empty are no VLANs. */
export function vlanList(text: string | undefined): number[] {
  if (text === undefined || text === '') return [];
  if (!/^\d+( \d+)*$/.test(text))
    throw invalid(`TaggedVLANIDs "${text}" is not a list of VLANs separated by one blank.`);
  return text.split(' ').map(Number);
}

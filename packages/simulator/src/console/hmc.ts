import type { Behaviour } from '../world/behaviour.js';

export const hmcBehaviours: readonly Behaviour[] = [
  {
    id: 'hmc.console',
    does: 'an HMC manages all systems of the site, sends no X-MC-Type, and logs on with a password only',
    evidence: 'protocol reference 1.7, 9.1',
  },
  {
    id: 'hmc.differences',
    does: 'on an HMC there is no RemoveDevice job but CLIRunner for rmdev, and no UseNextAvailableHighSlotID',
    evidence: 'protocol reference 4.9, 9.1 (traits of clients); the refusals are ours',
  },
  {
    id: 'hmc.same',
    does: 'everything else answers like NovaLink: partition profiles are not simulated, and virtual networks come by themselves on an HMC too',
    assumed: 'protocol reference 9.1 lists both as differences',
  },
];

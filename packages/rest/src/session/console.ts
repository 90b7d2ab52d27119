/** Which product answers: a NovaLink manages the system it runs on, an HMC any number of systems. */
export type ConsoleKind = 'NovaLink' | 'HMC';

/** A NovaLink says so in every answer; without the header it is an HMC (protocol reference 1.4). */
export function consoleOf(headers: Readonly<Record<string, string>>): ConsoleKind {
  return headers['x-mc-type'] === 'PVM' ? 'NovaLink' : 'HMC';
}

/** What a console can do; fixed for a session (protocol reference 9.1). */
export interface ConsoleTraits {
  /** VLANs are managed through VirtualNetwork objects. */
  readonly virtualNetworks: boolean;
  /** Partitions have profiles. */
  readonly partitionProfiles: boolean;
  /** The VLAN of an existing client network adapter may be changed. */
  readonly changeablePVID: boolean;
  /** A VIOS has the RemoveDevice job; elsewhere CLIRunner does its work. */
  readonly removeDeviceJob: boolean;
  /** `UseNextAvailableHighSlotID` is known. */
  readonly highSlots: boolean;
  /** The console of an IBM i partition is named by the slot of its first network adapter instead of `HMC`. */
  readonly networkAdapterAsIBMiConsole: boolean;
}

export function traitsOf(console: ConsoleKind): ConsoleTraits {
  const novalink = console === 'NovaLink';
  return {
    virtualNetworks: !novalink,
    partitionProfiles: !novalink,
    changeablePVID: novalink,
    removeDeviceJob: novalink,
    highSlots: novalink,
    networkAdapterAsIBMiConsole: novalink,
  };
}

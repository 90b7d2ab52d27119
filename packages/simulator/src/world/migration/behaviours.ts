import type { Behaviour } from '../behaviour.js';

export const migrationBehaviours: readonly Behaviour[] = [
  {
    id: 'migration.checks',
    does: 'a migration needs RMC, DLPAR, mover service partitions, the same memory block size, the processor mode, free memory and units, reachable storage and networks; every failed check is named at once',
    evidence:
      'protocol reference 4.5, 8.15; the validation tables and the code HSCLA319 are from IBM’s documentation of partition mobility, all other texts are ours',
  },
  {
    id: 'migration.shell',
    does: 'the partition exists on both systems while it migrates, with the same UUID and name, in state migrating running or migrating not active',
    evidence: 'protocol reference 8.15 (states); the shell partition is from IBM’s documentation',
  },
  {
    id: 'migration.id',
    does: 'the partition keeps its id when that is free on the target and gets the lowest free one otherwise; client slots, MAC addresses and logical unit addresses stay',
    assumed: 'IBM’s documentation speaks of preserving them where possible',
  },
  {
    id: 'migration.states',
    does: 'MigrationState goes from Not_Migrating over Migration_Starting and Migration_In_Progress back, or to Migration_Failed',
    assumed:
      'Not_Migrating is captured, Migration_Starting and Migration_Failed are documented, the fourth is not',
  },
  {
    id: 'migration.failure',
    does: 'a failure before memory moves is undone at once; a later one leaves both partitions in Migration_Failed until MigrateRecover, which goes back before the switch and forward behind it',
    assumed: 'protocol reference 8.15 only says that MigrateRecover cleans up',
  },
  {
    id: 'migration.wwpns',
    does: 'behind a migration the two WWPNs of each pair have changed places; both must see the same LUNs',
    assumed:
      'the driver’s own records are swapped that way; IBM’s documentation asks for the same zoning of both',
  },
  {
    id: 'migration.vnics',
    does: 'a vNIC moves with its slot, MAC address, VLANs, capacities and priorities; each device gets the emptiest port of the same label and switch mode that is up and has room, on a VIOS with RMC, two devices on two ports; SR-IOV logical ports of the partition itself do not move',
    evidence:
      'IBM’s documentation of vNICs and partition mobility; rule SRV-8 of the driver (equal port labels on both hosts). The order of preference is ours',
  },
  {
    id: 'migration.vnic-mappings',
    does: 'VirtualVNICMappings, slot/ded/VIOS name/VIOS id/adapter/port/capacity/source adapter/source port with empty parts chosen, says where devices go',
    evidence:
      'the parameter is from IBM’s documentation of the Migrate job, its form from uses of vnic_mappings of migrlpar; clients of the protocol reference do not send it',
  },
  {
    id: 'migration.settled',
    does: 'adapters, mappings, volumes, serial number, NVRAM and settings of a partition that migrates, or whose migration has failed, cannot change on either system',
    assumed:
      'protocol reference 8.15 names the states; HSCL05DF is captured for a wrong state, its use here is not',
  },
  {
    id: 'migration.pmem',
    does: 'persistent memory volumes of a partition move along when both systems can; PMEMVolumes, name/new name, gives them other names',
    assumed:
      'protocol reference 4.5: overrides of names; IBM’s documentation allows the migration from a firmware level on',
  },
  {
    id: 'migration.console',
    does: 'a target system of another console needs that console’s address and user, and the source’s key among its AuthorizedKeys; the address itself is not resolved',
    assumed: 'protocol reference 3.21, 4.5; all simulated consoles live on one host',
  },
];

/** How far a feature goes. `refused`: the platform has no such operation, or a decision was taken; the note says why. */
export type Support = 'complete' | 'partial' | 'missing' | 'refused';

/** One row of the support matrix. */
export interface Feature {
  /** Row of the feature table, such as `A01`. */
  readonly id: string;
  readonly title: string;
  readonly support: Support;
  /** Driver methods behind it. They exist unless the feature is missing or refused, and then they do not. */
  readonly methods: readonly string[];
  /** Limits, or the reason. */
  readonly note: string;
}

const rows: readonly (readonly [string, string, Support, string, string])[] = [
  ['A01', 'Launch from image', 'complete', 'spawn powerOn', 'Raw images.'],
  ['A02', 'Launch from volume', 'missing', '', 'Cinder volumes are not connected; such a server is refused.'],
  ['A03', 'Terminate', 'complete', 'destroy', 'Can be repeated after any failure.'],
  [
    'A04',
    'Start and stop',
    'complete',
    'powerOn powerOff',
    'The guest gets its time, then it is stopped hard.',
  ],
  ['A05', 'Soft reboot', 'complete', 'reboot', 'One platform job.'],
  ['A06', 'Hard reboot', 'complete', 'reboot', 'One platform job.'],
  [
    'A07',
    'Pause and unpause',
    'refused',
    'pause unpause',
    'PowerVM cannot freeze virtual processors in place.',
  ],
  [
    'A08',
    'Suspend and resume',
    'refused',
    'suspend resume',
    'No current level of the platform documents the job.',
  ],
  [
    'A09',
    'Rescue',
    'complete',
    'rescue unrescue',
    'The operator chooses the rescue disk in the firmware menu.',
  ],
  ['A10', 'Rescue of a volume-backed server', 'missing', '', 'Needs volumes.'],
  ['A12', 'Rebuild', 'complete', 'destroy spawn', "By Nova's own sequence; UUID and management MAC stay."],
  [
    'A14',
    'Resize on the same host',
    'complete',
    'migrateDiskAndPowerOff finishMigration confirmMigration finishRevertMigration',
    'The guest is stopped; disks never shrink.',
  ],
  ['A15', 'Resize while running', 'missing', '', 'The guest is stopped for a resize.'],
  [
    'A16',
    'Snapshot',
    'complete',
    'snapshot',
    'Shared Storage Pool, or a volume group that NovaLink hosts; others cannot be read from NovaLink.',
  ],
  ['A17', 'Shelve and unshelve', 'complete', 'snapshot destroy spawn', 'Where a snapshot is possible.'],
  [
    'A18',
    'Change the admin password',
    'refused',
    'setAdminPassword',
    'There is no agent in the guest; set it at deployment.',
  ],
  ['A19', 'Inject files', 'complete', 'spawn', 'On the config drive.'],
  ['A20', 'Power state', 'complete', 'getInfo listInstances instanceExists', 'Kept up to date by events.'],
  [
    'A21',
    'Diagnostics',
    'partial',
    'getInstanceDiagnostics',
    'Configuration only; no counters of processors, disks or adapters.',
  ],
  ['A22', 'Crash dump', 'complete', 'triggerCrashDump', 'Running guests only.'],
  ['A23', 'Quiesce', 'refused', 'quiesce unquiesce', 'There is no agent in the guest.'],
  ['F01', 'Entitlement, processors, weight', 'complete', 'spawn', 'Every powervm: key is checked.'],
  ['F02', 'Shared processor pools', 'complete', 'spawn', 'By name.'],
  ['F03', 'Compatibility modes', 'complete', 'spawn', 'Those of the host.'],
  ['F04', 'Remote restart attribute', 'complete', 'spawn', 'Where the host can.'],
  ['F05', 'Page table ratio, metrics flag', 'complete', 'spawn', 'Where the host can.'],
  ['F07', 'Secure boot attribute', 'complete', 'spawn', 'AIX and Linux, where the host can.'],
  ['F09', 'IBM i partitions', 'partial', 'spawn', 'Load source and alternate by slot; from images only.'],
  ['F11', 'Ephemeral and swap disks', 'complete', 'spawn destroy', 'In whole GB.'],
  ['S01', 'Local volume group disks', 'complete', 'spawn', 'One volume group of one VIOS.'],
  [
    'S02',
    'Shared Storage Pool disks',
    'complete',
    'spawn destroy',
    'Mapped on every active VIOS of the cluster.',
  ],
  [
    'S03',
    'Linked clones, shared image unit',
    'complete',
    'spawn',
    'One upload per pool; a dead uploader is cleared away.',
  ],
  ['S04', 'Image cache', 'complete', 'manageImageCache', 'Local volume group.'],
  ['S05', 'Pre-caching', 'complete', 'cacheImage', ''],
  [
    'S07',
    'Root disk growth',
    'complete',
    'migrateDiskAndPowerOff',
    'Volume group; logical units where the console lets them grow, which no recorded console shows.',
  ],
  ['S10', 'Capacity reporting', 'complete', 'getAvailableResource getInventory', ''],
  ['V01', 'Volumes', 'missing', 'attachVolume detachVolume extendVolume', ''],
  ['N01', 'SEA interfaces', 'complete', 'plugVifs unplugVifs', 'VLAN networks.'],
  [
    'N02',
    'Open vSwitch and Linux bridge interfaces',
    'complete',
    'plugVifs unplugVifs attachInterface detachInterface',
    'NovaLink only; devices and bridges of a restarted NovaLink come back with nova-compute. Not across a live migration.',
  ],
  [
    'N03',
    'SR-IOV interfaces',
    'complete',
    'plugVifs unplugVifs',
    'Virtual NICs on direct ports; VLAN and flat networks; failover over ports and Virtual I/O Servers.',
  ],
  [
    'N04',
    'Attach and detach interface',
    'complete',
    'attachInterface detachInterface',
    'A running guest needs RMC.',
  ],
  ['N07', 'Re-plug at start', 'complete', 'plugVifs', ''],
  [
    'N11',
    'Management interface',
    'complete',
    'spawn configDriveFacts',
    'Its MAC is the same after a rebuild.',
  ],
  [
    'N12',
    'Ports with resource request; direct VF passthrough',
    'refused',
    '',
    'A virtual function in the guest would bind it to its host. A bandwidth request finds no host; use the capacity of the binding profile.',
  ],
  [
    'C01',
    'VNC console',
    'complete',
    'getVncConsole',
    'NovaLink only: an HMC opens no terminals for others. Text; closed after 300 s without a viewer.',
  ],
  [
    'C02',
    'VNC console over TLS with client certificates',
    'complete',
    'getVncConsole',
    '[powervm] vnc_use_x509_auth; TLS 1.2 and 1.3.',
  ],
  ['M01', 'Live migration', 'missing', 'liveMigration preLiveMigration', ''],
  ['M10', 'Cold migration', 'missing', '', 'Disks stay on their host; refused before the guest is stopped.'],
  ['M11', 'Evacuation', 'missing', '', 'An evacuated server gets a new disk from its image.'],
  ['T04', 'Host CPU statistics', 'missing', 'getHostCpuStats', ''],
  ['H01', 'Resource reporting', 'complete', 'getAvailableResource', ''],
  ['H02', 'Placement inventory', 'complete', 'getInventory', 'Memory ratio 1.0 unless configured.'],
  [
    'H03',
    'Traits',
    'complete',
    'getInventory',
    'Architecture, compatibility modes, capabilities of the host.',
  ],
  [
    'H04',
    'Reporting of SR-IOV logical ports',
    'complete',
    'getAvailableResource',
    'As many PCI devices as the ports can have logical ports; up to 256 for each adapter.',
  ],
  ['H06', 'Config drive', 'complete', 'configDriveFacts spawn', ''],
  [
    'H07',
    'Ejecting the config drive after boot',
    'complete',
    'powerOn',
    '[powervm] remove_vopt_media_on_boot',
  ],
  [
    'R01',
    'Scrub of stale storage',
    'complete',
    'initHost spawn',
    'At start, and of a short id that is used again.',
  ],
  ['R02', 'Waiting for Virtual I/O Servers', 'complete', 'initHost', ''],
  ['R04', 'Lifecycle events', 'complete', 'subscribe', 'After a state has stayed for 15 seconds.'],
  [
    'R06',
    'Restart in the middle of an operation',
    'complete',
    'initHost destroy',
    'Removing the server leaves nothing.',
  ],
];

/** What this driver does and what it does not; the matrix in the documentation is made from it (B-32). */
export const features: readonly Feature[] = rows.map(([id, title, support, methods, note]) => ({
  id,
  title,
  support,
  methods: methods === '' ? [] : methods.split(' '),
  note,
}));

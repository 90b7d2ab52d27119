import { element } from '../../schema/declare.js';
import { flag } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** What can be changed while the partition runs. */
export const PartitionCapabilities = element(
  'PartitionCapabilities',
  { evidence: 'protocol reference 3.3; captures lpar.txt, fake_vios_feed.txt' },
  {
    dynamicLogicalPartitionIOCapable: flag('DynamicLogicalPartitionIOCapable', 'ROR'),
    dynamicLogicalPartitionMemoryCapable: flag('DynamicLogicalPartitionMemoryCapable', 'ROR'),
    dynamicLogicalPartitionProcessorCapable: flag('DynamicLogicalPartitionProcessorCapable', 'ROR'),
    internalAndExternalIntrusionDetectionCapable: flag('InternalAndExternalIntrusionDetectionCapable', 'CUD'),
    resourceMonitoringControlOperatingSystemShutdownCapable: flag(
      'ResourceMonitoringControlOperatingSystemShutdownCapable',
      'CUD',
    ),
  },
);
export type PartitionCapabilities = Lens<typeof PartitionCapabilities>;

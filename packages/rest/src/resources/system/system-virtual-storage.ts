import { element } from '../../schema/declare.js';
import type { Lens } from '../../schema/lens.js';

/** Empty in every capture. */
export const AssociatedSystemVirtualStorage = element(
  'AssociatedSystemVirtualStorage',
  { evidence: 'protocol reference 3.2; capture sys_with_sriov.txt' },
  {},
);
export type AssociatedSystemVirtualStorage = Lens<typeof AssociatedSystemVirtualStorage>;

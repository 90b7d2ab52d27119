import { element } from '../../schema/declare.js';
import { integer } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** Limits of virtual trusted platform modules. */
export const AssociatedSystemSecurity = element(
  'AssociatedSystemSecurity',
  { evidence: 'protocol reference 3.2; capture managedsystem.txt' },
  {
    virtualTrustedPlatformModuleKeyLength: integer('VirtualTrustedPlatformModuleKeyLength', 'ROR'),
    virtualTrustedPlatformModuleKeyStatus: integer('VirtualTrustedPlatformModuleKeyStatus', 'ROR'),
    virtualTrustedPlatformModuleVersion: integer('VirtualTrustedPlatformModuleVersion', 'ROR'),
  },
);
export type AssociatedSystemSecurity = Lens<typeof AssociatedSystemSecurity>;

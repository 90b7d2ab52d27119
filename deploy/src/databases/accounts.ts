import type { DatabaseAccount } from '../config/common.js';

/** The databases of each account. Nova keeps three: its API's, its first cell's, and cell 0's. */
export const databases: Readonly<Record<DatabaseAccount, readonly string[]>> = {
  keystone: ['keystone'],
  placement: ['placement'],
  glance: ['glance'],
  neutron: ['neutron'],
  cinder: ['cinder'],
  nova: ['nova_api', 'nova', 'nova_cell0'],
};

/** Every account. */
export const accounts: readonly DatabaseAccount[] = [
  'keystone',
  'placement',
  'glance',
  'neutron',
  'cinder',
  'nova',
];

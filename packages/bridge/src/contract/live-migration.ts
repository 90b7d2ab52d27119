import { BlockDevices } from '@openstack-powervm/compute';
import { z } from 'zod';
import { method, Nothing } from './method.js';
import { OfInstance, Updates, WithDevices, WithVifs } from './shapes.js';

/** The driver's own data, carried between hosts as text in an object that a stock conductor knows (design 3.9). */
const Data = z.string();
const stats = z.record(z.string(), z.unknown());

/** One interface with the form its port has on the destination (LMP-6). */
export const VifMigration = z.object({
  portId: z.string(),
  type: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  profile: z.record(z.string(), z.unknown()),
});

const check = { novaException: 'MigrationPreCheckError' };

export const liveMigrationMethods = {
  checkCanLiveMigrateDestination: method(
    'checkCanLiveMigrateDestination',
    {
      ...OfInstance,
      /** `stats` of both compute nodes as the database has them: every value may be text (LMC-2). */
      sourceStats: stats,
      destinationStats: stats,
      blockMigration: z.boolean(),
    },
    z.object({ data: Data }),
    { summary: 'Destination: may this instance come here?', ...check },
  ),
  checkCanLiveMigrateSource: method(
    'checkCanLiveMigrateSource',
    { ...OfInstance, blockDevices: BlockDevices, data: Data },
    z.object({ data: Data }),
    { summary: 'Source: can this instance leave?', ...check },
  ),
  cleanupLiveMigrationDestinationCheck: method(
    'cleanupLiveMigrationDestinationCheck',
    { data: Data },
    Nothing,
    {
      summary: 'Destination: the check is over, in success and failure alike (LMC-6)',
    },
  ),
  preLiveMigration: method(
    'preLiveMigration',
    { ...WithDevices, vifMigrations: z.array(VifMigration), data: Data },
    z.object({ data: Data, updates: Updates }),
    { summary: 'Destination: prepare network and storage', ...check },
  ),
  liveMigration: method(
    'liveMigration',
    { ...OfInstance, destination: z.string(), data: Data },
    z.object({ outcome: z.enum(['done', 'cancelled']) }),
    { summary: 'Source: migrate; rolls the platform back on failure', novaException: 'MigrationError' },
  ),
  liveMigrationAbort: method('liveMigrationAbort', { ...OfInstance }, Nothing, {
    summary: 'Source: abort the running migration',
  }),
  rollbackLiveMigrationAtSource: method(
    'rollbackLiveMigrationAtSource',
    { ...OfInstance, data: Data },
    Nothing,
    {
      summary: 'Source: restore what the preparation removed (LMG-16)',
    },
  ),
  rollbackLiveMigrationAtDestination: method(
    'rollbackLiveMigrationAtDestination',
    { ...WithDevices, data: Data.nullable() },
    Nothing,
    { summary: 'Destination: remove what the preparation made (LMG-11)' },
  ),
  postLiveMigration: method(
    'postLiveMigration',
    { ...OfInstance, blockDevices: BlockDevices, data: Data.nullable() },
    Nothing,
    { summary: 'Source: storage is not needed here any more' },
  ),
  postLiveMigrationAtSource: method('postLiveMigrationAtSource', { ...WithVifs }, Nothing, {
    summary: 'Source: the network is not needed here any more',
  }),
  postLiveMigrationAtDestination: method('postLiveMigrationAtDestination', { ...WithDevices }, Updates, {
    summary: 'Destination: the instance is here',
    novaException: 'MigrationError',
  }),
};

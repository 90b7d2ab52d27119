import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DriverError } from '../errors/index.js';
import { exampleFlavor, exampleImage } from '../testing/nova.js';
import {
  baseName,
  cachedImageName,
  configDriveName,
  logicalUnitName,
  virtualDiskNames,
} from './disk-names.js';
import { requireRawImage, rootDiskGb } from './disk-size.js';

const owner = { name: 'instance-0000001a', uuid: 'c9f0e2a4-1111-4222-8333-944455556666' };

test('DSK-3 L-39 a virtual disk name has 15 characters: kind, name, start of the UUID', () => {
  const [name] = virtualDiskNames('boot', owner);
  assert.equal(name, 'b_instance_c9f0');
  assert.equal(virtualDiskNames('rescue', owner)[0], 'r_instance_c9f0');
  assert.equal(virtualDiskNames('boot', { ...owner, name: 'a b' })[0], 'b_a_b_c9f0');
});

test('ID-8 a second name for the case that the first is taken', () => {
  assert.equal(virtualDiskNames('boot', owner)[1], 'b_c9f0e2a411114');
  assert.equal(virtualDiskNames('ephemeral11', owner)[1], 'ebc9f0e2a411114');
});

test('DSK-2 kinds never share a name', () => {
  const kinds = ['boot', 'rescue', 'swap', 'ephemeral0', 'ephemeral1', 'ephemeral10'] as const;
  const names = kinds.flatMap((kind) => virtualDiskNames(kind, owner));
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.every((name) => name.length <= 15));
});

test('DSK-3 ID-8 a logical unit name carries kind, instance name and UUID', () => {
  assert.equal(logicalUnitName('boot', owner), 'boot_instance_0000001a_c9f0e2a4');
  assert.equal(logicalUnitName('boot', { ...owner, name: 'n'.repeat(100) }).length, 79);
});

test('IMGC-1 a cached image is named by 13 characters of the image id', () => {
  assert.equal(cachedImageName('aabbccdd-1234-5678-9abc-def012345678'), 'i_aabbccdd_1234');
});

test('CD-2 L-39 a config drive name has 37 characters', () => {
  assert.equal(configDriveName(owner.uuid), 'cfg_c9f0e2a4111142228333944455556.iso');
  assert.equal(configDriveName(owner.uuid).length, 37);
});

test('LVG-5 the name of a file-backed disk is the last part of its path', () => {
  assert.equal(baseName('/var/lib/disks/b_instance_c9f0'), 'b_instance_c9f0');
  assert.equal(baseName('b_instance_c9f0'), 'b_instance_c9f0');
});

const gib = 1024 ** 3;

test('DSK-4 L-46 the root disk has the flavor size, also when the image is smaller', () => {
  assert.equal(rootDiskGb(exampleFlavor({ rootGb: 20 }), exampleImage({ size: gib })), 20);
  assert.equal(rootDiskGb(exampleFlavor({ rootGb: 1 }), exampleImage({ size: gib })), 1);
});

test('DSK-4 IMGC-2 without a flavor size the image is rounded up to whole GB', () => {
  assert.equal(rootDiskGb(exampleFlavor({ rootGb: 0 }), exampleImage({ size: gib + 1 })), 2);
  assert.equal(rootDiskGb(exampleFlavor({ rootGb: 0 }), exampleImage({ size: 0 })), 1);
});

test('an image larger than the flavor disk is refused in one sentence that names both sizes', () => {
  assert.throws(
    () =>
      rootDiskGb(exampleFlavor({ rootGb: 1, name: 'tiny' }), exampleImage({ size: 2.5 * gib, name: 'big' })),
    (thrown) =>
      thrown instanceof DriverError &&
      thrown.novaException === 'FlavorDiskSmallerThanImage' &&
      ['"big"', '2.50 GB', '"tiny"', '1 GB'].every((text) => thrown.message.includes(text)),
  );
});

test('IMG-2 an image that is not raw is refused with its format', () => {
  assert.throws(
    () => requireRawImage(exampleImage({ diskFormat: 'qcow2' })),
    (thrown) =>
      thrown instanceof DriverError && thrown.code === 'PVM_IMAGE_FORMAT' && /qcow2/.test(thrown.message),
  );
  requireRawImage(exampleImage({ diskFormat: 'raw' }));
});

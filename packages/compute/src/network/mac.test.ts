import assert from 'node:assert/strict';
import { isIPv6 } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { linkLocalAddress, managementMac, neutronMac, restMac } from './mac.js';

test('ID-6 REST and Neutron forms of a MAC address turn into each other', () => {
  assert.equal(restMac('fa:16:3e:0a:1b:2c'), 'FA163E0A1B2C');
  assert.equal(neutronMac('FA163E0A1B2C'), 'fa:16:3e:0a:1b:2c');
  assert.throws(() => restMac('fa:16:3e:0a:1b'), TypeError);
});

test('CD-6 the link-local address is the EUI-64 of the MAC', () => {
  assert.equal(linkLocalAddress('fa:16:3e:12:34:56'), 'fe80::f816:3eff:fe12:3456');
  assert.equal(linkLocalAddress('02:00:00:00:00:01'), 'fe80::0:ff:fe00:1');
});

test('CD-6 MGT-2 a management MAC is unicast, locally administered, stable, and has a valid address', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      const mac = managementMac(uuid);
      assert.equal(mac, managementMac(uuid.toUpperCase()));
      assert.equal(Number.parseInt(mac.slice(0, 2), 16) & 3, 2);
      assert.ok(isIPv6(linkLocalAddress(mac)));
    }),
  );
});

test('MGT-2 two instances have two management MACs', () => {
  const macs = new Set(Array.from({ length: 1000 }, (_unused, index) => managementMac(`instance ${index}`)));
  assert.equal(macs.size, 1000);
});

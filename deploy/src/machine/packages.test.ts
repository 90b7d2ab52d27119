import assert from 'node:assert/strict';
import { test } from 'node:test';
import { debconfSelections, isOurService } from './packages.js';

test('only the services that we start ourselves are kept from coming up with the machine', () => {
  const installed = [
    'mariadb',
    'nova-api',
    'nova-api-metadata',
    'neutron-rpc-server',
    'openvswitch-switch',
    'keystone',
    'cron',
    'dbus',
    'sudo',
  ];
  assert.deepEqual(
    installed.filter((name) => !isOurService(name)),
    ['cron', 'dbus', 'sudo'],
  );
});

test('every question of the installers is answered with no', () => {
  const lines = debconfSelections().trimEnd().split('\n');
  assert.ok(lines.length > 15);
  for (const line of lines) assert.match(line, /^[a-z-]+ [a-z-]+\/[a-z_-]+ boolean false$/);
});

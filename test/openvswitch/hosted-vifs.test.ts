import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Commands, systemCommands, type Vif } from '@openstack-powervm/compute';
import { HostedPartition, vif } from './hosted-partition.js';
import { Namespace, whyNoNamespaces } from './namespace.js';
import { missingOpenVSwitch, PrivateOpenVSwitch } from './private-open-vswitch.js';
import { TrunkDevices } from './trunk-devices.js';

const skip = missingOpenVSwitch ?? whyNoNamespaces();

describe('ports that NovaLink carries, with a real Open vSwitch and kernel bridges', { skip }, () => {
  let novalink: Namespace;
  let ovs: PrivateOpenVSwitch;
  let host: HostedPartition;
  let devices: TrunkDevices;

  before(async () => {
    novalink = await Namespace.make('novalink');
    ovs = await PrivateOpenVSwitch.start(novalink, ['br-int']);
    const inNovaLink: Commands = {
      run: (program, args, options) => systemCommands.run(...novalink.command(program, args), options),
    };
    host = await HostedPartition.deploy(inNovaLink, ovs.database);
    devices = TrunkDevices.follow(host.simulator, novalink);
  });
  after(async () => {
    await devices?.[Symbol.asyncDispose]();
    await host?.[Symbol.asyncDispose]();
    await ovs?.[Symbol.asyncDispose]();
    await novalink?.[Symbol.asyncDispose]();
  });

  /** The MAC address that one guest finds behind the address of another, over whatever connects them. */
  async function macSeen(from: Vif, to: Vif): Promise<string> {
    const [near, address] = [host.vlanOf(from), TrunkDevices.addressOf(host.vlanOf(to))];
    await devices.guest(host.vlanOf(to));
    const guest = await devices.guest(near);
    const send = `require('node:dgram').createSocket('udp4').send('x', 9, '${address}', () => process.exit())`;
    for (;;) {
      await guest.run(process.execPath, '-e', send);
      const entry = await guest.run('ip', 'neighbour', 'show', 'to', address);
      const mac = /lladdr (?<mac>[0-9a-f:]+)/.exec(entry)?.groups?.['mac'];
      if (mac !== undefined) return mac;
      await sleep(100);
    }
  }

  const get = async (device: string | null, column: string) =>
    (await ovs.vsctl('get', 'Interface', device ?? '', column)).trim().replaceAll('"', '');

  test('N02 OVS-2 two ports get their external ids and MTU, and their guests reach each other', async () => {
    const [one, two] = [vif('ovs', 'br-int', 1), vif('ovs', 'br-int', 2)];
    await host.plug(one, two);
    for (const { id, address, devname } of [one, two]) {
      assert.equal(await get(devname, 'external_ids:iface-id'), id);
      assert.equal(await get(devname, 'external_ids:attached-mac'), address);
      assert.equal(await get(devname, 'external_ids:vm-uuid'), host.instance.uuid);
      assert.equal(await get(devname, 'external_ids:iface-status'), 'active');
      assert.equal(await get(devname, 'mtu_request'), '1450');
      assert.ok(Number(await get(devname, 'ofport')) > 0);
    }
    assert.equal(await macSeen(one, two), two.address);
    assert.equal(await macSeen(two, one), one.address);
    await host.unplug(one, two);
    assert.equal(await ovs.vsctl('list-ports', 'br-int'), '');
  });

  test('N02 OVS-4 after a boot of NovaLink that lost devices and bridges, plugging at start brings the network back', async () => {
    const [one, two] = [vif('ovs', 'br-int', 3), vif('ovs', 'br-int', 4)];
    await host.plug(one, two);
    assert.equal(await macSeen(one, two), two.address);
    await ovs.down();
    await devices.reboot();
    await ovs.up(['br-int']);
    assert.equal(await ovs.vsctl('list-ports', 'br-int'), '');
    await host.plug(one, two);
    assert.equal(await macSeen(two, one), one.address);
    await host.unplug(one, two);
  });

  test('an unknown bridge is one error naming port and bridge; other ports stay connected', async () => {
    const [one, two, bad] = [vif('ovs', 'br-int', 5), vif('ovs', 'br-int', 6), vif('ovs', 'br-none', 7)];
    await host.plug(one, two);
    await assert.rejects(host.plug(bad), (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, new RegExp(`${bad.id}.*br-none.*no bridge named br-none`, 's'));
      return true;
    });
    assert.equal(await macSeen(one, two), two.address);
    await host.unplug(one, two);
  });

  test('a Linux bridge is made, gets the devices with the network’s MTU, and guests reach each other', async () => {
    const [one, two] = [vif('bridge', 'brq0', 8), vif('bridge', 'brq0', 9)];
    await host.plug(one, two);
    for (const { devname } of [one, two]) {
      const link = await novalink.run('ip', 'link', 'show', 'dev', devname ?? '');
      assert.match(link, /mtu 1450 .*master brq0/);
    }
    assert.equal(await macSeen(one, two), two.address);
    await host.unplug(one, two);
    // The devices go with their trunks.
    while ((await novalink.run('ip', 'link', 'show', 'master', 'brq0')) !== '') await sleep(20);
  });
});

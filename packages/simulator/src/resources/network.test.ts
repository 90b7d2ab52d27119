import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attribute, child, childElements, type XmlElement } from '@openstack-powervm/atom';
import { defaultSystem } from '../site/default-site.js';
import { parseSite } from '../site/parse-site.js';
import { Api, descend, idOf, objectOf, objectsOf, objectText, refusal, value } from '../testing/api.js';
import { adapterBody, leaf, object } from '../testing/bodies.js';
import { createdPartition, descendants, poweredOn } from '../testing/steps.js';

interface Scene {
  readonly api: Api;
  readonly system: string;
  readonly switches: readonly XmlElement[];
  /** Link to a switch. */
  link(name: string): string;
}

async function scene(t: Parameters<typeof Api.start>[0]): Promise<Scene> {
  const api = await Api.start(t);
  const system = `uom/ManagedSystem/${idOf(objectOf(await api.get('uom/ManagedSystem')))}`;
  const switches = objectsOf(await api.get(`${system}/VirtualSwitch`));
  const link = (name: string): string => {
    const found = switches.find((candidate) => value(candidate, 'SwitchName') === name);
    return `${api.simulator.url}/rest/api/${system}/VirtualSwitch/${found === undefined ? '' : idOf(found)}`;
  };
  return { api, system, switches, link };
}

const high = leaf('UseNextAvailableHighSlotID', 'true');
const next = leaf('UseNextAvailableSlotID', 'true');
const slot = (number: number): string => leaf('VirtualSlotNumber', String(number));

test('VIF: an adapter takes the highest, the next or the wanted slot and links to its VLAN', async (t) => {
  const { api, link } = await scene(t);
  const { path } = await createdPartition(api, 'vm');
  const create = async (slotElement: string, mac?: string) => {
    const body = adapterBody({
      switch: link('ETHERNET0'),
      slot: slotElement,
      vlan: 100,
      ...(mac === undefined ? {} : { mac }),
    });
    return api.put(`${path}/ClientNetworkAdapter`, body);
  };
  const first = objectOf(await create(high, 'FA163E000001'));
  assert.equal(value(first, 'VirtualSlotNumber'), '63');
  assert.equal(value(first, 'MACAddress'), 'FA163E000001');
  assert.match(value(first, 'LocationCode'), /-C63$/);
  assert.equal(descend(first, 'VirtualNetworks').children.length, 1);
  assert.equal(value(objectOf(await create(slot(20))), 'VirtualSlotNumber'), '20');
  const third = objectOf(await create(next));
  assert.ok(Number(value(third, 'VirtualSlotNumber')) < 20);
  assert.match(value(third, 'MACAddress'), /^[0-9A-F]{12}$/);
  refusal(await create(slot(20)), 409);
  refusal(await create(slot(64)), 400);
  refusal(await create(''), 400);
  refusal(await create(next + slot(21)), 400);
  assert.match(refusal(await create(high, 'fa163e000001'), 409), /MAC/);
  refusal(await create(high, 'FA:16:3E:00:00:02'), 400);
  assert.equal(childElements(descend(objectOf(await api.get(path)), 'ClientNetworkAdapters')).length, 3);
});

test('an adapter moves to another VLAN in place; its MAC does not change while the partition is on', async (t) => {
  const { api, link } = await scene(t);
  const { path } = await poweredOn(api, 'vm');
  const created = objectOf(
    await api.put(
      `${path}/ClientNetworkAdapter`,
      adapterBody({ switch: link('ETHERNET0'), slot: high, vlan: 10 }),
    ),
  );
  const adapter = `${path}/ClientNetworkAdapter/${idOf(created)}`;
  const text = objectText(await api.get(adapter));
  const moved = objectOf(await api.post(adapter, text.replace('>10</PortVLANID>', '>20</PortVLANID>')));
  assert.equal(value(moved, 'PortVLANID'), '20');
  const other = text.replace(value(created, 'MACAddress'), 'FA163E0000AA');
  assert.match(refusal(await api.post(adapter, other), 409), /MAC/);
  refusal(await api.post(adapter, text.replace('>10</PortVLANID>', '>4095</PortVLANID>')), 400);
  assert.equal((await api.delete(adapter)).status, 204);
  assert.equal((await api.get(`${path}/ClientNetworkAdapter`)).status, 204);
});

test('switches get the lowest free id; the default one and those in use stay', async (t) => {
  const { api, system, switches } = await scene(t);
  const body = (name: string) =>
    object('VirtualSwitch', [leaf('SwitchMode', 'Veb'), leaf('SwitchName', name), '<uom:VirtualNetworks/>']);
  const created = objectOf(await api.put(`${system}/VirtualSwitch`, body('NOVA')));
  assert.equal(value(created, 'SwitchID'), '2');
  refusal(await api.put(`${system}/VirtualSwitch`, body('NOVA')), 409);
  const path = `${system}/VirtualSwitch/${idOf(created)}`;
  const renamed = objectText(await api.get(path)).replace('>NOVA<', '>NOVA2<');
  assert.equal(value(objectOf(await api.post(path, renamed)), 'SwitchName'), 'NOVA2');
  assert.equal((await api.delete(path)).status, 204);
  const standard = switches.find((candidate) => value(candidate, 'SwitchID') === '0');
  assert.ok(standard !== undefined);
  refusal(await api.delete(`${system}/VirtualSwitch/${idOf(standard)}`), 409);
});

test('a virtual network links to its switch byte for byte; one that is in use stays', async (t) => {
  const { api, system, link } = await scene(t);
  const body = object('VirtualNetwork', [
    `<uom:AssociatedSwitch href="${link('ETHERNET0')}" rel="related"/>`,
    leaf('NetworkName', 'VLAN77-ETHERNET0'),
    leaf('NetworkVLANID', '77'),
    leaf('TaggedNetwork', 'true'),
  ]);
  const created = objectOf(await api.put(`${system}/VirtualNetwork`, body));
  assert.equal(attribute(descend(created, 'AssociatedSwitch'), 'href'), link('ETHERNET0'));
  refusal(await api.put(`${system}/VirtualNetwork`, body), 409);
  assert.equal((await api.delete(`${system}/VirtualNetwork/${idOf(created)}`)).status, 204);
  const [primary] = objectsOf(await api.get(`${system}/VirtualNetwork`));
  assert.ok(primary !== undefined);
  assert.match(refusal(await api.delete(`${system}/VirtualNetwork/${idOf(primary)}`), 409), /bridge/);
});

test('SEA: a VLAN added to both trunks shows in load groups, networks and the VIOS', async (t) => {
  const { api, system } = await scene(t);
  const bridge = objectOf(await api.get(`${system}/NetworkBridge`));
  const path = `${system}/NetworkBridge/${idOf(bridge)}`;
  const read = await api.get(path);
  const edited = addTrunks(objectText(read), 4094, '100');
  const answer = await api.post(path, edited, { 'If-Match': String(read.headers.etag) });
  const groups = descendants(objectOf(answer), 'LoadGroup');
  assert.deepEqual(
    groups.map((group) => value(group, 'PortVLANID')),
    ['1', '4094'],
  );
  assert.deepEqual(
    groups.map((group) => childElements(descend(group, 'VirtualNetworks')).length),
    [1, 2],
  );
  const priorities = descendants(objectOf(answer), 'SharedEthernetAdapter').map((sea) =>
    descendants(sea, 'TrunkAdapter').map((trunk) => value(trunk, 'TrunkPriority')),
  );
  assert.deepEqual(priorities, [
    ['1', '1'],
    ['2', '2'],
  ]);
  assert.deepEqual(api.simulator.inspect().systems[0]?.bridges[0]?.vlans, [1, 100]);
  const vios = objectsOf(await api.get('uom/VirtualIOServer?group=ViosNetwork'))[0];
  assert.ok(vios !== undefined);
  assert.equal(descendants(descend(vios, 'SharedEthernetAdapters'), 'TrunkAdapter').length, 2);
  const more = objectText(answer).replaceAll('>100</TaggedVLANIDs>', '>100 200</TaggedVLANIDs>');
  assert.equal((await api.post(path, more)).status, 200);
  const gone = objectText(answer).replace(
    /<TrunkAdapter (?:(?!<\/TrunkAdapter>).)*>4094<.*?<\/TrunkAdapter>/gs,
    '',
  );
  assert.equal((await api.post(path, gone)).status, 200);
  assert.deepEqual(api.simulator.inspect().systems[0]?.bridges[0]?.vlans, [1]);
});

test('SEA: what clients avoid, the server refuses', async (t) => {
  const { api, system } = await scene(t);
  const path = `${system}/NetworkBridge/${idOf(objectOf(await api.get(`${system}/NetworkBridge`)))}`;
  const text = objectText(await api.get(path));
  const tooMany = Array.from({ length: 21 }, (_, index) => index + 100).join(' ');
  assert.match(refusal(await api.post(path, addTrunks(text, 4094, tooMany)), 400), /20/);
  assert.match(refusal(await api.post(path, addTrunks(text, 4094, '1')), 409), /VLAN 1/);
  assert.match(refusal(await api.post(path, addTrunks(text, 4094, '5,6')), 400), /one blank/);
  const once = addTrunks(text, 4094, '100').replace(/(.*)<uom:TrunkAdapter.*?<\/uom:TrunkAdapter>/s, '$1');
  assert.match(refusal(await api.post(path, once), 400), /same VLANs/);
  const seas = text.indexOf('<SharedEthernetAdapters');
  const primary =
    text.slice(0, seas) + text.slice(seas).replaceAll(/<TrunkAdapter .*?<\/TrunkAdapter>/gs, '');
  assert.match(refusal(await api.post(path, primary), 400), /primary trunk/);
  assert.deepEqual(api.simulator.inspect().systems[0]?.bridges[0]?.vlans, [1]);
});

test('SEA: trunks that find no slot leave both adapters as they were', async (t) => {
  const system = defaultSystem('sim1');
  const vioses = system.vioses.map((vios) => ({ ...vios, maxVirtualSlots: vios.name === 'vios2' ? 3 : 50 }));
  const api = await Api.start(t, { site: parseSite({ systems: [{ ...system, vioses }] }) });
  const managed = `uom/ManagedSystem/${idOf(objectOf(await api.get('uom/ManagedSystem')))}`;
  const path = `${managed}/NetworkBridge/${idOf(objectOf(await api.get(`${managed}/NetworkBridge`)))}`;
  const before = JSON.stringify(api.simulator.inspect().systems);
  const posted = await api.post(path, addTrunks(objectText(await api.get(path)), 4094, '100'));
  assert.match(refusal(posted, 409), /vios2 has 0 free/);
  assert.equal(JSON.stringify(api.simulator.inspect().systems), before);
});

test('SEA: an HMC client adds a VLAN by a load group with network links', async (t) => {
  const { api, system, link } = await scene(t);
  const network = async (vlan: number, tagged: boolean): Promise<string> => {
    const body = object('VirtualNetwork', [
      `<uom:AssociatedSwitch href="${link('ETHERNET0')}" rel="related"/>`,
      leaf('NetworkName', `VLAN${vlan}`),
      leaf('NetworkVLANID', String(vlan)),
      leaf('TaggedNetwork', String(tagged)),
    ]);
    const id = idOf(objectOf(await api.put(`${system}/VirtualNetwork`, body)));
    return `<link href="${api.simulator.url}/rest/api/${system}/VirtualNetwork/${id}" rel="related"/>`;
  };
  const path = `${system}/NetworkBridge/${idOf(objectOf(await api.get(`${system}/NetworkBridge`)))}`;
  const links = (await network(4093, false)) + (await network(300, true));
  const group = `<LoadGroup schemaVersion="V1_0"><Metadata><Atom/></Metadata><PortVLANID>4093</PortVLANID><VirtualNetworks>${links}</VirtualNetworks></LoadGroup>`;
  const text = objectText(await api.get(path)).replace('</LoadGroups>', `${group}</LoadGroups>`);
  const answer = objectOf(await api.post(path, text));
  const trunks = descendants(answer, 'SharedEthernetAdapter').map((sea) =>
    descendants(sea, 'TrunkAdapter').map((trunk) => child(trunk, 'TaggedVLANIDs')?.text ?? ''),
  );
  assert.deepEqual(trunks, [
    ['', '300'],
    ['', '300'],
  ]);
});

/** Appends a trunk to every SEA, as a NovaLink client does (protocol reference 8.11). */
function addTrunks(text: string, portVlan: number, vlans: string): string {
  const start = text.indexOf('<SharedEthernetAdapters');
  const trunk =
    `<uom:TrunkAdapter xmlns:uom="http://www.ibm.com/xmlns/systems/power/firmware/uom/mc/2012_10/" schemaVersion="V1_0">` +
    `${leaf('RequiredAdapter', 'true')}${high}${leaf('PortVLANID', String(portVlan))}${leaf('TaggedVLANIDs', vlans)}` +
    `${leaf('TaggedVLANSupported', 'true')}</uom:TrunkAdapter>`;
  return text.slice(0, start) + text.slice(start).replaceAll('</TrunkAdapters>', `${trunk}</TrunkAdapters>`);
}

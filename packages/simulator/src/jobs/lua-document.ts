import { child, childElements, textOf, type XmlElement } from '@openstack-powervm/atom';
import { parseBody } from '../documents/read-document.js';
import { escapeAttribute, escapeText } from '../render/xml.js';
import { invalid } from '../world/refusal.js';

/** A path that a client believes to lead to a LUN. WWPNs in lower case. */
export interface Nexus {
  readonly initiator: string;
  readonly target: string;
  readonly lun: number;
}

/** What `inputXML` asks for: paths to look at, or the description of a disk by its UDID. */
export type LuaRequest =
  | { readonly kind: 'discover'; readonly paths: readonly Nexus[] }
  | { readonly kind: 'inventory'; readonly udid: string };

/** Protocol reference 4.6. */
export function readLuaRequest(text: string): LuaRequest {
  const root = parseBody(text);
  if (root.local === 'VIO') return { kind: 'inventory', udid: inventoryUdid(root) };
  if (root.local !== 'XML_LIST') throw invalid(`inputXML must be an XML_LIST or a VIO, not ${root.local}.`);
  const devices = descend(root, 'deviceList');
  const list = descend(descend(devices, 'device'), 'itlList');
  const paths = childElements(list, 'itl').map((itl) => ({
    initiator: contentOf(itl, 'Iwwpn'),
    target: contentOf(itl, 'Twwpn'),
    lun: lunOf(contentOf(itl, 'lua')),
  }));
  const number = Number(contentOf(list, 'number'));
  if (number !== paths.length) throw invalid(`itlList announces ${number} paths and holds ${paths.length}.`);
  return { kind: 'discover', paths };
}

/** A logical unit address: LUN in hex and 12 zeros, or 8 digits and 8 zeros; flat addressing sets bit 14. */
export function lunOf(address: string): number {
  if (!/^[0-9a-f]{9,16}$/i.test(address)) throw invalid(`"${address}" is not a logical unit address.`);
  const value = BigInt(`0x${address}`);
  const long = (value >> 32n) & 0xffffn;
  return long === 0n
    ? Number(value >> 48n) & 0x3fff
    : Number(((value >> 48n) & 0xffn) << 8n) | Number(long & 0xffn);
}

export interface LuaDevice {
  readonly status: number;
  readonly message: string;
  readonly name?: string | undefined;
  readonly udid?: string | undefined;
}

/** Protocol reference 4.6: `XML_LIST/deviceList/device`. */
export function luaOutput(device: LuaDevice): string {
  const optional = (name: string, value: string | undefined): string =>
    value === undefined ? '' : `<${name}>${escapeText(value)}</${name}>`;
  return (
    '<?xml version="1.0"?><XML_LIST><general><version>2.0</version></general><deviceList><device>' +
    `<status>${device.status}</status>${optional('pvName', device.name)}${optional('udid', device.udid)}` +
    `<deviceTag>1</deviceTag><msg><msgLen>${device.message.length}</msgLen>` +
    `<msgText>${escapeText(device.message)}</msgText></msg></device></deviceList></XML_LIST>`
  );
}

/** Several documents one behind the other (protocol reference 4.6). */
export function inventoryOutput(naaPage83: string, name: string): string {
  const declaration = '<?xml version="1.0"?>';
  return (
    `${declaration}<VIO version="1.21"><Response action="QUERY_INVENTORY"/></VIO>` +
    `${declaration}<VIO version="1.21"><PhysicalVolume_base name="${escapeAttribute(name)}" desType="NAA" descriptor="${naaPage83}"/></VIO>`
  );
}

function inventoryUdid(root: XmlElement): string {
  const request = descend(descend(root, 'Request'), 'InventoryRequest');
  const filter = descend(request, 'VioUdidFilter');
  const udid = filter.attributes.find((attribute) => attribute.local === 'udid')?.value;
  if (udid === undefined) throw invalid('VioUdidFilter names no udid.');
  return udid;
}

function descend(parent: XmlElement, name: string): XmlElement {
  const found = child(parent, name);
  if (found === undefined) throw invalid(`inputXML: ${parent.local} has no ${name}.`);
  return found;
}

function contentOf(parent: XmlElement, name: string): string {
  return textOf(descend(parent, name)).trim().toLowerCase();
}

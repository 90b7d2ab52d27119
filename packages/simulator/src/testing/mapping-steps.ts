import type { XmlElement } from '@openstack-powervm/atom';
import { type Api, objectOf, objectText, type RawAnswer } from './api.js';
import { mappingElement, virtualDiskReference } from './bodies.js';
import { descendants } from './steps.js';

export const SCSI = '?group=ViosSCSIMapping';

/** Appends a VirtualSCSIMapping to a VIOS and posts it. */
export async function addMapping(api: Api, vios: string, mapping: string): Promise<RawAnswer> {
  const read = await api.get(vios + SCSI);
  const body = objectText(read).replace('</VirtualSCSIMappings>', `${mapping}</VirtualSCSIMappings>`);
  return api.post(vios + SCSI, body, { 'If-Match': String(read.headers.etag) });
}

export function mapDisk(api: Api, vios: string, partition: string, disk: string): Promise<RawAnswer> {
  return addMapping(api, vios, mappingElement({ partition, storage: virtualDiskReference(disk) }));
}

export async function mappingsOf(api: Api, vios: string): Promise<XmlElement[]> {
  return descendants(objectOf(await api.get(vios + SCSI)), 'VirtualSCSIMapping');
}

/** The mappings of a posted or read document as the text of each element. */
export function mappingTexts(document: string): string[] {
  return document.match(/<VirtualSCSIMapping .*?<\/VirtualSCSIMapping>/gs) ?? [];
}

import assert from 'node:assert/strict';
import { novaLinkHostSite } from '../site/novalink-host-site.js';
import { Api, idOf, objectsOf, value } from './api.js';

/** A NovaLink partition that hosts I/O. */
export interface NovaLinkHost {
  readonly api: Api;
  /** UUID of the partition. */
  readonly id: string;
  readonly path: string;
  /** Path of its volume group of that name. */
  group(name: string): Promise<string>;
  /** UUID of the VIOS of that name. */
  vios(name: string): Promise<string>;
}

export async function openNovaLinkHost(t: Parameters<typeof Api.start>[0]): Promise<NovaLinkHost> {
  const api = await Api.start(t, { site: novaLinkHostSite() });
  const idWhere = async (path: string, element: string, wanted: string): Promise<string> => {
    const found = objectsOf(await api.get(path)).find((each) => value(each, element) === wanted);
    assert.ok(found !== undefined, `${element} ${wanted}`);
    return idOf(found);
  };
  const id = await idWhere('uom/VirtualIOServer', 'IsManagementPartition', 'true');
  const path = `uom/VirtualIOServer/${id}`;
  return {
    api,
    id,
    path,
    group: async (name) => `${path}/VolumeGroup/${await idWhere(`${path}/VolumeGroup`, 'GroupName', name)}`,
    vios: (name) => idWhere('uom/VirtualIOServer', 'PartitionName', name),
  };
}

import assert from 'node:assert/strict';
import type { XmlElement } from '@openstack-powervm/atom';
import { type Api, descend, idOf, objectOf, objectsOf, objectText, type RawAnswer, value } from './api.js';
import { diskElement, fileBody, jobBody, partitionBody, repositoryElement } from './bodies.js';

/** Waits until a condition holds; fails after five seconds. */
export async function eventually<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 250; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('this did not happen within five seconds');
}

/** Submits a job, waits for its end, deletes it. */
export async function finishedJob(
  api: Api,
  group: string,
  id: string,
  operation: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<XmlElement> {
  const submitted = objectOf(
    await api.put(`uom/${group}/${id}/do/${operation}`, jobBody(group, operation, parameters)),
  );
  const job = value(submitted, 'JobID');
  const finished = await eventually(async () => {
    const response = objectOf(await api.get(`uom/jobs/${job}?group=None`));
    return /^(COMPLETED|FAILED)/.test(value(response, 'Status')) ? response : undefined;
  });
  assert.equal((await api.delete(`uom/jobs/${job}`)).status, 204);
  return finished;
}

export async function createdPartition(api: Api, name: string): Promise<{ id: string; path: string }> {
  const id = idOf(objectOf(await api.put('uom/LogicalPartition', partitionBody(name))));
  return { id, path: `uom/LogicalPartition/${id}` };
}

/** A partition in open firmware: it has no disk to boot from. */
export async function poweredOn(api: Api, name: string): Promise<{ id: string; path: string }> {
  const partition = await createdPartition(api, name);
  const job = await finishedJob(api, 'LogicalPartition', partition.id, 'PowerOn');
  assert.equal(value(job, 'Status'), 'COMPLETED_OK');
  return partition;
}

/** UUID and volume group path of one VIOS. */
export async function aVios(
  api: Api,
): Promise<{ id: string; path: string; dataGroup: string; rootGroup: string }> {
  const [vios] = objectsOf(await api.get('uom/VirtualIOServer'));
  assert.ok(vios !== undefined);
  const path = `uom/VirtualIOServer/${idOf(vios)}`;
  const groups = objectsOf(await api.get(`${path}/VolumeGroup`));
  const groupPath = (name: string): string => {
    const group = groups.find((candidate) => value(candidate, 'GroupName') === name);
    assert.ok(group !== undefined);
    return `${path}/VolumeGroup/${idOf(group)}`;
  };
  return { id: idOf(vios), path, dataGroup: groupPath('datavg'), rootGroup: groupPath('rootvg') };
}

/** Makes a virtual disk and answers with its UDID. */
export async function createdDisk(
  api: Api,
  group: string,
  name: string,
  gigabytes = '1.000000',
): Promise<string> {
  const body = objectText(await api.get(group)).replace(
    '</VirtualDisks>',
    `${diskElement(name, gigabytes)}</VirtualDisks>`,
  );
  return udidOfDisk(objectOf(await api.post(group, body)), name);
}

export function udidOfDisk(group: XmlElement, name: string): string {
  for (const disk of descendants(group, 'VirtualDisk')) {
    if (value(disk, 'DiskName') === name) return value(disk, 'UniqueDeviceID');
  }
  throw new Error(`there is no disk ${name}`);
}

/** Every element of this name below another. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((node) => {
    if (node.kind !== 'element') return [];
    return [...(node.local === name ? [node] : []), ...descendants(node, name)];
  });
}

/** Announces a file, sends its bytes, and removes the descriptor; answers with the status of the upload. */
export async function uploaded(
  api: Api,
  file: Parameters<typeof fileBody>[0],
  bytes: Uint8Array,
): Promise<{ status: number; text: string }> {
  const descriptor = objectOf(await api.put('web/File', fileBody(file)));
  const id = value(descriptor, 'FileUUID');
  const answer = await api.send('PUT', `/rest/api/web/File/contents/${id}`, {
    body: bytes,
    headers: { 'Content-Type': 'application/octet-stream', Accept: 'application/vnd.ibm.powervm.web+xml' },
  });
  assert.equal((await api.delete(`web/File/${id}`)).status, 204);
  return answer;
}

/** Puts a media repository of 1 GB into a volume group that has none. */
export async function withRepository(api: Api, group: string): Promise<RawAnswer> {
  const body = objectText(await api.get(group)).replace(
    '</Metadata></MediaRepositories>',
    `</Metadata>${repositoryElement('vopt', '1.000000')}</MediaRepositories>`,
  );
  return api.post(group, body);
}

/** Name and value of every result of a finished job. */
export function resultsOf(response: XmlElement): Record<string, string> {
  const list = descendants(descend(response, 'Results'), 'JobParameter');
  return Object.fromEntries(
    list.map((each) => [value(each, 'ParameterName'), value(each, 'ParameterValue')]),
  );
}

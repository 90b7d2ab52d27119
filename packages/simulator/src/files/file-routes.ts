import { child, textOf } from '@openstack-powervm/atom';
import { parseBody, required } from '../documents/read-document.js';
import { type Answer, atom, type Call, noContent } from '../http/call.js';
import type { Route } from '../http/route-table.js';
import { type EntryParts, renderEntry, renderFeed } from '../render/atom.js';
import { leaf, objectElement } from '../render/xml.js';
import { ownerOf } from '../sessions/sessions.js';
import { nameUuid } from '../world/identity.js';
import { invalid, notFound } from '../world/refusal.js';
import type { FileDescriptor, FilePlan, FileType } from './file-descriptors.js';
import { checkFilePlan, receiveFile } from './receive.js';

const FILES = '/rest/api/web/File';

/** Descriptors and contents of files (protocol reference 6). */
export const fileRoutes: readonly Route[] = [
  { name: 'File.list', method: 'GET', path: FILES, answer: list },
  { name: 'File.create', method: 'PUT', path: FILES, answer: create },
  { name: 'File.read', method: 'GET', path: `${FILES}/{id}`, answer: read },
  { name: 'File.delete', method: 'DELETE', path: `${FILES}/{id}`, answer: remove, produces: 'any' },
  { name: 'File.upload', method: 'PUT', path: `${FILES}/contents/{id}`, answer: upload, produces: 'any' },
  { name: 'File.replace', method: 'POST', path: `${FILES}/contents/{id}`, answer: upload, produces: 'any' },
  { name: 'File.download', method: 'GET', path: `${FILES}/contents/{id}`, answer: download, produces: 'any' },
];

function list(call: Call): Answer {
  const { all } = call.console.files;
  if (all.length === 0) return noContent;
  const self = `${call.console.url}${FILES}`;
  return atom(
    200,
    renderFeed({ id: nameUuid(FILES), self, updated: Date.now(), entries: all.map(fileEntry) }),
  );
}

async function create(call: Call): Promise<Answer> {
  const plan = readPlan(await call.text());
  checkFilePlan(call.console.systems, plan);
  const owner = call.session === undefined ? undefined : ownerOf(call.session);
  return atom(200, renderEntry(fileEntry(call.console.files.create(plan, owner))));
}

function read(call: Call): Answer {
  return atom(200, renderEntry(fileEntry(call.console.files.get(call.parameters['id'] ?? ''))));
}

function remove(call: Call): Answer {
  call.console.files.delete(call.parameters['id'] ?? '');
  return noContent;
}

async function upload(call: Call): Promise<Answer> {
  const file = call.console.files.get(call.parameters['id'] ?? '');
  await receiveFile(call.world, call.console.systems, file, call.body);
  return noContent;
}

/** What was uploaded, read back from the device. */
function download(call: Call): Answer {
  const file = call.console.files.get(call.parameters['id'] ?? '');
  const key = file.type === 'BROKERED_DISK_IMAGE' ? file.device : mediaKey(call, file);
  if (key === undefined || !call.world.bytes.has(key)) throw notFound(`File ${file.name} has no contents.`);
  return { status: 200, type: file.mediaType, body: call.world.bytes.read(key, 0, file.currentBytes) };
}

function mediaKey(call: Call, file: FileDescriptor): string | undefined {
  const vioses = call.console.systems.flatMap((system) => system.vioses.get(file.vios) ?? []);
  const groups = vioses.flatMap((vios) => [...vios.volumeGroups]);
  const media = groups.flatMap((group) => group.repository?.media ?? []);
  return media.find((medium) => medium.name === file.name)?.contentKey;
}

function readPlan(text: string): FilePlan {
  const root = parseBody(text);
  if (root.local !== 'File') throw invalid('The request body must be a File.');
  const value = (name: string): string | undefined => {
    const element = child(root, name);
    const content = element === undefined ? '' : textOf(element).trim();
    return content === '' ? undefined : content;
  };
  const size = value('ExpectedFileSizeInBytes');
  if (size !== undefined && !/^\d+$/.test(size))
    throw invalid(`ExpectedFileSizeInBytes "${size}" is not a size.`);
  return {
    name: fileName(required(value('Filename'), 'Filename')),
    mediaType: required(value('InternetMediaType'), 'InternetMediaType'),
    sha256: value('SHA256'),
    expectedBytes: size === undefined ? undefined : Number(size),
    type: fileType(required(value('FileEnumType'), 'FileEnumType')),
    vios: required(value('TargetVirtualIOServerUUID'), 'TargetVirtualIOServerUUID'),
    device: value('TargetDeviceUniqueDeviceID'),
  };
}

/** Protocol reference 2.7. */
function fileName(name: string): string {
  if (!/^[.\w]{1,79}$/.test(name))
    throw invalid(`"${name}" cannot be a file name: 1 to 79 letters, digits, _ and dots.`);
  return name;
}

function fileType(name: string): FileType {
  if (name === 'BROKERED_MEDIA_ISO' || name === 'BROKERED_DISK_IMAGE') return name;
  throw invalid(`FileEnumType ${name} is neither BROKERED_MEDIA_ISO nor BROKERED_DISK_IMAGE.`);
}

/** Capture upload_file.txt: no SELF link, no ETag. */
function fileEntry(file: FileDescriptor): EntryParts {
  const content =
    `<Metadata><Atom><AtomID>${file.uuid}</AtomID><AtomCreated>${file.createdAt}</AtomCreated></Atom></Metadata>` +
    leaf('Filename', 'COR', file.name) +
    leaf('DateModified', 'ROR', file.modifiedAt) +
    leaf('InternetMediaType', 'COR', file.mediaType) +
    leaf('FileUUID', 'ROR', file.uuid) +
    (file.sha256 === undefined ? '' : leaf('SHA256', 'COD', file.sha256)) +
    (file.expectedBytes === undefined ? '' : leaf('ExpectedFileSizeInBytes', 'COD', file.expectedBytes)) +
    leaf('CurrentFileSizeInBytes', 'ROR', file.currentBytes) +
    leaf('FileEnumType', 'COR', file.type) +
    leaf('TargetVirtualIOServerUUID', 'COR', file.vios) +
    (file.device === undefined ? '' : leaf('TargetDeviceUniqueDeviceID', 'COR', file.device));
  return {
    id: file.uuid,
    title: 'File',
    service: 'web',
    self: undefined,
    etag: undefined,
    published: Date.now(),
    content: objectElement('File', 'web', 'V1_0', content),
  };
}

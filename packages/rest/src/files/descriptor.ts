import { writeDocument } from '@openstack-powervm/atom';
import { PowerVMError } from '../errors/error.js';
import { publish } from '../observe/channels.js';
import { entityOf } from '../reads/entity.js';
import { list } from '../reads/read.js';
import { representationOf } from '../reads/representation.js';
import { File } from '../resources/index.js';
import { create, elementOf } from '../schema/index.js';
import type { Connection } from '../session/connection.js';
import type { Deadline } from '../time/deadline.js';
import { acceptWritten, mediaType } from '../wire/media-types.js';
import { instancePath, typePath } from '../wire/paths.js';
import { deleteAt, ignoringNotFound } from '../writes/delete.js';
import type { FileTarget } from './file-target.js';

/** What the bytes are called in every descriptor (protocol reference 6.1). */
export const fileMediaType = 'application/octet-stream';

/** A file descriptor on the console. */
export interface Descriptor {
  /** Addresses the descriptor. */
  readonly id: string;
  /** Addresses the contents. */
  readonly fileUuid: string;
}

/** What is known about the bytes beforehand. */
export interface ExpectedContent {
  readonly size?: number | undefined;
  /** Hexadecimal. */
  readonly sha256?: string | undefined;
}

/**
 * Creates a descriptor (protocol reference 6.1). The request is not broken off with the caller: without its answer
 * nobody could remove the descriptor.
 */
export async function createDescriptor(
  connection: Connection,
  target: FileTarget,
  expected: ExpectedContent,
  deadline: Deadline,
): Promise<Descriptor> {
  checkTarget(target);
  const { name } = target;
  const creation = connection.inBackground(
    `create the descriptor of ${name}`,
    connection.timing.updateMs,
    async (limit) => {
      try {
        return await putDescriptor(connection, target, expected, limit);
      } catch (error) {
        if (fateUnknown(error)) await removeStrays(connection, target);
        throw error;
      }
    },
  );
  try {
    return await deadline.race(creation);
  } catch (error) {
    creation.then(
      (descriptor) => removeDescriptor(connection, descriptor, name),
      () => {}, // none was created
    );
    throw error;
  }
}

async function putDescriptor(
  connection: Connection,
  target: FileTarget,
  expected: ExpectedContent,
  deadline: Deadline,
): Promise<Descriptor> {
  const path = typePath(File);
  const document = create(File, {
    filename: target.name,
    internetMediaType: fileMediaType,
    sha256: expected.sha256,
    expectedFileSizeInBytes: expected.size,
    fileEnumType: target.kind,
    targetVirtualIOServerUUID: target.viosId,
    targetDeviceUniqueDeviceID: target.deviceUdid,
  });
  const response = await connection.send({
    method: 'PUT',
    path,
    headers: { Accept: acceptWritten, 'Content-Type': mediaType(File.service, File.name) },
    body: writeDocument(elementOf(document)),
    deadline,
    timeoutMs: connection.timing.updateMs,
    lane: 'ordinary',
  });
  const { id, value } = entityOf(File, representationOf(File.name, path, response));
  return { id, fileUuid: value.fileUUID ?? id };
}

/** Whether the console may have done what it was asked, though its answer never came. */
function fateUnknown(error: unknown): boolean {
  return ['PVM_CONNECTION_LOST', 'PVM_TIMEOUT'].includes(PowerVMError.from(error).code);
}

/**
 * Removes the descriptors of a target after a creation whose answer was lost: nobody knows their ids, and a console
 * holds only so many. A target takes one transfer at a time, so none of them is another one's. Never rejects.
 */
async function removeStrays(connection: Connection, target: FileTarget): Promise<void> {
  const { kind, name, viosId, deviceUdid } = target;
  try {
    const all = await list(connection, File, { timeoutMs: connection.timing.requestMs });
    const strays = all.filter(
      ({ value }) =>
        value.filename === name &&
        value.fileEnumType === kind &&
        value.targetVirtualIOServerUUID?.toLowerCase() === viosId.toLowerCase() &&
        (deviceUdid === undefined || value.targetDeviceUniqueDeviceID === deviceUdid),
    );
    const descriptors = strays.map(({ id }) => ({ id, fileUuid: id }));
    await Promise.all(descriptors.map((each) => removeDescriptor(connection, each, name)));
  } catch (error) {
    const { origin } = connection;
    const { code } = PowerVMError.from(error);
    publish('powervm.rest.transfer', { origin, name, step: 'left-behind', bytes: 0, error: code });
  }
}

/**
 * Removes a descriptor, in the background: consoles hold about a hundred and then refuse uploads (protocol reference
 * 6.3). One that cannot be removed is published as left behind.
 */
export function removeDescriptor(connection: Connection, { id }: Descriptor, name: string): Promise<void> {
  const { origin, timing } = connection;
  return connection.inBackground(`remove the descriptor of ${name}`, timing.updateMs, async (deadline) => {
    try {
      await ignoringNotFound(deleteAt(connection, instancePath(File, id), undefined, deadline));
    } catch (error) {
      const { code } = PowerVMError.from(error);
      publish('powervm.rest.transfer', { origin, name, step: 'left-behind', bytes: 0, error: code });
    }
  });
}

export function contentsPath({ fileUuid }: Descriptor): string {
  return `${typePath(File)}/contents/${fileUuid}`;
}

function checkTarget({ kind, name, deviceUdid }: FileTarget): void {
  if (!/^[.0-9A-Z_a-z]{1,79}$/.test(name))
    throw new PowerVMError(
      'PVM_INVALID_ARGUMENT',
      `'${name}' is no file name: 1 to 79 of letters, digits, '.' and '_'`,
    );
  if (kind === 'BROKERED_DISK_IMAGE' && !deviceUdid)
    throw new PowerVMError('PVM_INVALID_ARGUMENT', `The disk image ${name} needs the UDID of a device`);
}

import { PowerVMError } from '../errors/error.js';
import type { Connection } from '../session/connection.js';
import type { CallOptions, Deadline } from '../time/deadline.js';
import { type Addressed, instancePath, type ParentAddress, withoutQuery } from '../wire/paths.js';

/** The address of an object that is to be deleted whatever its version. */
export interface ObjectAddress {
  readonly type: Addressed;
  readonly id: string;
  readonly parent?: ParentAddress | undefined;
}

/** What an entity of any type has. */
export interface DeletableEntity {
  readonly type: Addressed;
  readonly id: string;
  readonly etag: string | undefined;
  readonly path: string;
}

export interface DeleteOptions extends CallOptions {
  /** Return a partition's virtual serial number to the auto-assign pool (protocol reference 1.9). */
  readonly resetAutoAssign?: boolean | undefined;
}

/**
 * Deletes an object: an entity only in the version that was read (`PVM_ETAG_MISMATCH` otherwise), an address in any.
 */
export async function remove(
  connection: Connection,
  target: DeletableEntity | ObjectAddress,
  options: DeleteOptions,
): Promise<void> {
  const { path, etag } = addressOf(target);
  const query = options.resetAutoAssign ? '?resetAutoAssign=true' : '';
  const what = `delete ${target.type.name} ${target.id}`;
  await connection.run(what, options, connection.timing.updateMs, (deadline) =>
    deleteAt(connection, path + query, etag, deadline),
  );
}

/** Deletes, and once more when the connection broke: by then the object may be gone, which is what was wanted. */
export async function deleteAt(
  connection: Connection,
  path: string,
  etag: string | undefined,
  deadline: Deadline,
): Promise<void> {
  const send = () =>
    connection.send({
      method: 'DELETE',
      path,
      headers: etag === undefined ? {} : { 'If-Match': etag },
      deadline,
      timeoutMs: connection.timing.updateMs,
      lane: 'ordinary',
    });
  try {
    await send();
  } catch (error) {
    if (!PowerVMError.is(error, 'PVM_CONNECTION_LOST')) throw error;
    await ignoringNotFound(send());
  }
}

export async function ignoringNotFound(deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    if (!PowerVMError.is(error, 'PVM_NOT_FOUND')) throw error;
  }
}

function addressOf(target: DeletableEntity | ObjectAddress): { path: string; etag?: string | undefined } {
  if ('path' in target) return { path: withoutQuery(target.path), etag: target.etag };
  return { path: instancePath(target.type, target.id, target.parent) };
}

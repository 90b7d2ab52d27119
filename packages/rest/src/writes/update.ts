import type { XmlElement } from '@openstack-powervm/atom';
import { applyEdit, type Edit } from '../commit/edit.js';
import { PowerVMError } from '../errors/error.js';
import { type EntityOf, entityOf } from '../reads/entity.js';
import { readPath } from '../reads/read.js';
import { representationOf } from '../reads/representation.js';
import { elementOf, type Fields } from '../schema/index.js';
import type { Connection } from '../session/connection.js';
import type { CallOptions, Deadline } from '../time/deadline.js';
import { forced, releasingSerialNumber } from '../wire/paths.js';
import { beforeNextTry, needsFreshRead } from './conflict.js';
import { post } from './post.js';

export interface UpdateOptions extends CallOptions {
  /** Proceed despite objections that are not fatal, such as a resize the partition's OS does not fully agree to. */
  readonly force?: boolean | undefined;
  /** Return a partition's virtual serial number to the auto-assign pool (protocol reference 1.9). */
  readonly resetAutoAssign?: boolean | undefined;
}

/**
 * Changes an object: the edit is applied to a copy of the entity's document and sent with its ETag; when somebody
 * else was faster, the object is read again and the edit applied again (TX-1). The entity given stays as it is.
 */
export async function update<F extends Fields>(
  connection: Connection,
  entity: EntityOf<F>,
  edit: Edit<F>,
  options: UpdateOptions,
): Promise<EntityOf<F>> {
  const what = `update ${entity.type.name} ${entity.id}`;
  return await connection.run(what, options, connection.timing.updateMs, async (deadline) => {
    let current = entity;
    let document = copyOfDocument(entity);
    for (let attempt = 1; ; attempt += 1) {
      if (!applyEdit(edit, document.value)) return current;
      const written = await tryPost(connection, current, document.element, options, deadline);
      if (!(written instanceof PowerVMError)) return written;
      if (!needsFreshRead(written)) throw written;
      await beforeNextTry(connection, written, attempt + 1, deadline);
      current = await readPath(connection, entity.type, entity.path, deadline, true);
      document = { element: elementOf(current.value), value: current.value };
    }
  });
}

function copyOfDocument<F extends Fields>({ type, value }: EntityOf<F>) {
  const element = elementOf(value).copy();
  return { element, value: type.lens(element) };
}

async function tryPost<F extends Fields>(
  connection: Connection,
  { type, path, etag }: EntityOf<F>,
  document: XmlElement,
  options: UpdateOptions,
  deadline: Deadline,
): Promise<EntityOf<F> | PowerVMError> {
  const released = options.resetAutoAssign ? releasingSerialNumber(path) : path;
  const target = options.force ? forced(released) : released;
  let response: Awaited<ReturnType<typeof post>>;
  try {
    response = await post(connection, { type, path: target, etag, document }, deadline);
  } catch (error) {
    return PowerVMError.from(error);
  }
  return entityOf(type, representationOf(type.name, path, response));
}

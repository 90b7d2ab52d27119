import { writeDocument } from '@openstack-powervm/atom';
import { codeOf, describeUnknown } from '../errors/classify.js';
import { PowerVMError } from '../errors/error.js';
import { type EntityOf, entityOf } from '../reads/entity.js';
import { representationOf } from '../reads/representation.js';
import {
  elementOf,
  type Fields,
  type InitOf,
  isLens,
  type LensOf,
  create as newDocument,
  type ResourceType,
} from '../schema/index.js';
import type { Connection } from '../session/connection.js';
import type { CallOptions } from '../time/deadline.js';
import { acceptWritten, mediaType } from '../wire/media-types.js';
import { type ParentAddress, typePath } from '../wire/paths.js';

export interface CreateOptions extends CallOptions {
  readonly parent?: ParentAddress | undefined;
}

/**
 * Creates an object (protocol reference 2.13). Not repeated by itself when the connection breaks: the object may
 * exist then, and the caller knows how to look for it.
 */
export async function create<F extends Fields>(
  connection: Connection,
  type: ResourceType<F>,
  what: InitOf<F> | LensOf<F>,
  options: CreateOptions,
): Promise<EntityOf<F>> {
  const path = typePath(type, options.parent);
  const body = bodyOf(type, what);
  return await connection.run(
    `create ${type.name}`,
    options,
    connection.timing.updateMs,
    async (deadline) => {
      const response = await connection.send({
        method: 'PUT',
        path,
        headers: { Accept: acceptWritten, 'Content-Type': mediaType(type.service, type.name) },
        body,
        deadline,
        timeoutMs: connection.timing.updateMs,
        lane: 'ordinary',
      });
      return entityOf(type, representationOf(type.name, path, response));
    },
  );
}

/** The document as it is sent; a value or field that does not belong there is refused before. */
function bodyOf<F extends Fields>(type: ResourceType<F>, what: InitOf<F> | LensOf<F>): string {
  try {
    return writeDocument(elementOf(isLens(what) ? what : newDocument(type, what)));
  } catch (cause) {
    if (codeOf(cause) !== 'PVM_UNEXPECTED') throw PowerVMError.from(cause);
    const wrong = `The new ${type.name} cannot be written: ${describeUnknown(cause)}`;
    throw new PowerVMError('PVM_INVALID_ARGUMENT', wrong, { cause });
  }
}

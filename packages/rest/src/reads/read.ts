import { readEntries } from '@openstack-powervm/atom';
import { PowerVMError } from '../errors/error.js';
import type { Fields, ResourceType } from '../schema/index.js';
import type { Connection } from '../session/connection.js';
import { type CallOptions, Deadline } from '../time/deadline.js';
import type { Groups } from '../wire/groups.js';
import { acceptAtom } from '../wire/media-types.js';
import {
  type Addressed,
  anyPath,
  instancePath,
  type ParentAddress,
  quickPath,
  searchPath,
  typePath,
  withGroups,
} from '../wire/paths.js';
import { readAnswer, unreadable } from './answer.js';
import { type EntityOf, entityOf } from './entity.js';
import { representationOf, representationOfEntry } from './representation.js';

/** What a read may be told. */
export interface ReadOptions extends CallOptions {
  /** The parts of the object to read besides its base; none when absent. */
  readonly groups?: Groups | undefined;
  /** The object that a CHILD type is addressed under. */
  readonly parent?: ParentAddress | undefined;
}

/** Reads one object. */
export async function get<F extends Fields>(
  connection: Connection,
  type: ResourceType<F>,
  id: string,
  options: ReadOptions,
): Promise<EntityOf<F>> {
  const path = withGroups(instancePath(type, id, options.parent), options.groups);
  return await connection.run(`read ${type.name} ${id}`, options, connection.timing.requestMs, (deadline) =>
    readPath(connection, type, path, deadline),
  );
}

/** Reads the object at a path. With `fresh` the answer is not older than this call. */
export async function readPath<F extends Fields>(
  connection: Connection,
  type: ResourceType<F>,
  path: string,
  deadline: Deadline,
  fresh = false,
): Promise<EntityOf<F>> {
  const response = await connection.reads.read({ path, fresh }, deadline);
  return entityOf(type, representationOf(type.name, path, response));
}

/** Reads an entity again; the same entity comes back when it has not changed. */
export async function refresh<F extends Fields>(
  connection: Connection,
  entity: EntityOf<F>,
  options: CallOptions,
): Promise<EntityOf<F>> {
  const { type, id, etag, path } = entity;
  return await connection.run(
    `refresh ${type.name} ${id}`,
    options,
    connection.timing.requestMs,
    async (deadline) => {
      const response = await connection.reads.read({ path, ifNoneMatch: etag }, deadline);
      return response.status === 304 ? entity : entityOf(type, representationOf(type.name, path, response));
    },
  );
}

/** Reads all objects of a type, or of a parent, at once. */
export async function list<F extends Fields>(
  connection: Connection,
  type: ResourceType<F>,
  options: ReadOptions,
): Promise<EntityOf<F>[]> {
  const path = withGroups(typePath(type, options.parent), options.groups);
  return await readFeedAt(connection, type, path, `list ${type.name}`, options);
}

/** Asks the console for the objects with this property; consoles know few (protocol reference 2.11). */
export async function search<F extends Fields>(
  connection: Connection,
  type: ResourceType<F>,
  condition: { readonly property: string; readonly value: string | number },
  options: CallOptions,
): Promise<EntityOf<F>[]> {
  const path = withGroups(searchPath(type, condition.property, condition.value), undefined);
  return await readFeedAt(connection, type, path, `search ${type.name}`, options);
}

/** Reads a feed entry by entry, holding one at a time. Leave the loop early to stop the transfer. */
export async function* stream<F extends Fields>(
  connection: Connection,
  type: ResourceType<F>,
  options: ReadOptions,
): AsyncGenerator<EntityOf<F>, void, undefined> {
  const path = withGroups(typePath(type, options.parent), options.groups);
  using deadline = new Deadline(`stream ${type.name}`, options, 0, [connection.closing]);
  const response = await connection.send({
    method: 'GET',
    path,
    headers: { Accept: acceptAtom },
    deadline,
    timeoutMs: connection.timing.requestMs,
    lane: 'ordinary',
    streamed: true,
  });
  if (response.status === 204 || !response.stream) return;
  try {
    for await (const entry of readEntries(response.stream))
      yield entityOf(type, representationOfEntry(type.name, path, entry));
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Reads one quick property: a JSON value (protocol reference 2.11). */
export async function quick(
  connection: Connection,
  type: Addressed,
  id: string,
  property: string,
  options: CallOptions,
): Promise<unknown> {
  const path = quickPath(type, id, property);
  return await connection.run(
    `read ${property} of ${type.name} ${id}`,
    options,
    connection.timing.requestMs,
    async (deadline) => {
      const response = await connection.reads.read({ path, accept: '*/*' }, deadline);
      return parseJson(path, response.body);
    },
  );
}

async function readFeedAt<F extends Fields>(
  connection: Connection,
  type: ResourceType<F>,
  path: string,
  what: string,
  options: CallOptions,
): Promise<EntityOf<F>[]> {
  return await connection.run(what, options, connection.timing.requestMs, async (deadline) => {
    const response = await connection.reads.read({ path }, deadline);
    if (response.status === 204) return []; // a type without instances (protocol reference 2.2)
    // The one member of a pcm feed has no ETag of its own: the feed's counts (protocol reference 3.24).
    const etag = type.service === 'pcm' ? response.headers['etag'] : undefined;
    return readAnswer(path, response.body).map((entry) =>
      entityOf(type, representationOfEntry(type.name, path, entry, etag)),
    );
  });
}

/** What an untyped read brings. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface RawReadOptions extends CallOptions {
  /** The media type to ask for; Atom when absent. */
  readonly accept?: string | undefined;
}

/** Reads any path, as it is. */
export async function read(
  connection: Connection,
  pathOrHref: string,
  options: RawReadOptions,
): Promise<RawAnswer> {
  const path = anyPath(pathOrHref);
  return await connection.run(`read ${path}`, options, connection.timing.requestMs, async (deadline) => {
    const { status, headers, body } = await connection.reads.read({ path, accept: options.accept }, deadline);
    return { status, headers, body };
  });
}

function parseJson(path: string, body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch (cause) {
    throw new PowerVMError('PVM_BAD_RESPONSE', `The answer to ${path} is no JSON`, { path, cause });
  }
}

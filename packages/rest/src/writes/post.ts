import { writeDocument, type XmlElement } from '@openstack-powervm/atom';
import type { Connection } from '../session/connection.js';
import type { Deadline } from '../time/deadline.js';
import type { RestResponse } from '../transport/message.js';
import { acceptWritten, updateMediaType } from '../wire/media-types.js';
import type { Addressed } from '../wire/paths.js';

/** One full replacement of an object (protocol reference 2.13). */
export interface Post {
  readonly type: Addressed;
  /** SELF path and query: the query's groups say what the document covers. */
  readonly path: string;
  readonly etag: string | undefined;
  readonly document: XmlElement;
}

export async function post(connection: Connection, update: Post, deadline: Deadline): Promise<RestResponse> {
  const { type, path, etag, document } = update;
  return await connection.send({
    method: 'POST',
    path,
    headers: {
      Accept: acceptWritten,
      'Content-Type': updateMediaType(type.service, type.name),
      ...(etag === undefined ? {} : { 'If-Match': etag }),
    },
    body: writeDocument(document),
    deadline,
    timeoutMs: connection.timing.updateMs,
    lane: 'ordinary',
  });
}

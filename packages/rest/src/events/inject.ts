import { writeDocument } from '@openstack-powervm/atom';
import { Event } from '../resources/index.js';
import { create, elementOf } from '../schema/index.js';
import type { Connection } from '../session/connection.js';
import type { CallOptions } from '../time/deadline.js';
import { acceptWritten, mediaType } from '../wire/media-types.js';
import { typePath } from '../wire/paths.js';

/** What an injected event carries; every client of the console gets it as `custom`. */
export interface InjectedEvent {
  readonly data?: string | undefined;
  readonly detail?: string | undefined;
}

/** Puts an event into all queues of the console (protocol reference 5.3). */
export async function inject(
  connection: Connection,
  { data, detail }: InjectedEvent,
  options: CallOptions,
): Promise<void> {
  const body = writeDocument(elementOf(create(Event, { eventData: data, eventDetail: detail })));
  await connection.run('inject an event', options, connection.timing.requestMs, (deadline) =>
    connection.send({
      method: 'PUT',
      path: typePath(Event),
      headers: { Accept: acceptWritten, 'Content-Type': mediaType(Event.service, Event.name) },
      body,
      deadline,
      timeoutMs: connection.timing.requestMs,
      lane: 'ordinary',
    }),
  );
}

import { child, textOf } from '@openstack-powervm/atom';
import { type Console, hrefOf } from '../console/console.js';
import { parseBody } from '../documents/read-document.js';
import { type Answer, atom, type Call, noContent } from '../http/call.js';
import type { Route } from '../http/route-table.js';
import { type EntryParts, renderEntry, renderFeed } from '../render/atom.js';
import { etagOf } from '../render/object.js';
import { leaf, objectElement } from '../render/xml.js';
import { echoedQuery } from '../resources/groups.js';
import { nameUuid } from '../world/identity.js';
import { invalid } from '../world/refusal.js';
import type { SimulatedEvent } from './event.js';

const PATH = '/rest/api/uom/Event';

/** Reading by long poll, and injecting (protocol reference 5). */
export const eventRoutes: readonly Route[] = [
  { name: 'Event.list', method: 'GET', path: PATH, answer: read },
  { name: 'Event.create', method: 'PUT', path: PATH, answer: inject },
];

async function read(call: Call): Promise<Answer> {
  // The queue's name is shown to whoever asks for the state, so it must not be the token.
  const applicationId = call.query.get('QUEUE_APPLICATIONID') ?? `session-${call.session?.number}`;
  const events = await call.console.events.read(applicationId, call.signal);
  if (events.length === 0) return noContent;
  const entries = events.map((event) => eventEntry(event, call.console));
  const etag = etagOf(entries.map((entry) => entry.etag).join(' '));
  const self = `${hrefOf(call.console, 'Event')}${echoedQuery(call.query)}`;
  const feed = renderFeed({ id: nameUuid(PATH), self, updated: Date.now(), entries });
  const undelivered = (): void => call.console.events.putBack(applicationId, events);
  return { ...atom(200, feed, { ETag: etag }), undelivered };
}

/** Everyone gets it, the sender too (protocol reference 5.3, inferred). */
async function inject(call: Call): Promise<Answer> {
  const root = parseBody(await call.text());
  if (root.local !== 'Event') throw invalid('The request body must be an Event.');
  const value = (name: string): string => {
    const element = child(root, name);
    return element === undefined ? '' : textOf(element);
  };
  const event = call.console.events.publish('CUSTOM_CLIENT_EVENT', value('EventData'), value('EventDetail'));
  const entry = eventEntry(event, call.console);
  return atom(200, renderEntry(entry), { ETag: entry.etag ?? '' });
}

function eventEntry(event: SimulatedEvent, console: Console): EntryParts {
  const id = nameUuid(`event/${console.uuid}/${event.id}`);
  const content =
    `<Metadata><Atom><AtomID>${id}</AtomID><AtomCreated>0</AtomCreated></Atom></Metadata>` +
    leaf('EventType', 'ROR', event.type) +
    leaf('EventID', 'ROR', event.id) +
    leaf('EventData', 'ROR', event.data) +
    leaf('EventDetail', 'ROR', event.detail);
  const element = objectElement('Event', 'uom', 'V1_3_0', content);
  return {
    id,
    title: 'Event',
    service: 'uom',
    self: hrefOf(console, `Event/${id}`),
    etag: etagOf(element),
    published: event.id,
    content: element,
  };
}

import { resource } from '../../schema/declare.js';
import { integer, text } from '../../schema/fields.js';
import type { Lens } from '../../schema/lens.js';

/** Says that an object changed, never how. */
export const Event = resource(
  'Event',
  { evidence: 'protocol reference 3.22, 5.2; captures event.xml, event_feed.txt', root: true },
  {
    eventType: text('EventType', 'ROR', {
      values: [
        'NEW_CLIENT',
        'CACHE_CLEARED',
        'MISSING_EVENTS',
        'ADD_URI',
        'DELETE_URI',
        'MODIFY_URI',
        'INVALID_URI',
        'HIDDEN_URI',
        'VISIBLE_URI',
        'CUSTOM_CLIENT_EVENT',
      ],
    }),
    eventID: integer('EventID', 'ROR'),
    eventData: text('EventData', 'ROR', { note: 'URI of the object, or empty.' }),
    eventDetail: text('EventDetail', 'ROR', { note: 'Comma-separated list, or empty.' }),
  },
);
export type Event = Lens<typeof Event>;

import { flag, list, text } from '../schema/fields.js';
import { element, resource } from '../schema/index.js';
import type { Answer } from './scripted-console.js';

/** A resource for tests of the wire: small, with one collection, in a group of its own. */
const Mapping = element('Mapping', { evidence: 'test' }, { name: text('Name', 'CUR') });

export const Thing = resource(
  'Thing',
  { evidence: 'test', root: true, search: ['ThingName'] },
  {
    enabled: flag('Enabled', 'CUD'),
    mappings: list(Mapping, 'Mappings', 'CUD'),
    name: text('ThingName', 'CUR'),
  },
);

export const uuid = '0F3A5C52-0000-4000-8000-000000000001';
export const thingPath = `/rest/api/uom/Thing/${uuid}?group=None`;

const uom = 'http://www.ibm.com/xmlns/systems/power/firmware/uom/mc/2012_10/';
const web = 'http://www.ibm.com/xmlns/systems/power/firmware/web/mc/2012_10/';

export interface ThingFacts {
  readonly id?: string;
  readonly etag?: string;
  readonly name?: string;
  readonly mappings?: readonly string[];
  readonly path?: string;
}

/** A Thing's entry in the form of captured entries, with an element nobody declared. */
export function thingEntry(facts: ThingFacts = {}): string {
  const { id = uuid, etag = '-1', name = 'one', mappings = [], path = thingPath } = facts;
  const items = mappings.map(
    (each) => `<Mapping schemaVersion="V1_0"><Metadata><Atom/></Metadata><Name>${each}</Name></Mapping>`,
  );
  return (
    `<entry xmlns="http://www.w3.org/2005/Atom"><id>${id}</id><title>Thing</title>` +
    `<published>2026-01-01T00:00:00.000Z</published><link rel="SELF" href="http://localhost:12080${path}"/>` +
    `<author><name>IBM Power Systems Management Console</name></author><e:etag xmlns:e="${uom}">${etag}</e:etag>` +
    `<content type="application/vnd.ibm.powervm.uom+xml; type=Thing"><Thing:Thing xmlns:Thing="${uom}" xmlns="${uom}" schemaVersion="V1_3_0">` +
    `<Metadata><Atom><AtomID>${id}</AtomID><AtomCreated>0</AtomCreated></Atom></Metadata>` +
    `<Enabled kb="CUD" kxe="false">true</Enabled><Unknown kb="ROR">kept</Unknown>` +
    `<Mappings kb="CUD" kxe="false" schemaVersion="V1_0"><Metadata><Atom/></Metadata>${items.join('')}</Mappings>` +
    `<ThingName kb="CUR" kxe="false">${name}</ThingName></Thing:Thing></content></entry>`
  );
}

/** The answer to a read of one Thing. No charset is named, as with real consoles. */
export function thingAnswer(facts: ThingFacts = {}): Answer {
  return atom(thingEntry(facts), { ETag: facts.etag ?? '-1' });
}

export function feedAnswer(entries: readonly string[]): Answer {
  return atom(
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>69cf8099-87a7-3852-9a90-7cc0fdfe7d2d</id>' +
      '<updated>2026-01-01T00:00:00.000Z</updated><link rel="SELF" href="http://localhost:12080/rest/api/uom/Thing"/>' +
      `<generator>IBM Power Systems Management Console</generator>${entries.join('')}</feed>`,
  );
}

/** A web-namespace object in an entry, without ETag and SELF link (protocol reference 2.3). */
export function webAnswer(type: string, fields: string): Answer {
  return atom(
    `<entry xmlns="http://www.w3.org/2005/Atom"><id>b4c1df63-ad28-444b-a63e-8c5b4946b8bb</id><title>${type}</title>` +
      `<content type="application/vnd.ibm.powervm.web+xml; type=${type}">` +
      `<${type}:${type} xmlns:${type}="${web}" xmlns="${web}" schemaVersion="V1_0"><Metadata><Atom/></Metadata>` +
      `${fields}</${type}:${type}></content></entry>`,
  );
}

function atom(body: string, headers: Record<string, string> = {}): Answer {
  return { headers: { 'Content-Type': 'application/atom+xml', ...headers }, body };
}

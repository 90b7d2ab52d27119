import type { Fields, LensOf } from '@openstack-powervm/rest';
import { hrefOf } from '../console/console.js';
import { readPosted, withPosted } from '../documents/read-document.js';
import { type Answer, atom, type Call, json, noContent } from '../http/call.js';
import type { Route } from '../http/route-table.js';
import { type EntryParts, renderEntry, renderFeed } from '../render/atom.js';
import { etagOf, textOfRendered } from '../render/object.js';
import { nameUuid } from '../world/identity.js';
import { conflict, invalid, notFound, Refusal } from '../world/refusal.js';
import { Documents, viewContext } from './documents.js';
import { echoedQuery, groupsOf } from './groups.js';
import type { Address, ResourceKind } from './resource-kind.js';
import { parseCondition } from './search.js';

/** The routes of one type: feed, entry, create, update, delete, search, quick, at each of its addresses. */
export function resourceRoutes<T extends object, F extends Fields>(kind: ResourceKind<T, F>): Route[] {
  const documents = new Documents(kind);
  return kind.addresses.flatMap((address) => new ResourceAt(kind, address, documents).routes());
}

class ResourceAt<T extends object, F extends Fields> {
  readonly #kind: ResourceKind<T, F>;
  readonly #address: Address<T>;
  readonly #documents: Documents<T, F>;

  constructor(kind: ResourceKind<T, F>, address: Address<T>, documents: Documents<T, F>) {
    this.#kind = kind;
    this.#address = address;
    this.#documents = documents;
  }

  routes(): Route[] {
    const { name } = this.#kind.type;
    const { parent } = this.#address;
    const feed = parent === undefined ? `/rest/api/uom/${name}` : `/rest/api/uom/${parent}/{id}/${name}`;
    const entry = parent === undefined ? `${feed}/{id}` : `${feed}/{child}`;
    const prefix = parent === undefined ? name : `${parent}.${name}`;
    const routes: Route[] = [
      { name: `${prefix}.list`, method: 'GET', path: feed, answer: (call) => this.#list(call) },
      { name: `${prefix}.read`, method: 'GET', path: entry, answer: (call) => this.#read(call) },
    ];
    if (this.#kind.create) {
      routes.push({
        name: `${prefix}.create`,
        method: 'PUT',
        path: feed,
        answer: (call) => this.#create(call),
      });
    }
    if (this.#kind.update) {
      routes.push({
        name: `${prefix}.update`,
        method: 'POST',
        path: entry,
        answer: (call) => this.#update(call),
      });
    }
    if (this.#kind.remove) {
      routes.push({
        name: `${prefix}.delete`,
        method: 'DELETE',
        path: entry,
        answer: (call) => this.#delete(call),
        produces: 'any',
      });
    }
    if (parent === undefined) routes.push(...this.#questions(name, feed));
    return routes;
  }

  #questions(name: string, feed: string): Route[] {
    const routes: Route[] = [];
    if (this.#kind.search) {
      const path = `${feed}/search/{condition}`;
      routes.push({ name: `${name}.search`, method: 'GET', path, answer: (call) => this.#search(call) });
    }
    if (this.#kind.quick) {
      const quick = (call: Call): Answer => this.#quick(call);
      routes.push(
        { name: `${name}.quick`, method: 'GET', path: `${feed}/{id}/quick`, answer: quick, produces: 'json' },
        {
          name: `${name}.quick.property`,
          method: 'GET',
          path: `${feed}/{id}/quick/{property}`,
          answer: quick,
          produces: 'json',
        },
        {
          name: `${name}.quick.all`,
          method: 'GET',
          path: `${feed}/quick/All`,
          answer: (call) => json(this.#objects(call).map((object) => this.#quickObject(call, object))),
          produces: 'json',
        },
      );
    }
    return routes;
  }

  /** Throws a `Refusal` (404) when the parent is unknown. */
  #objects(call: Call): readonly T[] {
    const { parent } = this.#address;
    const id = parent === undefined ? '' : (call.parameters['id'] ?? '');
    const objects = this.#address.list(call.console, id);
    if (objects === undefined) throw notFound(`There is no ${parent} ${id}.`);
    return objects;
  }

  #object(call: Call): T {
    const id = call.parameters[this.#address.parent === undefined ? 'id' : 'child'] ?? '';
    const wanted = id.toLowerCase();
    const found = this.#objects(call).find(
      (object) => this.#kind.identity(object).id.toLowerCase() === wanted,
    );
    if (found === undefined) throw notFound(`There is no ${this.#kind.type.name} ${id}.`);
    return found;
  }

  #list(call: Call): Answer {
    return this.#feed(call, this.#objects(call));
  }

  /** A type without instances is answered 204 (protocol reference 2.2). */
  #feed(call: Call, objects: readonly T[]): Answer {
    if (objects.length === 0) return noContent;
    const base = `/rest/api/uom/${this.#address.parent === undefined ? '' : `${this.#address.parent}/${call.parameters['id']}/`}${this.#kind.type.name}`;
    const entries = objects.map((object) => this.#entry(call, object, base));
    const etag = etagOf(entries.map((entry) => entry.etag ?? '').join(' '));
    if (call.headers['if-none-match'] === etag) return { status: 304, headers: { ETag: etag } };
    const self = `${call.console.url}${call.path}${echoedQuery(call.query)}`;
    const body = renderFeed({ id: nameUuid(call.path), self, updated: Date.now(), entries });
    return atom(200, body, { ETag: etag });
  }

  #read(call: Call): Answer {
    return this.#single(call, this.#object(call));
  }

  #single(call: Call, object: T): Answer {
    const entry = this.#entry(call, object, feedPath(call, this.#kind.identity(object).id));
    const headers = { ETag: entry.etag ?? '' };
    if (call.method === 'GET' && call.headers['if-none-match'] === entry.etag)
      return { status: 304, headers };
    const console = hrefOf(call.console, `ManagementConsole/${call.console.uuid}`);
    return atom(200, renderEntry({ ...entry, console }), headers);
  }

  #entry(call: Call, object: T, base: string): EntryParts {
    const { id } = this.#kind.identity(object);
    const rendered = this.#documents.render(call.world, call.console, object, groupsOf(call.query));
    return {
      id,
      title: this.#kind.type.name,
      service: 'uom',
      self: `${call.console.url}${base}/${id}${echoedQuery(call.query)}`,
      etag: rendered.etag,
      published: Date.now(),
      content: textOfRendered(rendered),
    };
  }

  async #create(call: Call): Promise<Answer> {
    const parent = this.#address.parent === undefined ? '' : (call.parameters['id'] ?? '');
    this.#objects(call);
    const posted = await this.#posted(call);
    const { create } = this.#kind;
    if (create === undefined) throw new Refusal(405, `A ${this.#kind.type.name} cannot be created.`);
    return this.#single(call, await withPosted(() => create(call, posted, parent)));
  }

  async #update(call: Call): Promise<Answer> {
    const groups = groupsOf(call.query);
    const posted = await this.#posted(call);
    const object = this.#object(call);
    this.#requireMatch(call, object);
    await withPosted(() => this.#kind.update?.(call, object, posted, groups));
    // Looked up again: some objects are views that are made anew whenever they are read.
    return this.#single(call, this.#object(call));
  }

  async #delete(call: Call): Promise<Answer> {
    this.#requireMaster(call);
    const object = this.#object(call);
    this.#requireMatch(call, object);
    await this.#kind.remove?.(call, object);
    return noContent;
  }

  /** Protocol reference 9.2. A console of several systems may write as long as it is master of one. */
  #requireMaster(call: Call): void {
    const { kind, systems } = call.console;
    if (systems.some((system) => system.coManagement.master.holder === kind)) return;
    throw conflict(`This console is not the master of ${systems.map((system) => system.name).join(', ')}.`);
  }

  async #posted(call: Call): Promise<LensOf<F>> {
    this.#requireMaster(call);
    const type = String(call.headers['content-type'] ?? '');
    if (/type=/.test(type) && !new RegExp(`type=${this.#kind.type.name}\\b`).test(type)) {
      throw new Refusal(415, `Content-Type ${type} does not name ${this.#kind.type.name}.`);
    }
    return readPosted(this.#kind.type, await call.text());
  }

  /** Without If-Match everything matches (protocol reference 7.1). */
  #requireMatch(call: Call, object: T): void {
    const wanted = call.headers['if-match'];
    if (wanted === undefined || wanted === '*') return;
    const { etag } = this.#documents.render(call.world, call.console, object, groupsOf(call.query));
    if (wanted !== etag) {
      throw new Refusal(
        412,
        `The ETag ${wanted} of the request does not match the current ETag ${etag} of ${this.#kind.type.name} ${this.#kind.identity(object).id}.`,
      );
    }
  }

  #search(call: Call): Answer {
    const { property, negated, value } = parseCondition(call.parameters['condition'] ?? '');
    const read = this.#kind.search?.[property];
    if (read === undefined) throw invalid(`${this.#kind.type.name} cannot be searched by ${property}.`);
    return this.#feed(
      call,
      this.#objects(call).filter((object) => (read(object) === value) !== negated),
    );
  }

  #quick(call: Call): Answer {
    const object = this.#object(call);
    const property = call.parameters['property'];
    if (property === undefined || property === 'All') return json(this.#quickObject(call, object));
    const read = this.#kind.quick?.[property];
    if (read === undefined) throw notFound(`${this.#kind.type.name} has no quick property ${property}.`);
    return json(read(object, viewContext(call.world, call.console, groupsOf(call.query))) ?? null);
  }

  #quickObject(call: Call, object: T): Record<string, unknown> {
    const context = viewContext(call.world, call.console, groupsOf(call.query));
    const properties = Object.entries(this.#kind.quick ?? {}).map(([name, read]) => [
      name,
      read(object, context),
    ]);
    return { UUID: this.#kind.identity(object).id, ...Object.fromEntries(properties) };
  }
}

/** The path of the feed that the object's SELF link continues: what was asked for, without the object's id. */
function feedPath(call: Call, id: string): string {
  return call.path.toLowerCase().endsWith(`/${id.toLowerCase()}`)
    ? call.path.slice(0, -(id.length + 1))
    : call.path;
}

import { PowerVMError } from '../errors/error.js';
import type { Service } from '../schema/index.js';
import { type Groups, groupQuery } from './groups.js';

/** Every path begins with this (protocol reference 1.1). */
export const basePath = '/rest/api';

/** A type as far as its address is concerned. */
export interface Addressed {
  /** The wire name, such as `LogicalPartition`. */
  readonly name: string;
  readonly service: Service;
  /** False for types that are addressed below another object only. */
  readonly root?: boolean;
  /** What they are addressed below. */
  readonly parents?: readonly string[];
}

/** The object that a CHILD type is addressed under (protocol reference 2.9). */
export interface ParentAddress {
  readonly type: Addressed;
  readonly id: string;
}

/** Types whose path does not show their name (protocol reference 3.24). */
const wireNames: Readonly<Record<string, string>> = { ManagedSystemPcmPreference: 'preferences' };

/** `/rest/api/uom[/ManagedSystem/…]/VirtualSwitch` */
export function typePath(type: Addressed, parent?: ParentAddress): string {
  if (type.root === false && !parent)
    throw new PowerVMError(
      'PVM_INVALID_ARGUMENT',
      `${type.name} is addressed below ${type.parents?.join(' or ')}: give the object as 'parent'`,
    );
  const scope = parent ? `/${segment(parent.type.name)}/${segment(parent.id)}` : '';
  return `${basePath}/${type.service}${scope}/${segment(wireNames[type.name] ?? type.name)}`;
}

export function instancePath(type: Addressed, id: string, parent?: ParentAddress): string {
  return `${typePath(type, parent)}/${segment(id)}`;
}

/** Adds `?group=…`; see `groupQuery`. */
export function withGroups(path: string, groups: Groups | undefined): string {
  const query = groupQuery(groups);
  return query ? `${path}?${query}` : path;
}

/** A type that consoles can search. */
export interface Searchable extends Addressed {
  /** The properties they can search by. */
  readonly search: readonly string[];
}

/** `search/(PartitionName=='…')`: one condition, the value fully percent-encoded (protocol reference 2.11). */
export function searchPath(type: Searchable, property: string, value: string | number): string {
  if (!type.search.includes(property))
    throw new PowerVMError(
      'PVM_INVALID_ARGUMENT',
      `Consoles cannot search ${type.name} by ${property}: list them and filter`,
    );
  return `${typePath(type)}/search/(${segment(property)}=='${encodeAll(String(value))}')`;
}

/** `…/quick/PartitionID`: one property as JSON (protocol reference 2.11). */
export function quickPath(type: Addressed, id: string, property: string): string {
  return `${instancePath(type, id)}/quick/${segment(property)}`;
}

/** `…/do/PowerOn` of an object or, without id, of a type; all jobs are served under uom (protocol reference 4.1). */
export function jobPath(type: string, id: string | undefined, operation: string): string {
  const target = { name: type, service: 'uom' } as const;
  const object = id === undefined ? typePath(target) : instancePath(target, id);
  return `${object}/do/${segment(operation)}`;
}

/** The path of a read that the caller has put together, or has found as a link. */
export function anyPath(pathOrHref: string): string {
  const path = pathOfHref(pathOrHref);
  if (path.startsWith(`${basePath}/`) && /^[\x21-\x7e]+$/.test(path)) return path;
  throw new PowerVMError('PVM_INVALID_ARGUMENT', `'${path}' is no path of the REST API`);
}

/** A link's path and query: its scheme and authority mean nothing (protocol reference 1.1). */
export function pathOfHref(href: string): string {
  const withoutAuthority = href.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
  return withoutAuthority.startsWith('/') ? withoutAuthority : `${basePath}/uom/${withoutAuthority}`;
}

export function withoutQuery(path: string): string {
  return path.split('?', 1)[0] ?? path;
}

/** The path of an update that overrides the console's objections (protocol reference 1.9). */
export function forced(path: string): string {
  return path.includes('?') ? `${path}&force=true` : `${path}?group=None&force=true`;
}

/** The path of an update that returns the virtual serial number; it goes with no group but None (protocol reference 1.9). */
export function releasingSerialNumber(path: string): string {
  const [object = path, query] = path.split('?', 2);
  if (query !== undefined && query !== 'group=None')
    throw new PowerVMError(
      'PVM_INVALID_ARGUMENT',
      `resetAutoAssign does not go with the attribute groups of ${path}`,
    );
  return `${object}?resetAutoAssign=true`;
}

/** Ids and names come from callers and from documents; none may reach another path than the one meant. */
function segment(text: string): string {
  if (!/^[A-Za-z0-9_.~-]+$/.test(text) || text === '.' || text === '..')
    throw new PowerVMError('PVM_INVALID_ARGUMENT', `'${text}' cannot be part of a REST path`);
  return text;
}

/** encodeURIComponent leaves `!'()*` alone; here nothing may be left. */
function encodeAll(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*~.-]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

import { readDocument, type XmlElement, XmlError } from '@openstack-powervm/atom';
import { type ElementType, type Fields, type LensOf, WrongTypeError } from '@openstack-powervm/rest';
import { invalid } from '../world/refusal.js';
import { checkChildren } from './check-children.js';

/** Reads a posted object: well-formed, of the right type, its elements known and in order. Throws a `Refusal` (400). */
export function readPosted<F extends Fields>(type: ElementType<F>, text: string): LensOf<F> {
  const root = parseBody(text);
  if (root.local !== type.name || root.namespace !== type.namespace) {
    throw invalid(`The request body must be a ${type.name}, not {${root.namespace}}${root.local}.`);
  }
  checkChildren(type, root, type.name);
  return type.lens(root);
}

export function parseBody(text: string): XmlElement {
  if (text.trim() === '') throw invalid('The request has no body.');
  try {
    return readDocument(text);
  } catch (error) {
    if (error instanceof XmlError) throw invalid(`The request body is not well-formed: ${error.message}`);
    throw error;
  }
}

/** The value, or a `Refusal` that names the missing element. */
export function required<T>(value: T | undefined, element: string): T {
  if (value === undefined) throw invalid(`The mandatory element ${element} is missing.`);
  return value;
}

/** Runs a command; values of the wrong type in the posted document become a `Refusal`. */
export async function withPosted<T>(command: () => T | Promise<T>): Promise<T> {
  try {
    return await command();
  } catch (error) {
    if (error instanceof WrongTypeError) throw invalid(`The request body cannot be read: ${error.message}`);
    throw error;
  }
}

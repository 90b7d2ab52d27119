import { type ElementFacts, ElementType, type ResourceFacts, ResourceType } from './element-type.js';
import type { Fields } from './field.js';

/** Declares a complex element that has no URL of its own. */
export function element<F extends Fields>(name: string, facts: ElementFacts, fields: F): ElementType<F> {
  return new ElementType(name, facts, fields);
}

/** Declares an object that has a URL. */
export function resource<F extends Fields>(name: string, facts: ResourceFacts, fields: F): ResourceType<F> {
  return new ResourceType(name, facts, fields);
}

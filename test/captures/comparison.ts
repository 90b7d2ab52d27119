import type { XmlElement } from '@openstack-powervm/atom';
import { elementOf, isLens, LensList } from '@openstack-powervm/rest';
import { mappings } from './mapping/index.js';
import { metricsMappings } from './mapping/metrics.js';
import type { Around } from './mapping/table.js';

/** Compares values that another client read with ours, through the mapping table, and keeps account. */
export class Comparison {
  compared = 0;
  readonly differences: string[] = [];
  /** Every (class, property) pair met. */
  readonly pairs = new Set<string>();
  /** Pairs that are not compared, with the reason. */
  readonly unmapped = new Map<string, string>();

  /** Share of the distinct pairs that are compared. */
  get coverage(): number {
    return this.pairs.size === 0 ? 1 : 1 - this.unmapped.size / this.pairs.size;
  }

  get summary(): string {
    return `compared ${this.compared} values, ${this.differences.length} differ, ${this.unmapped.size} unmapped`;
  }

  /** Compares the properties of an object of the other client with those of our element. */
  object(path: string, expected: unknown, element: XmlElement, around: Around): void {
    const { __class__: name, properties } = record(expected);
    const mapping = mappings[String(name)];
    for (const [property, value] of Object.entries(record(properties))) {
      const pair = `${name}.${property}`;
      this.pairs.add(pair);
      const reason = mapping ? mapping.excluded[property] : 'the class is not known';
      if (!mapping || reason !== undefined || !mapping.names.has(property)) {
        this.unmapped.set(pair, reason ?? 'the property is not known');
        continue;
      }
      try {
        this.value(`${path}.${property}`, value, mapping.read(element, property, around), element);
      } catch (error) {
        this.#differ(`${path}.${property}`, value, error);
      }
    }
  }

  /** Compares metrics: plain objects on both sides. */
  metrics(path: string, expected: unknown, ours: object): void {
    const { __class__: name, ...properties } = record(expected);
    for (const [property, value] of Object.entries(properties)) {
      const pair = `${name}.${property}`;
      this.pairs.add(pair);
      const reading = metricsMappings[String(name)]?.read(ours, property);
      if (!reading) this.unmapped.set(pair, 'the property is not known');
      else this.#metricsValue(`${path}.${property}`, value, reading.value, ours);
    }
  }

  #metricsValue(path: string, expected: unknown, ours: unknown, owner: object): void {
    if (Array.isArray(expected) && Array.isArray(ours) && expected.length === ours.length) {
      expected.forEach((each, index) => {
        this.#metricsValue(`${path}[${index}]`, each, ours[index], owner);
      });
    } else if (record(expected)['__class__'] === undefined) this.value(path, expected, ours);
    else if (typeof ours === 'object' && ours !== null) this.metrics(path, expected, ours);
    // The other client makes up figures for a partition that could not be asked (protocol reference 8.17).
    else if (!('errorInfo' in owner)) this.#differ(path, expected, ours);
  }

  /** Compares one value: a scalar, an object, a list, or one of the marks of the encoding. */
  value(path: string, expected: unknown, ours: unknown, parent?: XmlElement): void {
    if (Array.isArray(expected)) this.#list(path, expected, ours, parent);
    else if (typeof expected === 'object' && expected !== null)
      this.#structure(path, record(expected), ours, parent);
    else this.#scalar(path, expected, ours);
  }

  #list(path: string, expected: readonly unknown[], ours: unknown, parent: XmlElement | undefined): void {
    const list = ours instanceof LensList ? ours.toArray() : (ours ?? []);
    if (!Array.isArray(list) || list.length !== expected.length) {
      this.#differ(path, `${expected.length} items`, Array.isArray(list) ? `${list.length} items` : list);
      return;
    }
    if (expected.length === 0) this.compared += 1;
    expected.forEach((each, index) => {
      this.value(`${path}[${index}]`, each, list[index], parent);
    });
  }

  #structure(
    path: string,
    expected: Record<string, unknown>,
    ours: unknown,
    parent: XmlElement | undefined,
  ): void {
    if ('__absent__' in expected || '__error__' in expected) {
      // The other client has nothing to show here, and neither have we.
      this.#scalar(path, null, ours);
    } else if ('__cycle__' in expected) this.#scalar(path, true, isLens(ours));
    else if ('__element__' in expected)
      this.#scalar(path, expected['__element__'], isLens(ours) && elementOf(ours).local);
    else if (!('__class__' in expected)) {
      const plain = record(ours);
      for (const [key, value] of Object.entries(expected))
        this.value(`${path}.${key}`, value, plain[key], parent);
    } else if (isLens(ours)) this.object(path, expected, elementOf(ours), parent ? { parent } : {});
    else this.#differ(path, expected['__class__'], ours);
  }

  #scalar(path: string, expected: unknown, ours: unknown): void {
    this.compared += 1;
    if (same(expected, ours ?? null)) return;
    this.compared -= 1;
    this.#differ(path, expected, ours);
  }

  #differ(path: string, expected: unknown, ours: unknown): void {
    this.compared += 1;
    const shown = ours instanceof Error ? ours.message : (JSON.stringify(ours) ?? 'nothing');
    this.differences.push(`${path}: ${JSON.stringify(expected)} there, ${shown.slice(0, 200)} here`);
  }
}

/**
 * Equal, but for what floating point adds. The other client does not tell empty from absent, and trims other
 * white space than we do.
 */
function same(expected: unknown, ours: unknown): boolean {
  if (typeof expected === 'number' && typeof ours === 'number') return Math.abs(expected - ours) < 1e-9;
  if (expected === null) return ours === null || ours === '' || isEmpty(ours);
  return (
    expected === ours ||
    (typeof expected === 'string' && typeof ours === 'string' && expected.trim() === ours.trim())
  );
}

function isEmpty(value: unknown): boolean {
  return value instanceof LensList ? value.length === 0 : Array.isArray(value) && value.length === 0;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

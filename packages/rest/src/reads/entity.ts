import type { Fields, LensOf, ResourceType } from '../schema/index.js';
import type { Representation } from './representation.js';

/** An object of a declaration, as it was at one moment: `Entity<typeof LogicalPartition>`. */
export type Entity<T> = T extends ResourceType<infer F> ? EntityOf<F> : never;

/** An object as it was at one moment, with what is needed to read it again or to change it. */
export interface EntityOf<F extends Fields> {
  readonly type: ResourceType<F>;
  /** The UUID, in the case the console writes it. */
  readonly id: string;
  /** The version of this representation; a few old or web objects have none, their writes are unconditional. */
  readonly etag: string | undefined;
  /** Path and query of the SELF link: updates go there, so they concern the groups that were read. */
  readonly path: string;
  /** The live view on the document; it belongs to this entity alone. */
  readonly value: LensOf<F>;
}

export function entityOf<F extends Fields>(
  type: ResourceType<F>,
  { id, etag, path, document }: Representation,
): EntityOf<F> {
  return { type, id, etag, path, value: type.lens(document) };
}

/** An entity whose document is made when somebody looks at it. */
export function lazyEntity<F extends Fields>(
  type: ResourceType<F>,
  { id, etag, path }: Omit<Representation, 'document'>,
  parse: () => Representation,
): EntityOf<F> {
  let value: LensOf<F> | undefined;
  return {
    ...{ type, id, etag, path },
    get value(): LensOf<F> {
      value ??= type.lens(parse().document);
      return value;
    },
  };
}

import { isDeepStrictEqual } from 'node:util';
import {
  BlockDevices,
  Flavor,
  Image,
  ImageAccess,
  Instance,
  RequestContext,
  Vif,
  VolumeMapping,
} from '@openstack-powervm/compute';
import { z } from 'zod';
import { InventoryRecord, Migration, Updates, VifMigration } from '../contract/index.js';

/** Shapes that the description names once and refers to. */
const named = z.registry<{ id: string }>();
const shapes = {
  RequestContext,
  Instance,
  Flavor,
  Image,
  ImageAccess,
  Vif,
  VifMigration,
  BlockDevices,
  VolumeMapping,
  Migration,
  Updates,
  InventoryRecord,
};
for (const [id, shape] of Object.entries(shapes)) named.add(shape, { id });

const Schema = z.looseObject({ $defs: z.record(z.string(), z.unknown()).optional() });

/** JSON schemas (2020-12) of one document, with the named shapes under its `$defs`. */
export class Schemas {
  readonly definitions: Record<string, unknown> = {};

  /** What a caller may send: fields with defaults may be left out. */
  input(schema: z.ZodType): object {
    return this.#hoist(z.toJSONSchema(schema, { io: 'input', metadata: named }));
  }

  /** What a caller gets: defaults are filled in. */
  output(schema: z.ZodType): object {
    return this.#hoist(z.toJSONSchema(schema, { io: 'output', metadata: named }));
  }

  /** `#/$defs/X` points to the root of the whole document, so that is where the definitions go. */
  #hoist(generated: object): object {
    const { $defs = {}, $schema: _dialect, ...schema } = Schema.parse(generated);
    for (const [id, definition] of Object.entries($defs)) {
      const known = this.definitions[id];
      if (known !== undefined && !isDeepStrictEqual(known, definition))
        throw new Error(`the shape ${id} is used both in requests and in answers, and differs between them`);
      this.definitions[id] = definition;
    }
    return schema;
  }
}

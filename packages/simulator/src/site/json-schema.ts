import { z } from 'zod';
import { siteSchema } from './site.js';

/** The JSON Schema of site files, as editors use it: what a file may write, defaults not filled in. */
export function siteJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(siteSchema, { io: 'input', target: 'draft-7' });
  return { $schema, title: 'Site of the PowerVM simulator', ...schema };
}

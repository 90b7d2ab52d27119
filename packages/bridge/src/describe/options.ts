import { PowerVMOptions } from '@openstack-powervm/compute';
import { z } from 'zod';

/** Options of `[powervm]` that the plug-in keeps for itself. */
export const ShimOptions = z.object({
  daemon_socket: z
    .string()
    .default('/run/openstack-powervm/compute.sock')
    .describe('Unix socket on which the compute daemon listens (powervm compute --socket).'),
});

/** One option as oslo.config needs it. */
export interface OptionDescription {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'float' | 'boolean';
  readonly default: string | number | boolean | null;
  readonly min?: number;
  readonly max?: number;
  /** Compared without regard to case. */
  readonly choices?: readonly string[];
  readonly secret?: true;
  readonly help: string;
}

/** The part of a JSON schema that says what an option is. */
const Property = z.object({
  type: z.enum(['string', 'integer', 'number', 'boolean']),
  default: z.union([z.string(), z.number(), z.boolean(), z.null()]),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  enum: z.array(z.string()).optional(),
  secret: z.literal(true).optional(),
  description: z.string(),
});
const Nullable = z.looseObject({ anyOf: z.array(z.looseObject({ type: z.string() })) });
const Properties = z.object({ properties: z.record(z.string(), z.unknown()) });

/** Describes every option of a declaration; one without a default or a description is a mistake and throws. */
export function describeOptions(declaration: z.ZodObject): readonly OptionDescription[] {
  const { properties } = Properties.parse(z.toJSONSchema(declaration));
  return Object.entries(properties).map(([name, property]) => describeOption(name, property));
}

/** All options of `[powervm]`, in the order of their declaration. */
export function describeAllOptions(): readonly OptionDescription[] {
  return [...describeOptions(ShimOptions), ...describeOptions(PowerVMOptions)];
}

function describeOption(name: string, schema: unknown): OptionDescription {
  const property = Property.parse(flatten(schema));
  return {
    name,
    type: property.type === 'number' ? 'float' : property.type,
    default: property.default,
    ...bound('min', property.minimum),
    ...bound('max', property.maximum),
    ...(property.enum === undefined ? {} : { choices: property.enum }),
    ...(property.secret === undefined ? {} : { secret: true }),
    help: property.description,
  };
}

/** An option that may be unset is `anyOf` its type and null. */
function flatten(schema: unknown): unknown {
  const nullable = Nullable.safeParse(schema);
  if (!nullable.success) return schema;
  const { anyOf, ...rest } = nullable.data;
  return { ...anyOf.find((alternative) => alternative.type !== 'null'), ...rest };
}

/** The generator writes the limits of a safe integer where no other limit is declared. */
function bound(key: 'min' | 'max', value: number | undefined): { min?: number; max?: number } {
  return value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? {} : { [key]: value };
}

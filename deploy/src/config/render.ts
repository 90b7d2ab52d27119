/** The value of one option; a list is written with commas, undefined is left out. */
export type ConfigValue = string | number | boolean | readonly (string | number)[] | undefined;

/** The options of one section. */
export type ConfigSection = Readonly<Record<string, ConfigValue>>;

/** A configuration file: sections by name. */
export type ConfigFile = Readonly<Record<string, ConfigSection>>;

function renderValue(value: NonNullable<ConfigValue>): string {
  const text = Array.isArray(value) ? value.join(',') : String(value);
  if (/[\r\n]/.test(text)) throw new Error('a configuration value may not hold a line break');
  // oslo.config substitutes $name; a dollar sign that is meant is doubled.
  return text.replaceAll('$', '$$$$');
}

/** Writes a configuration file in oslo.config's format. */
export function renderConfig(file: ConfigFile): string {
  const sections = Object.entries(file).map(([name, options]) => {
    const lines = Object.entries(options).flatMap(([option, value]) =>
      value === undefined ? [] : [`${option} = ${renderValue(value)}`],
    );
    return [`[${name}]`, ...lines, ''].join('\n');
  });
  return sections.join('\n');
}

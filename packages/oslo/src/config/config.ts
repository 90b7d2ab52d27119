import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OsloError, reasonOf } from '../errors.js';
import type { Option } from './option.js';
import { ConfigSyntaxError, normalizeGroup, parseConfig, type Sections } from './parse.js';
import { substitute } from './substitute.js';

interface ConfigFile {
  readonly path: string;
  readonly sections: Sections;
}

/**
 * Reads oslo.config files in order; of an option set twice the last one counts. `directory` adds its `*.conf`
 * files in name order, after the others, as `--config-dir` does.
 *
 * @throws OsloError OSLO_CONFIG_FILE with path and line
 */
export async function readConfig(files: readonly string[], directory?: string): Promise<OsloConfig> {
  const paths = [...files, ...(directory === undefined ? [] : await confFiles(directory))];
  const parsed: ConfigFile[] = [];
  for (const path of paths) parsed.push({ path, sections: await readSections(path) });
  return new OsloConfig(parsed);
}

/** The options of one program, as its configuration files set them. */
export class OsloConfig {
  readonly #files: readonly ConfigFile[];

  constructor(files: readonly ConfigFile[] = []) {
    this.#files = files;
  }

  /** The files that were read, in order. */
  get paths(): readonly string[] {
    return this.#files.map((file) => file.path);
  }

  /**
   * The text of an option after substitution of `$name`; undefined when no file sets it.
   *
   * @throws OsloError OSLO_CONFIG_VALUE when it refers to an option that is not set
   */
  get(group: string, name: string): string | undefined {
    const values = this.getAll(group, name);
    return values.at(-1);
  }

  /** Names of the options that the files set in a group, whether anybody reads them or not. */
  names(group: string): readonly string[] {
    const sections = this.#files.map((file) => file.sections.get(normalizeGroup(group)));
    return [...new Set(sections.flatMap((section) => [...(section?.keys() ?? [])]))];
  }

  /** Every value of a multi-valued option, in file order. */
  getAll(group: string, name: string): readonly string[] {
    return this.#resolve(group, name, []);
  }

  /**
   * The typed value of a declared option, or its default.
   *
   * @throws OsloError OSLO_CONFIG_VALUE naming file, option and what is wrong (CFG-1)
   */
  read<T>(option: Option<T>): T {
    for (const place of [option, ...(option.deprecated ?? [])]) {
      const text = this.get(place.group, place.name);
      if (text === undefined) continue;
      if (text.trim() === '' && typeof option.default === 'number') return option.default;
      return this.#parse(option, text, place);
    }
    return option.default;
  }

  #parse<T>(option: Option<T>, text: string, place: { group: string; name: string }): T {
    try {
      return option.type.parse(text);
    } catch (error) {
      const shown = option.secret ? 'the value' : `the value "${text}"`;
      throw this.#valueError(place.group, place.name, `${shown} ${reasonOf(error)}`);
    }
  }

  #resolve(group: string, name: string, trail: readonly string[]): readonly string[] {
    const key = `${normalizeGroup(group)}.${name}`;
    if (trail.includes(key)) throw this.#valueError(group, name, 'the value refers to itself');
    try {
      return this.#raw(group, name).map((text) =>
        substitute(text, (reference) => this.#reference(reference, group, [...trail, key])),
      );
    } catch (error) {
      if (error instanceof OsloError) throw error;
      throw this.#valueError(group, name, `the value ${reasonOf(error)}`);
    }
  }

  /** `a.b` is option b of group a; a bare name is looked up in the same group first, then in DEFAULT. */
  #reference(reference: string, group: string, trail: readonly string[]): string | undefined {
    const dot = reference.indexOf('.');
    const own =
      dot < 0
        ? this.#resolve(group, reference, trail)
        : this.#resolve(reference.slice(0, dot), reference.slice(dot + 1), trail);
    return own.at(-1) ?? this.#resolve('DEFAULT', reference, trail).at(-1);
  }

  #raw(group: string, name: string): string[] {
    return this.#files.flatMap((file) => file.sections.get(normalizeGroup(group))?.get(name) ?? []);
  }

  #valueError(group: string, name: string, problem: string): OsloError {
    const holder = this.#files.findLast((file) => file.sections.get(normalizeGroup(group))?.has(name));
    const where = holder === undefined ? '' : `${holder.path}: `;
    return new OsloError('OSLO_CONFIG_VALUE', `${where}option ${name} in [${group}]: ${problem}`);
  }
}

async function confFiles(directory: string): Promise<string[]> {
  try {
    const names = await readdir(directory);
    return names
      .filter((name) => name.endsWith('.conf') && !name.startsWith('.'))
      .sort()
      .map((name) => join(directory, name));
  } catch (error) {
    throw new OsloError('OSLO_CONFIG_FILE', `cannot read directory ${directory}: ${reasonOf(error)}`);
  }
}

async function readSections(path: string): Promise<Sections> {
  try {
    return parseConfig(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof ConfigSyntaxError)
      throw new OsloError('OSLO_CONFIG_FILE', `${path}:${error.line}: ${error.problem}`);
    throw new OsloError('OSLO_CONFIG_FILE', `cannot read ${path}: ${reasonOf(error)}`);
  }
}

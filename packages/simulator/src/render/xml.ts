/** Text between tags. */
export function escapeText(text: string): string {
  return /[&<>]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    : text;
}

/** Text between double quotes. */
export function escapeAttribute(text: string): string {
  return /[&<"]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
    : text;
}

/** What every complex element begins with (protocol reference 2.5). */
export const EMPTY_METADATA = '<Metadata><Atom/></Metadata>';

/** A simple child with its usage code (protocol reference 2.4). */
export function leaf(name: string, usage: string, value: string | number | boolean | undefined): string {
  const start = `<${name} kb="${usage}" kxe="false"`;
  if (value === undefined || value === '') return `${start}/>`;
  return `${start}>${escapeText(String(value))}</${name}>`;
}

/** A complex child. Without usage code it is a member of a collection. */
export function complex(
  name: string,
  usage: string | undefined,
  schemaVersion: string,
  content: string,
): string {
  const code = usage === undefined ? '' : ` kb="${usage}" kxe="false"`;
  return `<${name}${code} schemaVersion="${schemaVersion}">${EMPTY_METADATA}${content}</${name}>`;
}

const WEB = 'http://www.ibm.com/xmlns/systems/power/firmware/web/mc/2012_10/';
const PCM = 'http://www.ibm.com/xmlns/systems/power/firmware/pcm/mc/2012_10/';
const UOM = 'http://www.ibm.com/xmlns/systems/power/firmware/uom/mc/2012_10/';

export const namespaces = { web: WEB, uom: UOM, pcm: PCM } as const;

/**
 * The start tag of an object, in the form of every capture: its prefix is its own name, its children have none
 * (protocol reference 2.3).
 */
export function objectElement(
  name: string,
  service: keyof typeof namespaces,
  schemaVersion: string,
  content: string,
): string {
  const uri = namespaces[service];
  return (
    `<${name}:${name} xmlns:${name}="${uri}" xmlns="${uri}" ` +
    `xmlns:ns2="http://www.w3.org/XML/1998/namespace/k2" schemaVersion="${schemaVersion}">${content}</${name}:${name}>`
  );
}

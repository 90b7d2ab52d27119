/** What stands in place of a secret. */
export const scrubbed = '*******';

const secretHeaders = new Set(['x-api-session', 'cookie', 'set-cookie', 'authorization']);

/** Elements whose text is a secret: of the logon, and of volumes whose encryption key passes through. */
const secretElements = ['Password', 'X-API-Session', 'EncryptionKey'];

/** Job parameters with a name like this hold secrets (iSCSI's `password`, `discoveryPassword`). */
const secretParameter = /pass(word|wd)?$|secret|token/i;

export function scrubHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      secretHeaders.has(name.toLowerCase()) ? scrubbed : value,
    ]),
  );
}

/** Removes secrets from a document without parsing it, so that a malformed one is scrubbed as well. */
export function scrubBody(body: string): string {
  return scrubParameters(scrubHeaderMap(scrubElements(body)));
}

function scrubElements(body: string): string {
  const names = secretElements.join('|');
  return body.replace(
    new RegExp(`(<(?:[\\w.-]+:)?(?:${names})(?:\\s[^>]*)?>)(?!\\s*<(?!!\\[CDATA))[\\s\\S]*?(</)`, 'g'),
    `$1${scrubbed}$2`,
  );
}

/** A `ParameterValue` that follows a `ParameterName` which tells of a secret. */
function scrubParameters(body: string): string {
  return body.replace(
    /(<(?:[\w.-]+:)?ParameterName\b[^>]*>)([^<]*)(<\/[^>]*>\s*<(?:[\w.-]+:)?ParameterValue\b[^>]*>)([\s\S]*?)(<\/(?:[\w.-]+:)?ParameterValue>)/g,
    (whole: string, open: string, name: string, between: string, _value: string, close: string) =>
      secretParameter.test(name.trim()) ? `${open}${name}${between}${scrubbed}${close}` : whole,
  );
}

/** `RequestHeaders` of an error document repeats the request's headers as text (protocol reference 1.12). */
function scrubHeaderMap(body: string): string {
  return body.replace(/(X-API-Session=)[^,}<\s]*/gi, `$1${scrubbed}`);
}

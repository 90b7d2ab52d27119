const SECRET_NAME = /(token|password|passwd|secret|auth_key|chap_?key)$/i;

/** Shorter values are not worth hiding: replacing them would garble ordinary text. */
const SHORTEST_SECRET = 4;

/** The secret values inside the parameters of a request, found by the names of their fields. */
export function secretsIn(value: unknown): readonly string[] {
  const found: string[] = [];
  collect(value, found);
  return found;
}

/** `text` with every one of the secrets replaced. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}

function collect(value: unknown, found: string[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (typeof member !== 'string') collect(member, found);
    else if (member.length >= SHORTEST_SECRET && SECRET_NAME.test(name)) found.push(member);
  }
}

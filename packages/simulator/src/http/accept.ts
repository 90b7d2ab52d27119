import type { Route } from './route-table.js';

const types: Readonly<Record<NonNullable<Route['produces']>, readonly string[]>> = {
  atom: ['application/atom+xml', 'application/xml'],
  json: ['application/json'],
  web: ['application/vnd.ibm.powervm.web+xml', 'application/xml'],
  any: [],
};

/** Does the Accept header allow what the route answers? Parameters and weights are not looked at. */
export function accepts(header: string | undefined, produces: Route['produces'] = 'atom'): boolean {
  const answered = types[produces];
  if (header === undefined || header.trim() === '' || answered.length === 0) return true;
  return header.split(',').some((range) => {
    const wanted = range.split(';')[0]?.trim().toLowerCase() ?? '';
    if (wanted === '*/*' || answered.includes(wanted)) return true;
    return wanted.endsWith('/*') && answered.some((type) => type.startsWith(wanted.slice(0, -1)));
  });
}

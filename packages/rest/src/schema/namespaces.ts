/** The namespaces of objects; the trailing slash belongs to them (protocol reference 2.1). */
export const namespaces = {
  uom: 'http://www.ibm.com/xmlns/systems/power/firmware/uom/mc/2012_10/',
  web: 'http://www.ibm.com/xmlns/systems/power/firmware/web/mc/2012_10/',
  pcm: 'http://www.ibm.com/xmlns/systems/power/firmware/pcm/mc/2012_10/',
} as const;

/** The prefix of the namespace in documents that clients write, and the name of the service behind it. */
export type Service = keyof typeof namespaces;

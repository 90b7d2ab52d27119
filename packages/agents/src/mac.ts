/** `FA163E1B8ADD`, as the REST API writes it (ID-6). */
export function restMac(mac: string): string {
  return mac.replaceAll(/[^0-9a-f]/gi, '').toUpperCase();
}

/** `fa:16:3e:1b:8a:dd`, as Neutron writes it (ID-6). */
export function neutronMac(mac: string): string {
  return (restMac(mac).match(/../g) ?? []).join(':').toLowerCase();
}

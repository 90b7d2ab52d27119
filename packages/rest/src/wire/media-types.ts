import type { Service } from '../schema/index.js';

/** What a read accepts (protocol reference 1.8). */
export const acceptAtom = 'application/atom+xml';

/** What a create, update or job accepts. */
export const acceptWritten = 'application/atom+xml; charset=UTF-8';

/** The content type of an object in a request body. */
export function mediaType(service: Service, type: string): string {
  return `application/vnd.ibm.powervm.${service}+xml; type=${type}`;
}

/** The content type of an update; preferences under `pcm` are the exception (protocol reference 1.8). */
export function updateMediaType(service: Service, type: string): string {
  return service === 'pcm' ? 'application/xml' : mediaType(service, type);
}

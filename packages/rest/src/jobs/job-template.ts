import { cdata, child, element, type XmlElement, type XmlNode } from '@openstack-powervm/atom';
import { PowerVMError } from '../errors/error.js';
import { JobRequest } from '../resources/index.js';
import { namespaces } from '../schema/index.js';

/** A filled job template and where it has to be sent (protocol reference 4.1). */
export interface FilledRequest {
  readonly document: XmlElement;
  /** The type the job belongs to and its name, as the template says: the address is made of these. */
  readonly group: string;
  readonly operation: string;
}

/** Appends the parameters to a template, in the given order. */
export function fillTemplate(
  template: XmlElement,
  parameters: Readonly<Record<string, string>>,
): FilledRequest {
  const { operationName, groupName } = JobRequest.lens(template).requestedOperation ?? {};
  const list = child(template, 'JobParameters');
  if (!operationName || !groupName || !list)
    throw new PowerVMError('PVM_BAD_RESPONSE', `The job template <${template.local}> is incomplete`);
  for (const [name, value] of Object.entries(parameters)) list.children.push(parameter(name, value));
  return { document: template, group: groupName.trim(), operation: operationName.trim() };
}

/** Built by hand, because consoles have only ever seen it without Metadata (protocol reference 4.1). */
function parameter(name: string, value: string): XmlElement {
  const field = (local: string, content: XmlNode | string) =>
    element(`JobRequest:${local}`, namespaces.web, {}, [content]);
  return element('JobRequest:JobParameter', namespaces.web, { schemaVersion: 'V1_0' }, [
    field('ParameterName', name),
    field('ParameterValue', looksLikeXml(value) ? cdata(value) : value),
  ]);
}

/** Arguments that are XML themselves travel in CDATA (protocol reference 4.1), unless they contain its end. */
function looksLikeXml(value: string): boolean {
  return value.trimStart().startsWith('<') && !value.includes(']]>');
}

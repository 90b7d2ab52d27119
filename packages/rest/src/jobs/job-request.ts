import { cdata, child, element, textOf, type XmlElement } from '@openstack-powervm/atom';
import { PowerVMError } from '../errors/error.js';
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
  const operation = child(template, 'RequestedOperation');
  const list = child(template, 'JobParameters');
  const name = operation && child(operation, 'OperationName');
  const group = operation && child(operation, 'GroupName');
  if (!list || !name || !group)
    throw new PowerVMError('PVM_BAD_RESPONSE', `The job template <${template.local}> is incomplete`);
  for (const [key, value] of Object.entries(parameters)) list.children.push(parameter(key, value));
  return { document: template, group: textOf(group).trim(), operation: textOf(name).trim() };
}

function parameter(name: string, value: string): XmlElement {
  const web = (local: string, ...children: Parameters<typeof element>[3] & object) =>
    element(`JobRequest:${local}`, namespaces.web, {}, children);
  return element('JobRequest:JobParameter', namespaces.web, { schemaVersion: 'V1_0' }, [
    web('ParameterName', name),
    web('ParameterValue', looksLikeXml(value) ? cdata(value) : value),
  ]);
}

/** Arguments that are XML themselves travel in CDATA (protocol reference 4.1). */
function looksLikeXml(value: string): boolean {
  return value.trimStart().startsWith('<') && !value.includes(']]>');
}

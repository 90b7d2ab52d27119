import { join } from 'node:path';
import { describeContract } from './contract.js';

const repository = join(import.meta.dirname, '..', '..', '..', '..');

/** Every generated file of this package with its content. The Python package carries its own copy. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const text = `${JSON.stringify(describeContract(), null, 1)}\n`;
  return new Map([
    [join(repository, 'packages', 'bridge', 'generated', 'contract.json'), text],
    [join(repository, 'python', 'src', 'openstack_powervm', 'contract.json'), text],
  ]);
}

import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Scene } from './support/scene.js';

/** The fault that Nova shows for a server, if any. */
async function faultOf(scene: Scene, name: string): Promise<string> {
  const fault = await scene.serverField(name, 'fault');
  assert.ok(typeof fault === 'object' && fault !== null && 'message' in fault, 'the server has a fault');
  return String(fault.message);
}

/** One sentence for a person: no stack of calls, no line breaks. */
function assertOneSentence(text: string): void {
  assert.doesNotMatch(text, /Traceback|\n/);
  assert.ok(text.length < 400, text);
}

async function unknownFlavorKey(scene: Scene): Promise<void> {
  const flavor = 'with-unknown-key';
  const size = ['--ram', '512', '--disk', '1', '--vcpus', '1'];
  await scene.client.run('flavor', 'create', ...size, '--property', 'powervm:no_such_key=1', flavor);
  try {
    const { code } = await scene.boot(flavor, flavor);
    assert.notEqual(code, 0);
    const fault = await faultOf(scene, flavor);
    assert.match(fault, /powervm:no_such_key/);
    assertOneSentence(fault);
    await scene.remove(flavor);
  } finally {
    await scene.client.run('flavor', 'delete', flavor);
  }
}

/** What an operator or user can get wrong ends in one clear sentence and leaves nothing behind. */
export async function badInput(t: TestContext, scene: Scene): Promise<void> {
  await t.test('a flavor with an unknown powervm: key is refused by its name', () =>
    scene.leavingNothing(() => unknownFlavorKey(scene)),
  );
}

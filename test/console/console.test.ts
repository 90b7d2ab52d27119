import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { Scene } from '../openstack/support/scene.js';
import { acquireStack, reasonToSkip } from '../openstack/support/stack.js';
import { Browser, reasonWithoutBrowser } from './browser.js';
import { TerminalPage } from './terminal-page.js';

const skip = (await reasonToSkip()) ?? reasonWithoutBrowser() ?? false;

/** Where the picture of the console goes, if anybody wants it. */
const screenshotFile = process.env['POWERVM_SCREENSHOT'];

async function consoleUrl(scene: Scene, server: string): Promise<string> {
  return String((await scene.client.show('console', 'url', 'show', server))['url']);
}

async function consoleOf(scene: Scene, browser: Browser, server: string): Promise<TerminalPage> {
  return new TerminalPage(await browser.open(await consoleUrl(scene, server)));
}

test('C01 stock nova-novncproxy and noVNC show the console of a partition', { skip }, async (t) => {
  const stack = await acquireStack((line) => t.diagnostic(line));
  const scene = new Scene(stack.deployment);
  try {
    await using browser = await Browser.start();
    await Promise.all([scene.boot('console-a'), scene.boot('console-b')]);

    await t.test('firmware text on the canvas, typing and its echo', async () => {
      const terminal = await consoleOf(scene, browser, 'console-a');
      const name = String(await scene.serverField('console-a', 'OS-EXT-SRV-ATTR:instance_name'));
      await terminal.see('PowerVM simulated firmware');
      await terminal.see('8 = Open Firmware Prompt');
      await terminal.see('login:');
      await terminal.page.click(200, 200);
      await terminal.page.type('hello partition 5\n');
      const rows = await terminal.see('login: hello partition 5');
      assert.ok(
        rows.some((row) => row.startsWith('Partition ')),
        `${name}: ${rows.join('\n')}`,
      );
      assert.match(await terminal.status(), /^Connected to /);
      if (screenshotFile !== undefined) await writeFile(screenshotFile, await terminal.page.screenshot());
    });

    await t.test('two viewers of one console see the same, another console sees nothing of it', async () => {
      const [first, second, other] = [
        await consoleOf(scene, browser, 'console-a'),
        await consoleOf(scene, browser, 'console-a'),
        await consoleOf(scene, browser, 'console-b'),
      ];
      await second.see('hello partition 5');
      await other.see('login:');
      await first.see('login:');
      await first.page.click(200, 200);
      await first.page.type('both see this\n');
      await second.see('both see this');
      assert.ok(!(await other.rows()).some((row) => row.includes('both see this')));
    });

    await t.test('CON-6 a console ends with its partition', async () => {
      const terminal = await consoleOf(scene, browser, 'console-b');
      await terminal.see('login:');
      await scene.remove('console-b');
      await terminal.page.until(
        'the end of the connection',
        () => terminal.status(),
        (status) => /Disconnected|connection is closed/.test(status),
      );
    });
  } finally {
    for (const server of ['console-a', 'console-b'])
      await scene.client.try('server', 'delete', '--wait', server);
    await stack.release();
  }
});

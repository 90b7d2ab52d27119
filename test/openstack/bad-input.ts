import type { TestContext } from 'node:test';
import { forgetMisconfigured, misconfigured } from './bad-configuration.js';
import { badFlavorKey, imageTooLarge, refusedFlavorKey } from './bad-flavor.js';
import type { Scene } from './support/scene.js';

/** Mistakes in flavors, and what names them. */
const flavorKeys: readonly [what: string, property: string, expected: RegExp][] = [
  ['an unknown powervm: key', 'powervm:no_such_key=1', /powervm:no_such_key/],
  ['a bad value', 'powervm:proc_units=many', /many/],
];

/** Mistakes in nova.conf: options of `[powervm]`, and the sentence that names them. */
const configurations: readonly [what: string, options: string, expected: RegExp][] = [
  ['an unknown option value', 'disk_driver = floppy', /disk_driver.*floppy/],
  ['wrong credentials', 'rest_password = wrong', /Logon of user pvmadmin failed|rest_username|rest_password/],
  [
    'a REST server that cannot be reached',
    'rest_endpoint = http://127.0.0.1:9',
    /REST server http:\/\/127\.0\.0\.1:9 failed/,
  ],
  ['a missing volume group', 'disk_driver = localdisk\nvolume_group_name = nowherevg', /nowherevg/],
];

/** What an operator or user can get wrong ends in one clear sentence and leaves nothing behind. */
export async function badInput(t: TestContext, scene: Scene): Promise<void> {
  for (const [what, property, expected] of flavorKeys) {
    await t.test(`a flavor with ${what} is refused by Nova's API`, () =>
      refusedFlavorKey(scene, property, expected),
    );
    await t.test(`a server of a flavor with ${what} has a fault that names it`, () =>
      scene.leavingNothing(() => badFlavorKey(scene, property, expected)),
    );
  }
  await t.test("an image larger than the flavor's disk is refused at once", () =>
    scene.leavingNothing(() => imageTooLarge(scene)),
  );
  await scene.leavingNothing(async () => {
    for (const [what, options, expected] of configurations) {
      await t.test(`${what} is named in the log`, () => misconfigured(scene, options, expected));
    }
  });
  await forgetMisconfigured(scene);
}

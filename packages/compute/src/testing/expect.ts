import assert from 'node:assert/strict';
import { DriverError, type DriverErrorCode } from '../errors/index.js';

/** For assert.rejects and assert.throws: a driver error of this code whose sentence mentions all of these. */
export function driverError(code: DriverErrorCode, ...mentions: string[]): (thrown: unknown) => boolean {
  return (thrown) => {
    assert.ok(thrown instanceof DriverError, String(thrown));
    assert.equal(thrown.code, code, thrown.message);
    for (const text of mentions)
      assert.ok(thrown.message.includes(text), `"${thrown.message}" lacks "${text}"`);
    return true;
  };
}

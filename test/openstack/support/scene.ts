import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Deployment, demonstrationNetwork, imageName } from '@openstack-powervm/deploy';
import { OpenStackClient } from './client.js';
import { PowerSystem } from './power-system.js';

/** What every test works with. */
export class Scene {
  readonly deployment: Deployment;
  readonly client: OpenStackClient;
  readonly powerSystem: PowerSystem;

  constructor(deployment: Deployment) {
    this.deployment = deployment;
    this.client = new OpenStackClient(deployment);
    this.powerSystem = new PowerSystem(deployment);
  }

  /** Boots a server from the demonstration image and waits for its end of building, good or bad. */
  async boot(name: string, flavor = 'powervm.tiny') {
    return this.client.try(
      ...['server', 'create', '--image', imageName, '--flavor', flavor],
      ...['--network', demonstrationNetwork.name, '--wait', name],
    );
  }

  /** A field of a server. */
  async serverField(name: string, field: string): Promise<unknown> {
    return (await this.client.show('server', 'show', name))[field];
  }

  async portCount(): Promise<number> {
    return (await this.client.list('port', 'list')).length;
  }

  /** Deletes a server and waits until it is gone. */
  async remove(name: string): Promise<void> {
    await this.client.run('server', 'delete', '--wait', name);
  }

  /** Waits until something holds, for a minute. */
  async eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (!(await holds())) {
      assert.ok(Date.now() < deadline, `it did not come to this: ${what}`);
      await sleep(200);
    }
  }

  /** Does something, and sees that it leaves nothing behind on the Power system and in Neutron. */
  async leavingNothing(action: () => Promise<void>): Promise<void> {
    const [traces, ports] = [await this.powerSystem.traces(), await this.portCount()];
    await action();
    assert.deepEqual(await this.powerSystem.traces(), traces);
    assert.equal(await this.portCount(), ports);
  }
}

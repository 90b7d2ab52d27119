import { type Inventory, readInventory } from '@openstack-powervm/simulator';
import type { SpawnParams } from '../../contract/index.js';
import type { FlowHooks } from '../../flow/index.js';
import { FakeBridges } from '../bridges.js';
import { exampleInstance, exampleVif } from '../nova.js';
import { Rig, type RigOptions } from '../rig.js';
import type { FaultFlow } from './flow.js';
import { type State, stateOf } from './state.js';

/** Waits of the REST client and of the driver, made short; a request may take this many milliseconds. */
const quick = (limitMs: number) => ({
  clock: {
    now: () => performance.now(),
    sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 1)),
  },
  timing: {
    ...{ busyDelaysMs: [1, 1, 1], conflictDelayMs: () => 1, jobPollFirstMs: 5, closeMs: 500 },
    ...{ requestMs: limitMs, updateMs: limitMs },
  },
});

/** Long enough for a machine that is busy with other things. */
const defaultLimitMs = 60_000;

/** Its bytes do not matter here, so there are few. */
const imageBytes = 4096;
const imageId = '3c2d6d1c-6a3c-4d0a-9d53-0d1d2f0b7e55';

/** Where an operation begins: made once, then every trial gets a copy of it. */
export interface Beginning {
  readonly inventory: Inventory;
  /** Of Open vSwitch on NovaLink. */
  readonly ports: FakeBridges['ports'];
  readonly params: SpawnParams;
  /** What the system held before there was any server. */
  readonly empty: State;
}

/** What one trial has besides its flow. */
export interface Surroundings extends Pick<RigOptions, 'through'> {
  /** How long the REST client waits for an answer, milliseconds. */
  readonly limitMs?: number;
}

/** One run of a flow on a system of its own. The same server each time, so that states can be compared. */
export class Trial implements AsyncDisposable {
  /** Set to let a step fail. */
  hooks: FlowHooks = {};

  private constructor(
    readonly flow: FaultFlow,
    readonly rig: Rig,
    readonly bridges: FakeBridges,
    readonly params: SpawnParams,
  ) {}

  /** Makes the beginning of a flow. */
  static async arrange(flow: FaultFlow): Promise<Beginning> {
    const bridges = new FakeBridges();
    // The seed decides which VIOS comes first.
    const simulator = { seed: 1, ...flow.rig.simulator };
    await using rig = await Rig.open({
      ...quick(defaultLimitMs),
      ...flow.rig,
      simulator,
      commands: bridges,
      start: true,
    });
    const empty = await stateOf(rig, bridges, flow);
    const deployment = await paramsFor(rig, {
      instance: exampleInstance(),
      vifs: [exampleVif()],
      ...flow.deployment,
    });
    const params = (await flow.arrange?.(rig, deployment)) ?? deployment;
    return {
      inventory: readInventory(rig.simulator.record(), flow.title),
      ports: bridges.ports,
      params,
      empty,
    };
  }

  /** A driver that has just been started on a copy of the beginning. */
  static async open(
    flow: FaultFlow,
    { inventory, ports, params }: Beginning,
    { through, limitMs = defaultLimitMs }: Surroundings = {},
  ): Promise<Trial> {
    const holder: { trial?: Trial } = {};
    const hooks: FlowHooks = {
      beforeStep: (operation, step) => holder.trial?.hooks.beforeStep?.(operation, step),
      afterStep: (operation, step) => holder.trial?.hooks.afterStep?.(operation, step),
    };
    const bridges = new FakeBridges(undefined, ports);
    const simulator = { ...flow.rig.simulator, inventory };
    const rig = await Rig.open({
      ...quick(limitMs),
      ...flow.rig,
      ...(through ? { through } : {}),
      ...{ simulator, commands: bridges, hooks },
    });
    holder.trial = new Trial(flow, rig, bridges, await paramsFor(rig, params));
    return holder.trial;
  }

  /** Runs the operation. */
  act(): Promise<unknown> {
    return this.flow.act(this.rig, this.params);
  }

  state(): Promise<State> {
    return stateOf(this.rig, this.bridges, this.flow);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rig[Symbol.asyncDispose]();
  }
}

/** What Nova asks for, with image and config drive where this rig has them. */
function paramsFor(rig: Rig, parts: Partial<SpawnParams>): Promise<SpawnParams> {
  const image = rig.images.add(imageBytes, { id: imageId, name: 'campaign' });
  const { configDrivePath: _elsewhere, ...rest } = parts;
  return rig.deployment({ ...rest, image });
}

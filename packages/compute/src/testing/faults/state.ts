import type { Rig } from '../rig.js';

/**
 * What an operation can change on the system and on NovaLink. Cached images stay on purpose, and descriptors of files
 * are the REST client's own, see its tests.
 */
export async function stateOf(rig: Rig) {
  const { mappings, contents } = rig.inventory();
  const { clusters } = rig.simulator.inspect();
  return {
    partitions: rig.system.partitions
      .map(({ name, state, memoryMb, adapters, vnics }) => {
        const power = state === 'not activated' ? 'off' : 'on';
        return `${name} ${power} ${memoryMb} MB ${[...adapters, ...vnics].map(({ mac }) => mac).sort()}`;
      })
      .sort(),
    mappings,
    contents: contents.filter((content) => !content.includes(' i_')),
    units: clusters
      .flatMap(({ units }) => units.map(({ name }) => name))
      .filter((name) => !name.startsWith('image_'))
      .sort(),
    devices: await rig.devices(),
  };
}

export type State = Awaited<ReturnType<typeof stateOf>>;

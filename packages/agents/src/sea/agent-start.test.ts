import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AgentError } from '../errors.js';
import { FakeNeutron } from '../testing/fake-neutron.js';
import { MemoryLog, PowerSystem } from '../testing/power-system.js';
import { SEA_OPTIONS, type SeaStart, startSeaAgent, TWO_BRIDGES } from '../testing/sea-rig.js';
import { SeaAgent } from './agent.js';

describe('start of the SEA agent', () => {
  const wrong: readonly [string, SeaStart, RegExp][] = [
    [
      'SEAA-1 unknown adapter',
      { options: { bridgeMappings: 'default:ent6:vios1' } },
      /AGENT_DEVICE_NOT_FOUND.*default to ent6 on vios1.*there are ent5 on vios1, ent5 on vios2/,
    ],
    [
      'SEAA-3 B-18 unknown VIOS',
      { options: { bridgeMappings: 'default:ent5:nobody' } },
      /AGENT_DEVICE_NOT_FOUND.*default to ent5 on nobody/,
    ],
    [
      'SEAA-2 several bridges and no mapping',
      { system: TWO_BRIDGES, options: { bridgeMappings: '' } },
      /AGENT_CONFIG.*several network bridges.*bridge_mappings/,
    ],
    [
      'SEAA-2 no bridge',
      { system: { bridges: [] }, options: { bridgeMappings: '' } },
      /AGENT_SYSTEM.*no network bridge/,
    ],
    [
      'malformed mapping',
      { options: { bridgeMappings: 'default:ent5' } },
      /AGENT_CONFIG.*"default:ent5" cannot be read/,
    ],
    [
      'two networks mapped to one bridge',
      { options: { bridgeMappings: 'a:ent5:vios1,b:ent5:vios2' } },
      /AGENT_CONFIG.*networks a and b to one bridge, ent5 on vios1, ent5 on vios2/,
    ],
    [
      'network mapped twice',
      { options: { bridgeMappings: 'a:ent5:vios1,a:ent5:vios2' } },
      /AGENT_CONFIG.*a is mapped twice/,
    ],
  ];
  for (const [name, setup, pattern] of wrong) {
    test(`G03 the agent does not start: ${name}`, async () => {
      await using system = await PowerSystem.start(setup.system);
      const parts = { session: system.session, rpc: new FakeNeutron(), log: new MemoryLog() };
      const agent = new SeaAgent({ ...parts, options: { ...SEA_OPTIONS, ...setup.options } });
      await assert.rejects(agent.run(new AbortController().signal), (error) => {
        assert.ok(error instanceof AgentError);
        assert.match(error.message, pattern);
        return true;
      });
    });
  }

  test('G03 SEAA-2 one bridge needs no mapping, with a warning', async () => {
    await using it = await startSeaAgent({ options: { bridgeMappings: '' } });
    assert.match(it.log.at('warn').join('\n'), /bridge_mappings in \[AGENT\] is empty/);
  });
});

import { z } from 'zod';
import { type Answer, type Call, json } from '../http/call.js';
import type { Route } from '../http/route-table.js';
import { parseJson } from './parse-json.js';

const body = z.strictObject({ passSeconds: z.number().positive() });

/** Skips time: `PUT /simulator/clock {"passSeconds": 60}`. A simulator that starts again is back at the real time. */
export function clockRoutes(base: string): Route[] {
  return [
    {
      name: 'simulator.clock.pass',
      method: 'PUT',
      path: `${base}/clock`,
      answer: pass,
      open: true,
      produces: 'json',
    },
  ];
}

async function pass(call: Call): Promise<Answer> {
  const { clock } = call.world;
  clock.pass(parseJson(body, await call.text()).passSeconds * 1000);
  return json({ now: new Date(clock.now()).toISOString() });
}

import type { ServerResponse } from 'node:http';
import type { Console } from '../console/console.js';
import type { Answer } from '../http/call.js';
import type { ApiSession } from '../sessions/sessions.js';
import { Refusal } from '../world/refusal.js';
import type { World } from '../world/world.js';
import type { FaultEffect } from './fault-rule.js';

/** Acts out the faults that hit one request. */
export class RequestFaults {
  readonly #effects: readonly FaultEffect[];
  readonly #world: World;
  readonly #console: Console;
  readonly #signal: AbortSignal;
  readonly #response: ServerResponse;
  /** The connection was cut. */
  broken = false;

  constructor(
    effects: readonly FaultEffect[],
    world: World,
    console: Console,
    signal: AbortSignal,
    response: ServerResponse,
  ) {
    this.#effects = effects;
    this.#world = world;
    this.#console = console;
    this.#signal = signal;
    this.#response = response;
  }

  async before(session: ApiSession | undefined): Promise<void> {
    for (const effect of this.#effects) {
      if (effect.kind === 'delay') await this.#world.clock.sleep(effect.ms, this.#signal);
      if (effect.kind === 'expire-session' && session !== undefined)
        await this.#console.sessions.end(session);
      if (effect.kind === 'event-gap') this.#console.events.lose();
      if (effect.kind === 'error') throw new Refusal(effect.status, effect.message, effect.reasonCode);
      if (effect.kind === 'vios-busy') {
        throw new Refusal(
          500,
          'HSCL3205 The VIOS is busy processing some other request. Please retry the operation.',
        );
      }
      if (effect.kind === 'reset' && effect.when === 'before') this.#cut();
      if (effect.kind === 'hang' && effect.when === 'before') await this.#hang();
    }
  }

  async after(answer: Answer): Promise<Answer | undefined> {
    let result: Answer | undefined = answer;
    for (const effect of this.#effects) {
      if (effect.kind === 'reset' && effect.when === 'after') this.#cut();
      if (effect.kind === 'hang' && effect.when === 'after') await this.#hang();
      if (effect.kind === 'truncate' && typeof answer.body === 'string') {
        result = undefined;
        this.#truncated(answer, answer.body.slice(0, effect.bytes));
      }
    }
    return this.broken ? undefined : result;
  }

  #cut(): void {
    this.broken = true;
    this.#response.socket?.resetAndDestroy();
  }

  async #hang(): Promise<void> {
    await new Promise<void>((resolve) =>
      this.#signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    this.broken = true;
  }

  #truncated(answer: Answer, start: string): void {
    const length = Buffer.byteLength(String(answer.body));
    this.#response.writeHead(answer.status, { 'Content-Type': answer.type ?? '', 'Content-Length': length });
    this.#response.write(start, () => this.#cut());
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { DevTools } from './devtools.js';

const evaluation = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z.object({ text: z.string() }).optional(),
});
const target = z.object({ targetId: z.string() });
const attached = z.object({ sessionId: z.string() });
const screenshot = z.object({ data: z.string() });

const pollMs = 200;

/** A tab of the browser. */
export class Page {
  readonly #tools: DevTools;
  readonly #session: string;

  private constructor(tools: DevTools, session: string) {
    this.#tools = tools;
    this.#session = session;
  }

  static async open(tools: DevTools, url: string): Promise<Page> {
    const { targetId } = target.parse(await tools.send('Target.createTarget', { url }));
    const attachedTo = await tools.send('Target.attachToTarget', { targetId, flatten: true });
    return new Page(tools, attached.parse(attachedTo).sessionId);
  }

  /** The value of an expression in the page. */
  async evaluate(expression: string): Promise<unknown> {
    const parameters = { expression, returnByValue: true };
    const answer = await this.#tools.send('Runtime.evaluate', parameters, this.#session);
    const { result, exceptionDetails } = evaluation.parse(answer);
    if (exceptionDetails) throw new Error(`in the page: ${exceptionDetails.text}`);
    return result.value;
  }

  /** Asks until the answer is good; rejects with the last answer when it never is. */
  async until<T>(what: string, ask: () => Promise<T>, good: (answer: T) => boolean, limitMs = 60_000) {
    const deadline = performance.now() + limitMs;
    for (;;) {
      const answer = await ask();
      if (good(answer)) return answer;
      if (performance.now() > deadline)
        throw new Error(`${what} did not come within ${limitMs} ms; last seen: ${JSON.stringify(answer)}`);
      await sleep(pollMs);
    }
  }

  /** Presses the left mouse button at a place of the page, pixels. */
  async click(x: number, y: number): Promise<void> {
    for (const type of ['mousePressed', 'mouseReleased'])
      await this.#tools.send(
        'Input.dispatchMouseEvent',
        { type, x, y, button: 'left', clickCount: 1 },
        this.#session,
      );
  }

  /** Types letters, digits, blanks and line ends, as a keyboard would. */
  async type(text: string): Promise<void> {
    for (const character of text) {
      const key = character === '\n' ? 'Enter' : character;
      for (const type of ['keyDown', 'keyUp'])
        await this.#tools.send('Input.dispatchKeyEvent', { type, key, code: codeOf(key) }, this.#session);
    }
  }

  /** The page as a PNG image. */
  async screenshot(): Promise<Buffer> {
    const answer = await this.#tools.send('Page.captureScreenshot', { format: 'png' }, this.#session);
    return Buffer.from(screenshot.parse(answer).data, 'base64');
  }
}

/** The key's place on the keyboard, by its standard name (UI Events, KeyboardEvent.code). */
function codeOf(key: string): string {
  if (key.length > 1) return key;
  if (key === ' ') return 'Space';
  return /\d/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`;
}

import { readScreen } from '@openstack-powervm/simulator';
import { z } from 'zod';
import type { Page } from './page.js';

/** noVNC's canvas: its size, and one character per pixel, `1` where it is lit. */
const picture = z.object({ width: z.number(), height: z.number(), lit: z.string() });

const readCanvas = `(() => {
  const canvas = document.querySelector('canvas');
  if (canvas === null || canvas.width < 100) return null;
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  let lit = '';
  for (let at = 0; at < data.length; at += 4) lit += data[at] > 100 ? '1' : '0';
  return { width, height, lit };
})()`;

/** A page of stock noVNC that shows a terminal. */
export class TerminalPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The terminal's rows, read from the pixels of the canvas; none before there is a picture. */
  async rows(): Promise<readonly string[]> {
    const seen = await this.page.evaluate(readCanvas);
    if (seen === null || seen === undefined) return [];
    const { width, height, lit } = picture.parse(seen);
    return readScreen({ width, height, isLit: (x, y) => lit[y * width + x] === '1' });
  }

  /** Waits for a text on the screen and gives its rows. */
  async see(text: string): Promise<readonly string[]> {
    return this.page.until(
      `"${text}"`,
      () => this.rows(),
      (rows) => rows.some((row) => row.includes(text)),
    );
  }

  /** What noVNC says about the connection. */
  async status(): Promise<string> {
    return String(await this.page.evaluate(`document.getElementById('status')?.textContent ?? ''`));
  }
}

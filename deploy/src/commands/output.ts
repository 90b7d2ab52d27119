import { type Paint, paintFor } from '../steps/paint.js';

/** Where a command writes, and with which colours. */
export interface Output {
  readonly stream: NodeJS.WriteStream;
  readonly paint: Paint;
  line(text?: string): void;
}

/** Output on a stream of this process. */
export function outputOn(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Output {
  return {
    stream,
    paint: paintFor(stream, environment),
    line: (text = '') => void stream.write(`${text}\n`),
  };
}

/** Writes text in a colour, or plainly. */
export interface Paint {
  green(text: string): string;
  red(text: string): string;
  dim(text: string): string;
  bold(text: string): string;
}

const wrap = (code: number, enabled: boolean) => (text: string) =>
  enabled ? `\u001b[${code}m${text}\u001b[0m` : text;

/** Colours for a stream: none when it is no terminal or NO_COLOR is set (no-color.org). */
export function paintFor(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Paint {
  const enabled = stream.isTTY === true && !environment['NO_COLOR'];
  return {
    green: wrap(32, enabled),
    red: wrap(31, enabled),
    dim: wrap(2, enabled),
    bold: wrap(1, enabled),
  };
}

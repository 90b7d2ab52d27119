/**
 * A value that is not of the declared type, in a document or about to be put into one. It names the resource and
 * the element by their path, and the value.
 */
export class WrongTypeError extends Error {
  override readonly name = 'WrongTypeError';
  readonly code = 'PVM_WRONG_TYPE';

  constructor(
    /** Wire names from the resource to the element: `LogicalPartition/PartitionMemoryConfiguration/DesiredMemory`. */
    readonly path: string,
    /** What the declaration asks for: `an integer`. */
    readonly expected: string,
    readonly value: string,
  ) {
    const shown = JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
    super(`[PVM_WRONG_TYPE] ${path} is not ${expected}: ${shown}`);
  }

  get resource(): string {
    return this.path.split('/')[0] ?? '';
  }

  get element(): string {
    return this.path.split('/').at(-1) ?? '';
  }
}

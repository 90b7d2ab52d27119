/** A job that ends with COMPLETED_WITH_ERROR and has more to tell than a message. */
export class JobFailure extends Error {
  readonly results: Readonly<Record<string, string>>;

  constructor(message: string, results: Readonly<Record<string, string>>) {
    super(message);
    this.name = 'JobFailure';
    this.results = results;
  }
}

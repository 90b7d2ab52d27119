/** How to prove to the console who is calling. */
export type Credentials =
  /** A user of the console. */
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  /** The right to read files on a NovaLink's management partition (protocol reference 1.4). */
  | { readonly kind: 'local' };

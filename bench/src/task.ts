/** What to measure. */
export interface Task {
  readonly feed: 'lpar' | 'vios';
  /** Entry by entry from a file, the whole file at once, or entry by entry through a session. */
  readonly mode: 'stream' | 'whole' | 'http';
  readonly file: string;
  /** Of the server, for `http`. */
  readonly url?: string;
}

/** What one pass over the feed cost. */
export interface Pass {
  readonly wallMs: number;
  /** Of all threads, compiler and collector included, from the first byte asked for to the last value read. */
  readonly cpuMs: number;
  /** The most memory the process had up to the end of this pass, its start included. */
  readonly peakRssMb: number;
}

/** What was measured in one process. */
export interface Measurement {
  readonly feed: Task['feed'];
  readonly mode: Task['mode'];
  readonly entries: number;
  /** Values that were there. */
  readonly values: number;
  /** The first pass of the process: nothing is compiled yet. */
  readonly first: Pass;
  /** The median of the passes after the second, as in a daemon that has run for a while; the first when there is one only. */
  readonly warm: Pass;
  readonly firstEntriesPerSecond: number;
  readonly warmEntriesPerSecond: number;
  /** Of the process, its start and all passes included: unlike the first pass's, it has the collector's reserve for more. */
  readonly peakRssMb: number;
}

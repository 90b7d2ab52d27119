/** One mistake in a site file. */
export interface SiteProblem {
  /** `site.yaml:12:5 systems.0.memoryMb`, or only the path when the site came from no file. */
  readonly place: string;
  readonly problem: string;
}

/** A mistake and the path to it, before it is known where in a file that is. */
export interface PathProblem {
  readonly path: readonly (string | number)[];
  readonly problem: string;
}

/** A site that cannot be served, with every mistake and its place in the file. */
export class SiteError extends Error {
  readonly code = 'SIM_SITE_INVALID';
  readonly problems: readonly SiteProblem[];

  constructor(problems: readonly SiteProblem[]) {
    const list = problems.map(({ place, problem }) => `\n  ${place}: ${problem}`).join('');
    super(`the site cannot be simulated:${list}`);
    this.name = 'SiteError';
    this.problems = problems;
  }
}

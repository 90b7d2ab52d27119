/**
 * One thing the simulator does that a client can observe. `evidence` names the capture or the section of the
 * protocol reference that shows a real server doing it; `assumed` says that nobody has seen it and why we chose it.
 */
export interface Behaviour {
  readonly id: string;
  readonly does: string;
  readonly evidence?: string;
  readonly assumed?: string;
}

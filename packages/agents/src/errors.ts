/** Every code that the agents throw; stable, while texts are not. */
export type AgentErrorCode =
  /** An option is wrong: the agent cannot start. */
  | 'AGENT_CONFIG'
  /** A bridge mapping names a shared Ethernet adapter or a VIOS that does not exist (SEAA-1, SEAA-3). */
  | 'AGENT_DEVICE_NOT_FOUND'
  /** The system cannot be served: none or several systems, no VIOS ready, no network bridge. */
  | 'AGENT_SYSTEM'
  /** A VLAN cannot be put on a bridge. */
  | 'AGENT_VLAN_REFUSED'
  /** The bridges changed while they were being edited; the edit starts over. */
  | 'AGENT_BRIDGE_CHANGED';

/** The error class of the agents. The message starts with the code, because logs often show only the message. */
export class AgentError extends Error {
  override readonly name = 'AgentError';
  constructor(
    readonly code: AgentErrorCode,
    message: string,
    details?: { readonly cause?: unknown },
  ) {
    super(`[${code}] ${message}`, details);
  }
}

/** How an agent is known to Neutron (AGT-1). */
export interface AgentIdentity {
  readonly agentType: string;
  readonly binary: string;
  readonly agentId: (host: string) => string;
  /** Type of the interfaces that are its business. */
  readonly vifType: string;
}

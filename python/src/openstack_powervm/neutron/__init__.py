"""The mechanism drivers. Imported only inside neutron-server."""

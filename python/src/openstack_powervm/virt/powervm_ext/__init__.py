"""Where nova-compute looks for the PowerVM driver."""

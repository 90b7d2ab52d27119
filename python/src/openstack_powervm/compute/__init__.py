"""The Nova driver. Imported only inside nova-compute."""

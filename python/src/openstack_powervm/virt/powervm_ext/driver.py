"""The name under which nova-compute finds the driver: ``compute_driver = powervm_ext.driver.PowerVMDriver``."""

from openstack_powervm.compute.driver import PowerVMDriver

__all__ = ['PowerVMDriver']

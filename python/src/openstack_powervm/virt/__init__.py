"""A search path for ``nova.virt``: the folder that ``compute_driver = powervm_ext.driver.PowerVMDriver`` names.

It is found either because the launcher adds this folder to ``nova.virt.__path__``, or because the installer has put
a copy of ``powervm_ext`` beside the drivers of a packaged Nova.
"""

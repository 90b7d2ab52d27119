"""``nova-compute-powervm``: the stock nova-compute with the PowerVM driver in reach.

For a Nova that nothing can be put beside, such as one installed in editable mode. Options are those of nova-compute.
"""

import os
import sys


def main() -> int | None:
    # First: it replaces the parts of the standard library that eventlet needs replaced, before anything uses them.
    from nova.cmd import compute

    import nova.virt

    import openstack_powervm.virt

    nova.virt.__path__.append(os.path.dirname(openstack_powervm.virt.__file__))
    # Configuration files are looked up by the program's name.
    sys.argv[0] = 'nova-compute'
    return compute.main()


if __name__ == '__main__':
    sys.exit(main())

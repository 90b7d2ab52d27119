import argparse
import json
import logging
import sys


def main():
    parser = argparse.ArgumentParser(prog='pypowervm_calls')
    parser.add_argument('--pypowervm', required=True, help='a checkout of the pypowervm library')
    parser.add_argument('--url', required=True, help='where the simulator listens')
    parser.add_argument('--username')
    parser.add_argument('--password')
    parser.add_argument('--peer', help='where the console of the second system listens')
    parser.add_argument('--only', action='append', help='run the checks whose title contains this text, or another')
    arguments = parser.parse_args()
    sys.path.insert(0, arguments.pypowervm)
    logging.disable(logging.ERROR)

    from . import sessions, systems, partitions, storage  # noqa: F401  (each declares checks)
    from . import shared_pool, fibre_channel, iscsi, sriov, wrappers, monitoring, migration  # noqa: F401
    from . import persistent_memory, enterprise_pools, serial_numbers, network, events  # noqa: F401
    from . import novalink_host  # noqa: F401
    from .checks import check
    from .context import Context
    context = Context(arguments.url, arguments.username, arguments.password, arguments.peer)
    failed = check.run(context, arguments.only)
    print(json.dumps({'done': True, 'failed': failed}), flush=True)


main()

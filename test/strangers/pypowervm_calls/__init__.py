"""Calls that a stranger's client, the Python pypowervm, makes against the simulator.

Run as `python3 -m pypowervm_calls --pypowervm DIR --url http://127.0.0.1:PORT`. The library is not part of this
project: DIR is a checkout of it. One JSON line per check is printed; the last line holds the totals.
"""

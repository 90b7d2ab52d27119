"""A list of named checks, and the runner that reports each as one JSON line."""

import json
import time
import traceback


class Checks:
    """Checks in the order in which they were declared; later ones may use what earlier ones left in `state`."""

    def __init__(self):
        self._all = []

    def __call__(self, title, only=None):
        """`only`: what can do it: a console, 'NovaLink' or 'HMC', or 'NovaLink I/O', a NovaLink that hosts I/O."""
        def declare(function):
            self._all.append((title, only, function))
            return function
        return declare

    def run(self, context, only=None):
        failed = 0
        able = [None, context.console, *context.features]
        for title, console, function in self._all:
            if only and not any(text in title for text in only) or console not in able:
                continue
            start = time.monotonic()
            line = {'check': title, 'ok': True}
            try:
                function(context)
            except Exception as error:  # a failed check must not hide the ones behind it
                failed += 1
                line.update(ok=False, error='%s: %s' % (type(error).__name__, error),
                            trace=traceback.format_exc(limit=-4))
            line['ms'] = round((time.monotonic() - start) * 1000)
            print(json.dumps(line), flush=True)
        return failed


check = Checks()


def equal(actual, expected, what):
    if actual != expected:
        raise AssertionError('%s: expected %r, got %r' % (what, expected, actual))


def true(condition, what):
    if not condition:
        raise AssertionError(what)

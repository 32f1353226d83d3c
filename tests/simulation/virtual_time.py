"""Time that passes only when nobody has anything left to do: days go by in seconds.

The event loop has no sockets and no threads. When every task waits, its clock jumps to the next
timer, so the order of events follows from the seed alone.
"""

import asyncio
import selectors
from datetime import datetime, timedelta


class Stuck(Exception):
    """Every task waits for another one, and no timer will wake any of them."""


class _Waiting(selectors.SelectSelector):
    """What the loop waits on: instead of sleeping it moves the loop's clock on."""

    def __init__(self):
        super().__init__()
        self.passed = 0.0

    def select(self, timeout=None):
        if timeout is None:
            raise Stuck
        self.passed += max(0.0, timeout)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose seconds cost nothing."""

    def __init__(self):
        self._waiting = _Waiting()
        super().__init__(self._waiting)

    def time(self):
        return self._waiting.passed

    def run_in_executor(self, _executor, func, *args):
        """Do at once what would be done in a thread."""
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - handed on as a thread would
            done.set_exception(error)
        return done


class VirtualClock:
    """The loop's time as an instant: the only clock of everything simulated."""

    def __init__(self, loop, start: datetime):
        self._loop = loop
        self._start = start

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._loop.time())


def run_virtually(work, start: datetime):
    """Run `work(clock)` to its end in virtual time from `start` on."""
    loop = VirtualLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(work(VirtualClock(loop, start)))

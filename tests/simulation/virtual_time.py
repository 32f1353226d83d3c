"""Time that passes only when nobody has anything left to do: days go by in seconds.

When every task waits, the event loop's clock jumps to the next timer. Without sockets the order
of events follows from the seed alone. With a database server it does not: while an answer is on
its way the clock stands still, and whose answer comes first is the server's to say.
"""

import asyncio
import selectors
from datetime import datetime, timedelta

SERVER_WITHIN = 60.0
"""Real seconds after which a server that says nothing is a failure."""


class Stuck(Exception):
    """Every task waits for another one, and no timer will wake any of them."""


class _Waiting(selectors.DefaultSelector):
    """What the loop waits on: instead of sleeping it moves the loop's clock on."""

    def __init__(self):
        super().__init__()
        self.passed = 0.0

    def select(self, timeout=None):
        # The loop itself has one socket, to be woken by threads; there are none.
        if len(self.get_map()) > 1:
            return self._of_sockets(timeout)
        if timeout is None:
            raise Stuck
        if timeout > 0:
            self.passed += timeout
        return []

    def _of_sockets(self, timeout):
        ready = super().select(0 if timeout == 0 else SERVER_WITHIN)
        if not ready and timeout != 0:
            raise Stuck
        return ready


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
    """The loop's time as an instant: what time it is in truth, at Telegram and for runners."""

    def __init__(self, loop, start: datetime):
        self._loop = loop
        self._start = start

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._loop.time())


class HostClock:
    """The clock of the machine that the bot runs on: mostly right, and sometimes set."""

    def __init__(self, true_clock):
        self._true = true_clock
        self._off = timedelta(0)
        self._lived_twice: list[tuple[datetime, datetime]] = []

    def now(self) -> datetime:
        return self._true.now() + self._off

    def jump(self, by: timedelta) -> None:
        before = self.now()
        self._off += by
        if by < timedelta(0):
            self._lived_twice.append((self.now(), before))

    def off(self) -> timedelta:
        """How far from the truth it is; what is fast is positive."""
        return self._off

    def shows_twice(self, at: datetime) -> bool:
        """Whether this time came up more than once: then it does not say what was before what."""
        return any(low <= at <= high for low, high in self._lived_twice)


def run_virtually(work, start: datetime):
    """Run `work(clock)` to its end in virtual time from `start` on."""
    loop = VirtualLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(work(VirtualClock(loop, start)))

"""What happened, line by line, in virtual time: the same seed gives the same lines."""

import hashlib


class Trace:
    """Lines with their times; `tail` is what a failure shows."""

    def __init__(self, clock):
        self._clock = clock
        self.lines: list[str] = []

    def __call__(self, line: str) -> None:
        self.lines.append(f"{self._clock.now():%d %b %H:%M:%S.%f} {line}")

    @property
    def digest(self) -> str:
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()

    def tail(self, lines: int = 40) -> str:
        return "\n".join(self.lines[-lines:])

"""Ports nobody listens on."""

import socket
from contextlib import ExitStack, closing


def free_ports(number):
    """Give some, held all at once so that no two are the same."""
    with ExitStack() as stack:
        held = [stack.enter_context(closing(socket.socket())) for _ in range(number)]
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]

"""Messages a second through the transport, beside the library's own: 32 in flight, local server.

What a second of processor time carries is the figure to compare: it depends least on what else
the machine does. Run it as `python tests/benchmarks/transport.py`.
"""

import asyncio
import multiprocessing
import sys
import time
from statistics import quantiles

import telegram
from telegram.request import BaseRequest, HTTPXRequest

from bot.telegram.transport import Transport

IN_FLIGHT = 32
TEXT = "How much pain is in your upper back right now?"
BODY = (
    b'{"ok":true,"result":{"message_id":7,"date":0,"chat":{"id":1,"type":"private",'
    b'"first_name":"Ann"},"text":"How much pain is in your upper back right now?"}}'
)
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)
KEYS = telegram.InlineKeyboardMarkup(
    [[telegram.InlineKeyboardButton(str(n), callback_data=f"ci1:1:nrs:{n}") for n in range(5)]]
)


class Answering(asyncio.Protocol):
    """Answers every request with the same message, as fast as Python can."""

    def connection_made(self, transport):
        self.transport, self.unread = transport, b""

    def data_received(self, data):
        self.unread += data
        while (end := self.unread.find(b"\r\n\r\n")) >= 0:
            head = self.unread[:end].lower()
            _, _, rest = head.partition(b"content-length:")
            whole = end + 4 + int(rest.split(b"\r\n")[0])
            if len(self.unread) < whole:
                return
            self.unread = self.unread[whole:]
            self.transport.write(ANSWER)


def serve(ports):
    """Answer until the process is ended."""

    async def main():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Answering, "127.0.0.1", 0)
        ports.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


async def measured(request: BaseRequest, port: int, messages: int) -> str:
    """Send that many messages, twice, and give the figures of the second time."""
    url = f"http://127.0.0.1:{port}/bot"
    bot = telegram.Bot("1:x", base_url=url, request=request, get_updates_request=request)
    async with request:
        await burst(bot, messages // 4)
        wall, cpu = time.perf_counter(), time.process_time()
        took = await burst(bot, messages)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    worst = quantiles(took, n=100)[98] * 1000
    return (
        f"{messages / cpu:6.0f} a CPU second, {messages / wall:6.0f} a second, p99 {worst:.0f} ms"
    )


async def burst(bot, messages):
    """Keep 32 messages in flight; gives how long each took, in seconds."""
    took, left = [], iter(range(messages))

    async def send():
        for _ in left:
            began = time.perf_counter()
            await bot.send_message(1, TEXT, parse_mode="HTML", reply_markup=KEYS)
            took.append(time.perf_counter() - began)

    await asyncio.gather(*[send() for _ in range(IN_FLIGHT)])
    return took


def main():
    """Print a line for each transport."""
    ports = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(ports,), daemon=True)
    server.start()
    port = ports.get()
    own, library = Transport(64), HTTPXRequest(64, httpx_kwargs={"trust_env": False})
    for name, request, messages in (("aiohttp", own, 8000), ("httpx", library, 1500)):
        line = asyncio.run(measured(request, port, messages))
        sys.stdout.write(f"{name:8} {line}\n")
    server.terminate()
    server.join()


if __name__ == "__main__":
    main()

"""The control API: act as runners, look into the chat, make faults, move the clock. JSON only.

Tests and the chat page drive the sandbox through it. Refusals are `{"error": sentence}` with 400
(cannot be read), 404 (no such thing) or 409 (not possible as things stand).
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.acts import ACTS, deactivates, number, sends_document
from bot.sandbox.clock import destination
from bot.sandbox.errors import ActError, ApiError, Json
from bot.sandbox.params import decoded, uploaded
from bot.sandbox.runners import GROUP_ID, Runner
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.transcript import transcript

HEARTBEAT = 15.0
_LONGEST_IDLE = 600.0
# What a browser may show in the page's origin; everything else is downloaded.
_SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4", "audio/ogg")

Endpoint = Callable[[Request], Awaitable[Response]]


def _answering(act: Callable[[Request], Awaitable[Json]]) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await act(request))
        except ActError as error:
            return JSONResponse({"error": error.reason}, status_code=error.status)
        except ApiError as error:
            return JSONResponse({"error": error.description}, status_code=error.code)

    return endpoint


async def _body(request: Request) -> Json:
    try:
        body = decoded(await request.body() or b"{}")
    except ValueError as error:
        raise ActError(400, f"the body is no JSON: {error}") from error
    if not isinstance(body, dict):
        raise ActError(400, "a JSON object is needed")
    return body


def _number(request: Request, name: str, default: float) -> float:
    try:
        return float(request.query_params.get(name, default))
    except ValueError:
        raise ActError(400, f"{name}: a number is needed") from None


class Control:
    """The endpoints below /sandbox/."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._jump = asyncio.Lock()

    def routes(self) -> list[Route]:
        """All of them."""
        runner = "/sandbox/runners/{n:int}"
        table: list[tuple[str, str, Callable[[Request], Awaitable[Json]]]] = [
            ("GET", "/sandbox/state", self._state),
            ("POST", runner, self._update_runner),
            ("DELETE", runner, self._delete_runner),
            ("GET", f"{runner}/transcript", self._transcript),
            ("POST", f"{runner}/document", self._document),
            ("POST", f"{runner}/{{act}}", self._act),
            ("POST", "/sandbox/updates", self._inject),
            ("POST", "/sandbox/redeliver", self._redeliver),
            ("GET", "/sandbox/calls", self._calls),
            ("GET", "/sandbox/idle", self._idle),
            ("POST", "/sandbox/faults", self._add_fault),
            ("DELETE", "/sandbox/faults", self._clear_faults),
            ("POST", "/sandbox/clock", self._move_clock),
        ]
        served = [
            Route(f"{runner}/events", self._events),
            Route("/sandbox/files/{file_id}", self._file),
        ]
        return served + [Route(path, _answering(act), methods=[verb]) for verb, path, act in table]

    def _runner(self, request: Request) -> Runner:
        return self._sandbox.runners.ensure(request.path_params["n"])

    async def _state(self, request: Request) -> Json:
        sandbox = self._sandbox
        profile, clock = sandbox.profile, sandbox.clock
        n = int(_number(request, "runner", 0))
        runner = sandbox.runners.ensure(n) if n else None
        language = runner.language_code if runner else ""
        due = await clock.next_due()
        bot = {
            **{key: profile.user()[key] for key in ("id", "first_name", "username")},
            "description": profile.text("description", language),
            "short_description": profile.text("short_description", language),
            "commands": profile.menu(runner.chat_id if runner else None, language),
            "menu_button": profile.button(runner.chat_id if runner else 0),
        }
        return {
            "bot": bot,
            "now": clock.now().isoformat(),
            "clock": {"can_move": clock.can_move, "next_due": due.isoformat() if due else None},
            "runners": [one.to_json() for one in sandbox.runners.all()],
            "faults": sandbox.faults.coming(),
        }

    async def _update_runner(self, request: Request) -> Json:
        runner = self._sandbox.runners.update(request.path_params["n"], await _body(request))
        self._sandbox.changes.mark()
        return runner.to_json()

    async def _delete_runner(self, request: Request) -> Json:
        return deactivates(self._sandbox, self._runner(request))

    async def _act(self, request: Request) -> Json:
        act = ACTS.get(request.path_params["act"])
        if act is None:
            raise ActError(404, f"runners can {', '.join([*ACTS, 'document'])}")
        return act(self._sandbox, self._runner(request), await _body(request))

    async def _document(self, request: Request) -> Json:
        async with request.form() as form:
            file, caption = form.get("file"), form.get("caption", "")
            if not isinstance(file, UploadFile):
                raise ActError(400, "file: a multipart file is needed")
            upload = await uploaded(file)
        return sends_document(self._sandbox, self._runner(request), upload, str(caption))

    async def _transcript(self, request: Request) -> Json:
        runner = self._runner(request)
        in_group = request.query_params.get("chat") == "group"
        after = int(_number(request, "after", 0))
        return transcript(self._sandbox, runner, GROUP_ID if in_group else runner.chat_id, after)

    async def _events(self, request: Request) -> Response:
        try:
            chat_id, after = self._runner(request).chat_id, int(_number(request, "after", 0))
        except ActError as error:
            return JSONResponse({"error": error.reason}, status_code=error.status)
        headers = {"Cache-Control": "no-store"}
        stream = self._stream(chat_id, after)
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    async def _stream(self, chat_id: int, after: int) -> AsyncIterator[str]:
        changes = self._sandbox.changes
        yield ": listening\n\n"
        while not changes.closed:
            newer = partial(changes.is_newer, chat_id, after)
            if await changes.until(newer, HEARTBEAT):
                after = changes.latest(chat_id)
                yield f"event: change\ndata: {json.dumps({'seq': after})}\n\n"
            else:
                yield ": still here\n\n"

    async def _inject(self, request: Request) -> Json:
        return {"update_id": self._sandbox.queue.inject(await _body(request))}

    async def _redeliver(self, request: Request) -> Json:
        self._sandbox.queue.redeliver(number(await _body(request), "update_id"))
        return {}

    async def _calls(self, request: Request) -> Json:
        after = int(_number(request, "after", 0))
        calls = self._sandbox.calls.after(after, request.query_params.get("method"))
        return {"calls": calls, "seq": self._sandbox.calls.seq}

    async def _idle(self, request: Request) -> Json:
        queue, update_id = self._sandbox.queue, int(_number(request, "update_id", 0))
        seconds = min(_number(request, "timeout", 10), _LONGEST_IDLE)

        def idle() -> bool:
            return not (queue.is_pending(update_id) if update_id else len(queue))

        return {"idle": await self._sandbox.changes.until(idle, seconds)}

    async def _add_fault(self, request: Request) -> Json:
        return {"id": self._sandbox.faults.add(await _body(request))}

    async def _clear_faults(self, _request: Request) -> Json:
        self._sandbox.faults.clear()
        return {}

    async def _move_clock(self, request: Request) -> Json:
        clock = self._sandbox.clock
        if not clock.can_move:
            raise ActError(409, "this clock is the machine's own and cannot be moved")
        async with self._jump:
            await clock.jump(await destination(clock, await _body(request)))
        self._sandbox.changes.mark()
        return {"now": clock.now().isoformat()}

    async def _file(self, request: Request) -> Response:
        file = self._sandbox.files.get(request.path_params["file_id"])
        if file is None:
            return JSONResponse({"error": "there is no such file"}, status_code=404)
        shown = file.mime in _SHOWN
        headers = {
            "Content-Disposition": "inline" if shown else "attachment",
            "Content-Security-Policy": "sandbox",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(self._sandbox.files.read(file), media_type=file.mime, headers=headers)

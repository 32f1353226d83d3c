"""The Bot API's HTTP side: tokens, methods, faults, the record of calls, and file downloads."""

import asyncio
import re
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.sandbox.calls import Call
from bot.sandbox.errors import ApiError, Json
from bot.sandbox.faults import PAGE, Fault
from bot.sandbox.methods import METHODS, no_method
from bot.sandbox.params import Params, read_params
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.updates import LARGEST_BATCH, LONGEST_POLL

_TOKEN = re.compile(r"\d+:[\w-]+")
GET_UPDATES = "getupdates"
_OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
_WEBHOOK_SET = "Conflict: terminated by setWebhook request"
_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class HangUp(Response):
    """No answer at all: the connection drops, as it does between a bot and Telegram at times."""

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        """Abort the transport, then wait until the server has noticed."""
        for connection in list(scope["state"]["connections"]):
            if connection.client == scope["client"]:
                connection.transport.abort()
        while (await receive())["type"] != "http.disconnect":
            pass


class BotApi:
    """Answers /bot<token>/<method> and /file/bot<token>/<path>."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    async def call(self, request: Request) -> Response:
        """One call of a method."""
        name = request.path_params["method"]
        if refused := self._refused(request.path_params["token"]):
            return _answered(refused.answer(), refused.code)
        try:
            params = await read_params(request)
        except ApiError as error:
            return self._recorded(name, Params({}, {}), error.answer(), None)
        fault = self._sandbox.faults.take(name.lower(), params.chat_id())
        if fault and fault.kind == "page":
            self._note(name, params, {"ok": False}, HTTPStatus.OK, fault)
            return HTMLResponse(PAGE)
        if fault and fault.kind == "reset":
            return self._recorded(name, params, None, fault)
        body = await self._answer(request, name.lower(), params, fault)
        if fault and fault.kind == "slow":
            await self._sandbox.changes.until(lambda: False, fault.seconds)
        return self._recorded(name, params, body, fault)

    async def download(self, request: Request) -> Response:
        """The content of a file, by the path getFile answered."""
        if refused := self._refused(request.path_params["token"]):
            return _answered(refused.answer(), refused.code)
        file = self._sandbox.files.at(request.path_params["path"])
        if file is None:
            missing = ApiError(404, "Not Found")
            return _answered(missing.answer(), missing.code)
        return Response(self._sandbox.files.read(file), media_type=file.mime)

    def _refused(self, token: str) -> ApiError | None:
        if not _TOKEN.fullmatch(token):
            return ApiError(404, "Not Found")
        if self._sandbox.token not in (None, token):
            return ApiError(401, "Unauthorized")
        return None

    async def _answer(
        self, request: Request, method: str, params: Params, fault: Fault | None
    ) -> Json:
        try:
            if fault and (refusal := fault.refusal()):
                raise refusal
            if method == GET_UPDATES:
                return {"ok": True, "result": await self._updates(request, params)}
            called = METHODS.get(method, no_method)
            return {"ok": True, "result": called(self._sandbox, params)}
        except ApiError as error:
            return error.answer()

    async def _updates(self, request: Request, params: Params) -> list[Json]:
        queue = self._sandbox.queue
        if self._sandbox.webhook.is_set():
            raise ApiError(409, _WEBHOOK_ACTIVE)
        queue.allow(params)
        limit = min(max(params.integer("limit", LARGEST_BATCH), 1), LARGEST_BATCH)
        seconds = min(max(params.integer("timeout"), 0), LONGEST_POLL)
        gone = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            watch = group.create_task(self._watch(request, gone))
            batch = await queue.poll(params.integer("offset"), limit, seconds, gone.is_set)
            watch.cancel()
        if batch is None:
            pushed = self._sandbox.webhook.is_set()
            raise ApiError(409, _WEBHOOK_SET if pushed else _OTHER_POLLER)
        return batch

    async def _watch(self, request: Request, gone: asyncio.Event) -> None:
        # A poll whose bot has left must not linger, or the next one would be told of a conflict.
        while (await request.receive())["type"] != "http.disconnect":
            pass
        gone.set()
        self._sandbox.changes.wake()

    def _recorded(
        self, name: str, params: Params, body: Json | None, fault: Fault | None
    ) -> Response:
        """Note the call and answer it; the body is None when the call never arrived."""
        dropped = fault is not None and fault.kind in ("reset", "accepted_no_answer")
        status = 0 if dropped else (body or {}).get("error_code", HTTPStatus.OK)
        if body is None or name.lower() != GET_UPDATES or body.get("result") != []:
            self._note(name, params, body or {"ok": False}, status, fault)
        return HangUp() if dropped else _answered(body or {}, status)

    def _note(
        self, name: str, params: Params, body: Json, status: int, fault: Fault | None
    ) -> None:
        calls = self._sandbox.calls
        call = Call(
            seq=calls.next_seq(),
            at=self._sandbox.clock.now().isoformat(),
            method=name,
            params=params.readable(),
            status=status,
            ok=body["ok"],
            chat_id=params.chat_id(),
            description=body.get("description"),
            fault=fault.kind if fault else None,
        )
        calls.add(call)


def _answered(body: Json, status: int) -> Response:
    wait = body.get("parameters", {}).get("retry_after")
    headers = {} if wait is None else {"Retry-After": str(wait)}
    return JSONResponse(body, status_code=status, headers=headers)

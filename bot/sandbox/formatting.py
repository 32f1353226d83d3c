"""Message texts: what a bot sends as HTML becomes plain text with entities, in UTF-16 units.

The tags, the refusals and their wording follow tdlib/td, MessageEntity.cpp.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.sandbox.errors import Json, bad_request

_TAGS = {
    "bold": ("b", "strong"),
    "italic": ("i", "em"),
    "underline": ("u", "ins"),
    "strikethrough": ("s", "strike", "del"),
    "spoiler": ("tg-spoiler", "span"),
    "code": ("code",),
    "pre": ("pre",),
    "blockquote": ("blockquote",),
    "text_link": ("a",),
    "custom_emoji": ("tg-emoji",),
    "date_time": ("tg-time",),
}
_TYPES = {tag: kind for kind, tags in _TAGS.items() for tag in tags}
_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z]+));?")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(
    r"""\s*([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]*)(?=[\s>])))?"""
)
_TIME_FORMAT = re.compile(r"r|[wW]?[dD]?[tT]?")
_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<])/[A-Za-z0-9_]{1,32}(?:@\w+)?(?![\w/]))"
    r"|(?P<url>https?://[^\s<>\"]*[\w/])"
)


@dataclass
class Formatted:
    """A text as Telegram keeps it: entities count UTF-16 units and are sorted outermost first."""

    text: str
    entities: list[Json] = field(default_factory=list)


@dataclass
class _Open:
    name: str
    attributes: dict[str, str]
    offset: int
    text_at: int


def units(text: str) -> int:
    """Length in UTF-16 code units, Telegram's measure of offsets."""
    return len(text.encode("utf-16-le")) // 2


def formatted(text: str, parse_mode: str, entities: object) -> Formatted:
    """What Telegram keeps of a text; ApiError where the mode or the markup is refused."""
    mode = parse_mode.lower()
    if mode == "html":
        return trimmed(parse_html(text))
    if mode not in ("", "none"):
        raise bad_request("unsupported parse_mode")
    return trimmed(Formatted(text, _given(entities)))


def _given(entities: object) -> list[Json]:
    if not isinstance(entities, list):
        return []
    for entity in entities:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise bad_request("can't parse MessageEntity: expected an Object")
        if not all(isinstance(entity.get(name), int) for name in ("offset", "length")):
            raise bad_request("can't parse MessageEntity: Can't find field \"offset\"")
    return [dict(entity) for entity in entities]


def trimmed(message: Formatted) -> Formatted:
    """Without space around it, and with the commands and links that Telegram finds by itself."""
    cut = message.text.lstrip()
    shift, text = units(message.text) - units(cut), cut.rstrip()
    end, kept = units(text), []
    for entity in message.entities:
        start = max(0, entity["offset"] - shift)
        stop = min(end, entity["offset"] + entity["length"] - shift)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    kept.extend(_found(text, kept))
    return Formatted(text, sorted(kept, key=lambda one: (one["offset"], -one["length"])))


def _found(text: str, known: Sequence[Json]) -> Iterator[Json]:
    verbatim = [entity for entity in known if entity["type"] in ("code", "pre", "text_link")]
    for match in _FOUND.finditer(text):
        offset, length = units(text[: match.start()]), units(match.group())
        if not any(
            one["offset"] < offset + length and offset < one["offset"] + one["length"]
            for one in verbatim
        ):
            yield {"type": match.lastgroup, "offset": offset, "length": length}


def parse_html(source: str) -> Formatted:
    """Telegram's HTML to text and entities; ApiError "can't parse entities: …" if it is wrong."""
    return _Html(source).parse()


class _Html:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text = ""
        self._open: list[_Open] = []
        self._entities: list[Json] = []

    def parse(self) -> Formatted:
        while (tag := self._source.find("<", self._at)) >= 0:
            self._text += _unescaped(self._source[self._at : tag])
            self._at = tag
            if self._source.startswith("</", tag):
                self._end_tag()
            else:
                self._start_tag()
        self._text += _unescaped(self._source[self._at :])
        if self._open:
            name = self._open[-1].name
            raise _broken(f'Can\'t find end tag corresponding to start tag "{name}"')
        return Formatted(self._text, self._entities)

    def _where(self, position: int) -> str:
        return f"at byte offset {len(self._source[:position].encode())}"

    def _start_tag(self) -> None:
        begin = self._at
        name = self._name(begin + 1).lower()
        if self._at == len(self._source):
            raise _broken(f"Unclosed start tag {self._where(begin)}")
        if name not in _TYPES:
            raise _broken(f'Unsupported start tag "{name}" {self._where(begin)}')
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _broken(f'Tag "span" must have class "tg-spoiler" {self._where(begin)}')
        self._open.append(_Open(name, attributes, units(self._text), len(self._text)))

    def _name(self, position: int) -> str:
        match = _NAME.match(self._source, position)
        self._at = match.end() if match else position
        return match.group() if match else ""

    def _attributes(self, name: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while match := _ATTRIBUTE.match(self._source, self._at):
            key, double, single, bare = match.groups()
            found[key] = _unescaped(double or single or bare or "")
            self._at = match.end()
        rest = self._source[self._at :].lstrip()
        if not rest or rest[:2] in ("=", '="', "='"):
            raise _broken(f'Unclosed start tag "{name}" {self._where(begin)}')
        if rest.startswith("="):
            raise _broken(f"Unexpected end of name token {self._where(self._at + 1)}")
        if not rest.startswith(">"):
            raise _broken(f'Empty attribute name in the tag "{name}" {self._where(begin)}')
        self._at = self._source.index(">", self._at) + 1
        return found

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise _broken(f"Unexpected end tag {self._where(begin)}")
        name = self._name(begin + 2).lower()
        rest = self._source[self._at :].lstrip()
        if not rest.startswith(">"):
            raise _broken(f"Unclosed end tag {self._where(begin)}")
        self._at = self._source.index(">", self._at) + 1
        opened = self._open.pop()
        if name not in ("", opened.name):
            raise _broken(
                f"Unmatched end tag {self._where(begin)}, "
                f'expected "</{opened.name}>", found "</{name}>"'
            )
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = units(self._text) - opened.offset
        extra = _extra(opened, self._text[opened.text_at :])
        if length == 0 or extra is None:
            return
        entity = {"offset": opened.offset, "length": length, **extra}
        inner = self._entities[-1] if self._entities else {}
        same = (inner.get("offset"), inner.get("length")) == (opened.offset, length)
        if entity["type"] == "pre" and same and inner["type"] == "code" and "language" in inner:
            # <pre><code class="language-…"> is one entity, a block with a language.
            inner["type"] = "pre"
            return
        self._entities.append(entity)
        if not (self._open and self._open[-1].name == "pre"):
            self._forget_code_language()

    def _forget_code_language(self) -> None:
        for entity in self._entities:
            if entity["type"] == "code":
                entity.pop("language", None)


def _extra(opened: _Open, inner: str) -> Json | None:
    """What the tag's entity says besides its place; None where Telegram makes no entity of it."""
    attributes = opened.attributes
    kind: Json = {"type": _TYPES[opened.name]}
    if opened.name == "a":
        url = attributes.get("href") or inner
        return {**kind, "url": url} if link_problem(url) is None else None
    if opened.name == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    if opened.name == "code":
        _, found, language = attributes.get("class", "").partition("language-")
        return {**kind, "language": language} if found else kind
    if opened.name == "tg-emoji":
        if not attributes.get("emoji-id", "").isdecimal():
            raise _broken("Invalid custom emoji identifier specified")
        return {**kind, "custom_emoji_id": attributes["emoji-id"]}
    if opened.name == "tg-time":
        return _time(attributes)
    return kind


def _time(attributes: dict[str, str]) -> Json | None:
    unix, shape = attributes.get("unix", ""), attributes.get("format", "")
    if not _TIME_FORMAT.fullmatch(shape):
        raise _broken("Invalid date-time format specified")
    if not (unix.isdecimal() and int(unix)):
        return None
    return {"type": "date_time", "unix_time": int(unix), "date_time_format": shape}


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return _CHARACTERS.get(name, match.group())
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    usable = 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF  # noqa: PLR2004 - Unicode's own
    return chr(code) if usable else match.group()


def _broken(text: str) -> Exception:
    return bad_request(f"can't parse entities: {text}")


def link_problem(url: str) -> str | None:
    """Why Telegram takes this for no link, None if it does. A phone number is none: no `tel:`."""
    rest = re.sub(r"^tg:(//)?", "", url, flags=re.IGNORECASE)
    if rest != url:
        return None if re.fullmatch(r"[\w-]+/?(\?.*)?", rest) else "Wrong tg URL"
    scheme, separator, _ = url.partition("://")
    if separator and scheme.lower() not in ("http", "https"):
        return "Unsupported URL protocol"
    try:
        parts = urlsplit(url if separator else f"http://{url}")
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "Wrong port number specified in the URL"
    if not host:
        return "URL host is empty"
    return None if "." in host and " " not in host else "Wrong HTTP URL"

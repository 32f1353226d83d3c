"""A stored text as HTML for the chat page: everything escaped, tags only from its entities."""

from html import escape

from bot.sandbox.errors import Json, whole
from bot.sandbox.formatting import link_problem

_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "spoiler": ('<span class="tg-spoiler">', "</span>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ("<blockquote expandable>", "</blockquote>"),
}


def render(text: str, entities: list[Json]) -> str:
    """Safe HTML; entities must be sorted outermost first, one that crosses another is left out."""
    return _Rendering(text, entities).span(0, len(text.encode("utf-16-le")) // 2)


class _Rendering:
    def __init__(self, text: str, entities: list[Json]) -> None:
        self._units = text.encode("utf-16-le")
        self._entities = list(reversed(entities))

    def span(self, start: int, stop: int) -> str:
        parts, at = [], start
        while self._entities and self._entities[-1]["offset"] < stop:
            entity = self._entities.pop()
            end = entity["offset"] + entity["length"]
            if entity["offset"] < at or end > stop:
                continue
            parts.append(self._plain(at, entity["offset"]))
            before, after = _tags(entity, self._text(entity["offset"], end))
            parts.append(before + self.span(entity["offset"], end) + after)
            at = end
        return "".join([*parts, self._plain(at, stop)])

    def _text(self, start: int, stop: int) -> str:
        return self._units[2 * start : 2 * stop].decode("utf-16-le", "replace")

    def _plain(self, start: int, stop: int) -> str:
        return escape(self._text(start, stop))


def _tags(entity: Json, plain: str) -> tuple[str, str]:
    if entity["type"] in ("text_link", "url"):
        url = str(entity.get("url") or plain)
        if link_problem(url):
            return "", ""
        # A link without a scheme would lead into the page itself.
        href = escape(url if url.startswith("tg:") or "://" in url else f"http://{url}")
        return f'<a href="{href}" target="_blank" rel="noopener noreferrer">', "</a>"
    if entity["type"] == "date_time":
        shape = escape(str(entity.get("date_time_format", "")))
        return f'<tg-time unix="{whole(entity.get("unix_time"))}" format="{shape}">', "</tg-time>"
    return _TAGS.get(entity["type"], ("", ""))

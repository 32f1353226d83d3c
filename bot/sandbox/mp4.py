"""What an MP4 says of itself: size, length, and whether it has sound. Reads boxes, no pictures."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_HEADER = 8
_CONTAINERS = (b"moov", b"trak", b"mdia")


@dataclass(frozen=True)
class Film:
    """Width and height in pixels, length in seconds."""

    width: int
    height: int
    seconds: float
    has_sound: bool


def film_of(content: bytes) -> Film | None:
    """What the bytes show; None when they are no MP4 that plays."""
    if content[4:8] != b"ftyp":
        return None
    try:
        boxes = list(_boxes(content))
        _, header = next(box for box in boxes if box[0] == b"mvhd")
        sizes = [struct.unpack(">II", body[-8:]) for kind, body in boxes if kind == b"tkhd"]
    except (StopIteration, struct.error):
        return None
    wide, tall = max(sizes, default=(0, 0))
    if not wide or not tall:
        return None
    sound = any(kind == b"hdlr" and body[8:12] == b"soun" for kind, body in boxes)
    # Sizes are 16.16 fixed-point numbers.
    return Film(wide >> 16, tall >> 16, _seconds(header), sound)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every box that matters, with those inside others."""
    at = 0
    while at + _HEADER <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + _HEADER])
        if size < _HEADER:
            return
        body = content[at + _HEADER : at + size]
        if kind in _CONTAINERS:
            yield from _boxes(body)
        else:
            yield kind, body
        at += size


def _seconds(header: bytes) -> float:
    long = header[:1] == b"\x01"
    scale, length = struct.unpack_from(">IQ" if long else ">II", header, 20 if long else 12)
    return float(length) / float(scale) if scale else 0.0

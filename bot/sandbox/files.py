"""Files in both directions: what the bot uploads, what runners send, how either is described."""

import io
import mimetypes
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from bot.sandbox.errors import Json, bad_request
from bot.sandbox.mp4 import Film, film_of
from bot.sandbox.params import Upload

UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
_PHOTO_SIDES = 10_000
_PHOTO_RATIO = 20


@dataclass(frozen=True)
class StoredFile:
    """One file; `path` is what getFile answers, the sides are pixels, 0 for no picture."""

    file_id: str
    kind: str
    name: str
    mime: str
    size: int
    path: str
    width: int = 0
    height: int = 0
    seconds: int = 1

    def reference(self) -> Json:
        """The part every Bot API file object shares."""
        unique = f"u{self.file_id}"
        return {"file_id": self.file_id, "file_unique_id": unique, "file_size": self.size}

    def described(self) -> Json:
        """As a Bot API Animation, Document or PhotoSize."""
        sides = {"width": self.width, "height": self.height}
        if self.kind == "photo":
            return {**self.reference(), **sides}
        named = {**self.reference(), "file_name": self.name, "mime_type": self.mime}
        return {**named, **sides, "duration": self.seconds} if self.kind == "animation" else named


class Files:
    """All files by id; their bytes stay in memory, or in `folder` where there is one."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._files: dict[str, StoredFile] = {}
        self._bytes: dict[str, bytes] = {}

    def get(self, file_id: str) -> StoredFile | None:
        """The file with that id."""
        return self._files.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file getFile gave that path for."""
        return next((file for file in self._files.values() if file.path == path), None)

    def read(self, file: StoredFile) -> bytes:
        """Its content."""
        if self._folder is None:
            return self._bytes[file.file_id]
        return (self._folder / file.file_id).read_bytes()

    def add(self, kind: str, upload: Upload, sides: tuple[int, int] = (0, 0)) -> StoredFile:
        """Keep an upload as that kind; ApiError where Telegram would not take it."""
        if len(upload.content) > UPLOAD_LIMIT:
            raise bad_request("file is too big")
        picture = picture_of(upload.content) if kind in ("photo", "animation") else None
        film = film_of(upload.content) if kind == "animation" else None
        if kind == "animation" and not _moves(picture, film):
            # Telegram takes it all the same, as a file.
            kind, picture = "document", None
        if kind == "photo":
            _check_photo(upload.content, picture)
        if picture:
            sides = picture.sides
        if film:
            # Telegram looks for itself, whatever the call says.
            sides = (film.width, film.height)
        number, suffix = len(self._files) + 1, Path(upload.name).suffix
        file = StoredFile(
            file_id=f"{kind}-{number:06d}",
            kind=kind,
            name=upload.name,
            mime=picture.mime if picture else _mime(upload),
            size=len(upload.content),
            path=f"{kind}s/file_{number}{suffix if suffix.isascii() else ''}",
            width=sides[0],
            height=sides[1],
            seconds=max(1, round(film.seconds)) if film else 1,
        )
        self._keep(file, upload.content)
        return file

    def _keep(self, file: StoredFile, content: bytes) -> None:
        self._files[file.file_id] = file
        if self._folder is None:
            self._bytes[file.file_id] = content
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / file.file_id).write_bytes(content)

    def to_json(self) -> list[Json]:
        """For the store; the bytes are in the folder already."""
        return [asdict(file) for file in self._files.values()]

    def from_json(self, rows: list[Json]) -> None:
        """Back from the store."""
        self._files = {row["file_id"]: StoredFile(**row) for row in rows}


def _moves(picture: "Picture | None", film: Film | None) -> bool:
    """Whether it is what Telegram shows as an animation: a GIF, or an MP4 without sound."""
    if film is not None:
        return not film.has_sound
    return picture is not None and picture.mime == "image/gif"


def _mime(upload: Upload) -> str:
    if upload.mime != "application/octet-stream":
        return upload.mime
    return mimetypes.guess_type(upload.name)[0] or upload.mime


@dataclass(frozen=True)
class Picture:
    """What a picture says of itself: width and height in pixels, and its type."""

    sides: tuple[int, int]
    mime: str


def picture_of(content: bytes) -> Picture | None:
    """What the bytes show, None when they are no picture."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            return Picture(image.size, Image.MIME.get(image.format or "", "image/png"))
    except (UnidentifiedImageError, OSError, ValueError):
        return None


def _check_photo(content: bytes, picture: Picture | None) -> None:
    if len(content) > PHOTO_LIMIT:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; "
            f"the maximum size is {PHOTO_LIMIT} bytes"
        )
    if picture is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    sides = picture.sides
    if sum(sides) > _PHOTO_SIDES or max(sides) > _PHOTO_RATIO * min(sides):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")

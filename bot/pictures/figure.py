"""Painting a body: soft shading inside silhouettes that are drawn four times as large."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from bot.pictures.palette import SHADE, Colour, Material, shaded
from bot.pictures.shapes import Coat, Decal, Seam, Shape, Sheet
from bot.pictures.space import Camera, Vec, dot, unit

Box = tuple[int, int, int, int]

SUPERSAMPLING: Final = 4
_MARGIN: Final = 22
# In picture axes (right, up, towards the onlooker): from the upper left, in front.
_LIGHT: Final[Vec] = unit((-0.5, 0.72, 0.62))
# Metres a part is moved towards the onlooker when it is decided what is painted first.
_NEARER: Final[Mapping[str, float]] = {
    "pelvis": -0.07,
    "upper-arm": 0.07,
    "forearm": 0.08,
    "hand": 0.09,
    "chair": -0.15,
    "doorway": 0.20,
}
_HEIGHT_COUNTS: Final = 0.2
_CORE: Final = ("pelvis", "torso", "neck", "head")
_ON_HEAD: Final = ("bun", "ear")


class _Quad(NamedTuple):
    corners: tuple[tuple[float, float], ...]
    near: float
    light: float


class _Canvas:
    """A figure in the making: the image, what of it is figure, and whose each pixel is."""

    def __init__(self, image: Image.Image) -> None:
        self.image = image
        self.covered = Image.new("L", image.size, 0)
        self.owners = Image.new("L", image.size, 0)
        self.coats: list[tuple[str, str]] = []

    def own(self, shape: str, material: str, mask: Image.Image, box: Box) -> None:
        """From now on the mask's pixels belong to this coat."""
        self.coats.append((shape, material))
        self.owners.paste(len(self.coats), box, mask.point(_SOLID))

    def seen(self, shape: str, box: Box, material: str | None = None) -> Image.Image | None:
        """What can still be seen of a shape painted earlier, perhaps of one material only."""
        table = [0] * 256
        for i, (name, stuff) in enumerate(self.coats, start=1):
            table[i] = 255 if name == shape and material in {None, stuff} else 0
        return self.owners.crop(box).point(table) if any(table) else None


_SOLID: Final = [0] * 128 + [255] * 128


def paint_figure(
    image: Image.Image, shapes: Sequence[Shape], camera: Camera, look: Mapping[str, Material]
) -> Image.Image:
    """Paints the shapes, the farthest first; gives back the mask of what they cover."""
    canvas = _Canvas(image)
    near = camera.axes[2]
    for shape in _back_to_front(shapes, near):
        flipped = shape.flipped_from is not None and dot(shape.flipped_from, near) > 0
        for coat in reversed(shape.coats) if flipped else shape.coats:
            _paint_coat(canvas, coat, shape, camera, look[coat.material])
        for decal in shape.decals:
            _paint_decal(canvas, decal, shape, camera, look[decal.material])
    return canvas.covered


def _back_to_front(shapes: Sequence[Shape], near: Vec) -> list[Shape]:
    """Farthest first, but always shorts, shirt, neck and head in this order.

    How high a shape is hardly counts: a tall post is not in front of a hand at its top.
    """
    near = (near[0], near[1], near[2] * _HEIGHT_COUNTS)
    order = {id(shape): dot(shape.middle, near) + _nearer(shape.name) for shape in shapes}
    core = {shape.name: shape for shape in shapes if shape.name in _CORE}
    lifted, below = 0.0, -1e9
    for name in _CORE:
        if name in core:
            free = order[id(core[name])]
            below = max(free, below + 1e-6)
            lifted = below - free
            order[id(core[name])] = below
    for shape in shapes:
        if shape.name in _ON_HEAD:
            order[id(shape)] += lifted
    return sorted(shapes, key=lambda shape: order[id(shape)])


def _nearer(name: str) -> float:
    return _NEARER.get(name.removeprefix("left-").removeprefix("right-"), 0.0)


def _visible(sheet: Sheet, camera: Camera, *, inside: bool = False) -> list[_Quad]:
    """The quads of a sheet that face the onlooker; with `inside` also the others, in the dark."""
    rows = [camera.project(row) for row in sheet]
    quads: list[_Quad] = []
    lx, ly, lz = _LIGHT
    for upper, lower in pairwise(rows):
        for a, b, c, d in zip(upper, upper[1:], lower[1:], lower, strict=False):
            ux, uy, uz = c[0] - a[0], c[1] - a[1], c[2] - a[2]
            vx, vy, vz = d[0] - b[0], d[1] - b[1], d[2] - b[2]
            nz = ux * vy - uy * vx
            if nz <= 0 and not inside:
                continue
            corners = (a[:2], b[:2], c[:2], d[:2])
            light = -1.0
            if nz > 0:
                nx, ny = uy * vz - uz * vy, uz * vx - ux * vz
                # Pixel rows grow downwards, so the picture's up is -y.
                light = (nx * lx - ny * ly + nz * lz) / (nx * nx + ny * ny + nz * nz) ** 0.5
            quads.append(_Quad(corners, a[2] + c[2], light))
    return quads


def _box(quads: Sequence[_Quad], size: tuple[int, int]) -> Box | None:
    """The pixels the quads can touch, with room for an outline; None when off the picture."""
    xs = [corner[0] for quad in quads for corner in quad.corners]
    ys = [corner[1] for quad in quads for corner in quad.corners]
    if not xs:
        return None
    box = (
        max(int(min(xs)) - _MARGIN, 0),
        max(int(min(ys)) - _MARGIN, 0),
        min(int(max(xs)) + _MARGIN, size[0]),
        min(int(max(ys)) + _MARGIN, size[1]),
    )
    return box if box[0] < box[2] and box[1] < box[3] else None


def _silhouette(quads: Sequence[_Quad], box: Box) -> Image.Image:
    k = SUPERSAMPLING
    left, top, right, bottom = box
    big = Image.new("L", ((right - left) * k, (bottom - top) * k), 0)
    draw = ImageDraw.Draw(big)
    for quad in quads:
        draw.polygon([((x - left) * k, (y - top) * k) for x, y in quad.corners], fill=255)
    return big.reduce(k)


def _colours(quads: Sequence[_Quad], box: Box, material: Material) -> Image.Image:
    left, top, right, bottom = box
    image = Image.new("RGB", (right - left, bottom - top), material.middle)
    draw = ImageDraw.Draw(image)
    for quad in sorted(quads, key=lambda q: q.near):
        tone = shaded(material, 0.5 + 0.5 * quad.light)
        draw.polygon([(x - left, y - top) for x, y in quad.corners], fill=tone)
    return image.filter(ImageFilter.BoxBlur(2.5))


def _paint_coat(
    canvas: _Canvas, coat: Coat, shape: Shape, camera: Camera, material: Material
) -> None:
    quads = [q for sheet in coat.sheets for q in _visible(sheet, camera, inside=coat.open)]
    box = _box(quads, canvas.image.size)
    if box is None:
        return
    mask = _silhouette(quads, box)
    apart, passage = _seams(canvas, shape, coat.material, box, camera)
    canvas.image.paste(SHADE, box, ImageChops.multiply(_cast(canvas, mask, box), apart))
    ring = mask.filter(ImageFilter.BoxBlur(1.3)).point(_SPREAD)
    canvas.image.paste(material.line, box, ImageChops.multiply(ring, apart))
    canvas.image.paste(_colours(quads, box, material), box, ImageChops.multiply(mask, passage))
    canvas.covered.paste(255, box, ring)
    canvas.own(shape.name, coat.material, mask, box)


# An outline is the silhouette, blurred and then hardened again outside of its edge.
_SPREAD: Final = [min(255, v * 4) for v in range(256)]
_FAINT: Final = [round(v * 0.32) for v in range(256)]


def _cast(canvas: _Canvas, mask: Image.Image, box: Box) -> Image.Image:
    """A soft shadow on the parts already there, so that overlapping limbs come apart."""
    shadow = Image.new("L", mask.size, 0)
    shadow.paste(mask, (3, 5))
    shadow = shadow.filter(ImageFilter.BoxBlur(6))
    return ImageChops.multiply(shadow, canvas.covered.crop(box)).point(_FAINT)


def _paint_decal(
    canvas: _Canvas, decal: Decal, shape: Shape, camera: Camera, material: Material
) -> None:
    quads = _visible(decal.sheet, camera)
    box = _box(quads, canvas.image.size)
    host = canvas.seen(shape.name, box) if box else None
    if box is None or host is None:
        return
    host = host.filter(ImageFilter.BoxBlur(1.0))
    mask = _silhouette(quads, box)
    if decal.fibres or decal.rim:
        rim = mask.filter(ImageFilter.BoxBlur(1.4)).point(_SPREAD)
        _lay(canvas, ImageChops.multiply(rim, host), box, material.line, 0.8)
    inside = ImageChops.multiply(mask, host)
    _lay(canvas, inside, box, _colours(quads, box, material), decal.strength)
    if decal.fibres:
        grain = ImageChops.multiply(_grain(decal.sheet, box, camera), inside)
        _lay(canvas, grain, box, material.line, 0.55)


def _lay(
    canvas: _Canvas, mask: Image.Image, box: Box, paint: Image.Image | Colour, strength: float
) -> None:
    canvas.image.paste(paint, box, mask.point([round(v * strength) for v in range(256)]))


def _grain(sheet: Sheet, box: Box, camera: Camera) -> Image.Image:
    """Every second row as a line, where it is on the near side."""
    k = SUPERSAMPLING
    big = Image.new("L", ((box[2] - box[0]) * k, (box[3] - box[1]) * k), 0)
    draw = ImageDraw.Draw(big)
    rows = [[((x - box[0]) * k, (y - box[1]) * k) for x, y, _ in camera.project(r)] for r in sheet]
    for row, below in list(pairwise(rows))[1::2]:
        for (ax, ay), (bx, by), (cx, cy) in zip(row, row[1:], below, strict=False):
            if (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) > 0:
                draw.line((ax, ay, bx, by), fill=255, width=5)
    return big.reduce(k)


def _seams(
    canvas: _Canvas, shape: Shape, material: str, box: Box, camera: Camera
) -> tuple[Image.Image, Image.Image]:
    """Two masks: where the shape keeps its outline, and how strongly its colours cover."""
    apart = Image.new("L", (box[2] - box[0], box[3] - box[1]), 255)
    passage = apart.copy()
    for seam in shape.seams:
        neighbour = canvas.seen(seam.neighbour, box)
        if neighbour is not None:
            _take(apart, neighbour, _disc(seam, 1.0, box, camera))
        alike = canvas.seen(seam.neighbour, box, material)
        if alike is not None:
            reach = seam.radius * camera.scale
            inner = alike.filter(ImageFilter.BoxBlur(reach * 0.12)).point(_INNER)
            fade = _fade(seam, shape.middle, box, camera)
            _take(passage, inner, fade)
    return apart, passage


_INNER: Final = [max(0, 2 * v - 255) for v in range(256)]


def _take(target: Image.Image, neighbour: Image.Image, amount: Image.Image) -> None:
    target.paste(ImageChops.subtract(target, ImageChops.multiply(amount, neighbour)))


def _disc(seam: Seam, share: float, box: Box, camera: Camera) -> Image.Image:
    ((x, y, _),) = camera.project([seam.at])
    reach = seam.radius * camera.scale * share
    x, y = x - box[0], y - box[1]
    disc = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
    ImageDraw.Draw(disc).ellipse((x - reach, y - reach, x + reach, y + reach), fill=255)
    return disc.filter(ImageFilter.BoxBlur(2.0))


def _fade(seam: Seam, middle: Vec, box: Box, camera: Camera) -> Image.Image:
    """Full before the joint, nothing beyond it: how much of the neighbour shows through."""
    (x, y, _), (mx, my, _) = camera.project([seam.at, middle])
    reach = seam.radius * camera.scale * 0.72
    length = max(((mx - x) ** 2 + (my - y) ** 2) ** 0.5, 1.0)
    dx, dy = (mx - x) / length * 126 / reach, (my - y) / length * 126 / reach
    x, y = x - box[0], y - box[1]
    size = (box[2] - box[0], box[3] - box[1])
    slope = Image.linear_gradient("L").transform(
        size,
        Image.Transform.AFFINE,
        (0, 0, 128, dx, dy, 128 - dx * x - dy * y),
    )
    return ImageChops.multiply(ImageChops.invert(slope), _disc(seam, 0.72, box, camera))

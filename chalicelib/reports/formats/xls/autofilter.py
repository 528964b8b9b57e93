"""The drop-down arrows of a sheet's filter: drawn objects, without which Excel shows a filter that cannot be used."""

from __future__ import annotations

from struct import pack

from chalicelib.reports.formats.xls.records import record

_DRAWING_GROUP, _DRAWING, _OBJECT = 0x00EB, 0x00EC, 0x005D
_SHAPES_A_DRAWING = 1 << 10
_CONTAINER = 0xF
_DROP_DOWN = 201
_GROUP_FLAGS, _SHAPE_FLAGS = 0x0005, 0x0A00
_OPTIONS = pack(
    "<HIHIHIHIHI", 0x007F, 0x01040104, 0x00BF, 0x00080008, 0x01BF, 0x00010000, 0x01FF, 0x00080000, 0x03BF, 0x000A0000
)
_SCROLL_BAR = pack("<HH", 0x000C, 20) + bytes.fromhex("0000000000000000640001000a00000010000100")
_LIST = pack("<HH", 0x0013, 0x1FEE) + bytes.fromhex("00000000010001030000020008005700")
_OBJECT_END = bytes(4)


def group(sheets: int, columns: int) -> bytes:
    """Return what the workbook says of all its drawings: one on each of these sheets, with an arrow a column."""
    shapes = columns + 1
    largest = (sheets << 10) + shapes
    clusters = b"".join(pack("<II", sheet, shapes) for sheet in range(1, sheets + 1))
    counts = pack("<IIII", largest, sheets + 1, sheets * shapes, sheets)
    return record(_DRAWING_GROUP, _escher(0xF000, _escher(0xF006, counts + clusters, 0), _CONTAINER))


def drawing(sheet: int, columns: int) -> bytes:
    """Return the arrows of one sheet, counted from 1: each a piece of drawing and the object it shows."""
    first = sheet * _SHAPES_A_DRAWING
    shapes = [_arrow(first + 1 + column, column) for column in range(columns)]
    frame = _escher(0xF009, bytes(16), 1) + _escher(0xF00A, pack("<II", first, _GROUP_FLAGS), 2)
    frame = _escher(0xF004, frame, _CONTAINER)
    inner = len(frame) + sum(map(len, shapes))
    counted = _escher(0xF008, pack("<II", columns + 1, first + columns), sheet << 4)
    outer = _head(0xF002, len(counted) + 8 + inner, _CONTAINER) + counted + _head(0xF003, inner, _CONTAINER) + frame
    shapes[0] = outer + shapes[0]
    return b"".join(record(_DRAWING, shape) + _object(number) for number, shape in enumerate(shapes, 1))


def _arrow(identity: int, column: int) -> bytes:
    shape = _escher(0xF00A, pack("<II", identity, _SHAPE_FLAGS), _DROP_DOWN << 4 | 2)
    options = _escher(0xF00B, _OPTIONS, 5 << 4 | 3)
    anchor = _escher(0xF010, pack("<HHHHHHHHH", 1, column, 0, 0, 0, column + 1, 0, 1, 0), 0)
    return _escher(0xF004, shape + options + anchor + _escher(0xF011, b"", 0), _CONTAINER)


def _object(number: int) -> bytes:
    common = pack("<HHHHHIII", 0x0015, 18, 0x0014, number, 0x2101, 0, 0, 0)
    return record(_OBJECT, common + _SCROLL_BAR + _LIST + _OBJECT_END)


def _escher(kind: int, content: bytes, version: int) -> bytes:
    return _head(kind, len(content), version) + content


def _head(kind: int, length: int, version: int) -> bytes:
    return pack("<HHI", version, kind, length)

"""The tree of text that every document's content is (NĐ 30/2020, Phụ lục I, Mục II.6)."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Literal, Protocol, Self, TypeVar

from docgen.base.declare import Record, field
from docgen.errors import Path

Level = Literal["phan", "muc", "khoan", "diem", "gach", "dieu", "khong"]

LEVEL_NAMES = {
    "phan": "Phần (Phần I)",
    "muc": "mục (I.)",
    "khoan": "khoản (1.)",
    "diem": "điểm (a)",
    "gach": "gạch đầu dòng (-)",
    "dieu": "Điều (Điều 1.)",
    "khong": "đoạn không đánh số",
}


class Node(Record):
    """A labelled piece of text and its children.

    Either ``heading`` (bold) or ``text`` is given and printed on the label's line. The label is computed from the
    level and the position among the siblings of that level; Điều are numbered through the document.
    """

    code: str | None = field("ma", "Mã", default=None, example="ii-1-a", help="mã cố định để chỉ tiêu trích dẫn")
    level: Level = field("cap", "Cấp", example="gach", choices=LEVEL_NAMES)
    heading: str | None = field("tieu_de", "Tiêu đề", default=None, example="MỤC TIÊU, YÊU CẦU", printed=True)
    text: str | None = field(
        "van", "Văn", default=None, example="Quyết định này có hiệu lực kể từ ngày ký.", printed=True
    )
    units: tuple[str, ...] = field("don_vi", "Đơn vị", default=(), example="phong-tu-phap", refers="don_vi")
    field_of_work: str | None = field("linh_vuc", "Lĩnh vực", default=None, example="the-che", refers="linh_vuc")
    children: "tuple[Node, ...]" = field("noi_dung", "Nội dung", default=())

    @property
    def line(self) -> str:
        """The heading or text."""
        return self.heading or self.text or ""


class Branch(Protocol):
    """A node of any tree of text."""

    @property
    def children(self) -> Sequence[Self]:
        """The nodes below it."""


N = TypeVar("N", bound=Branch)


def walk(nodes: Sequence[N], path: Path) -> Iterator[tuple[Path, N]]:
    """All nodes with their paths, in the order of printing (parents before children)."""
    for index, node in enumerate(nodes):
        here = (*path, index)
        yield here, node
        yield from walk(node.children, (*here, "noi_dung"))


def numbered(nodes: tuple[Node, ...]) -> Iterator[tuple[int, Node]]:
    """All nodes of a document with their numbers, in the order of printing (parents before children).

    Điều are counted through the document, other nodes among their siblings of the same level.
    """
    yield from _numbered(nodes, count(1))


def _numbered(nodes: tuple[Node, ...], articles: Iterator[int]) -> Iterator[tuple[int, Node]]:
    counts: dict[str, int] = {}
    for node in nodes:
        counts[node.level] = counts.get(node.level, 0) + 1
        yield (next(articles) if node.level == "dieu" else counts[node.level]), node
        yield from _numbered(node.children, articles)

"""How the pieces of a text are counted."""

from docgen.documents.text import paragraphs
from docgen.model.plan.text import Level, Node


def labels(*nodes: Node) -> list[str]:
    found = paragraphs(nodes)
    return [(paragraph["nhan_dam"] + paragraph["nhan"]).strip() for paragraph in found]


def node(level: Level, *below: Node) -> Node:
    if level in ("phan", "muc"):
        return Node(level=level, heading="x", children=below)
    return Node(level=level, text="x", children=below)


def test_articles_run_through_the_document() -> None:
    part = node("muc", node("dieu", node("khoan"), node("khoan")), node("dieu", node("khoan")))
    assert labels(part, part, node("dieu")) == [
        "I.", "Điều 1.", "1.", "2.", "Điều 2.", "1.", "II.", "Điều 3.", "1.", "2.", "Điều 4.", "1.", "Điều 5.",
    ]  # fmt: skip


def test_each_document_counts_its_own_articles() -> None:
    assert labels(node("dieu")) == labels(node("dieu")) == ["Điều 1."]


def test_other_levels_count_among_their_siblings() -> None:
    khoan = node("khoan", node("diem"), node("khong"), node("diem"))
    assert labels(node("muc", khoan, khoan), node("muc", khoan)) == [
        "I.", "1.", "a)", "", "b)", "2.", "a)", "", "b)", "II.", "1.", "a)", "", "b)",
    ]  # fmt: skip

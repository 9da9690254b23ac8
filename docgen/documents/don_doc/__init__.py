"""Công văn đôn đốc (mẫu 1.5): one letter to each unit that is behind with tasks, or hasn't answered."""

from typing import TYPE_CHECKING

from docgen.documents import cong_van
from docgen.documents.kind import Context, Kind, Setting

if TYPE_CHECKING:
    from docgen.documents.don_doc.letters import Letter


def build(setting: Setting["Letter"]) -> Context:
    """The context of the letter to one unit."""
    from docgen.documents.don_doc.letters import build_letter  # with all of the counting, which no other kind needs

    return build_letter(setting)


KIND = Kind(
    code="don_doc",
    title="Công văn đôn đốc",
    contract=cong_van.KIND.contract,
    build=build,
    template=cong_van.KIND.code,
    order=9,
)

"""Pictures that a plan names: each must be in the plan's folder and be what its name says."""

from collections.abc import Iterator
from pathlib import Path as FilePath

from docgen.base.images import ImageFault, read_image
from docgen.errors import Path, Place, Problem
from docgen.model.plan.frame import Frame
from docgen.model.plan.plan import Plan


def check_images(plan: Plan, folder: FilePath) -> Iterator[Problem]:
    """A problem, placed by its path, for each picture that can't be put into a document."""
    for path, frame in plan.frames():
        for key, name in _named_by(frame):
            try:
                read_image(folder, name)
            except ImageFault as fault:
                yield Problem(fault.code, fault.message, fault.hint, Place(path=(*path, *key)))


def _named_by(frame: Frame) -> Iterator[tuple[Path, str]]:
    if frame.emblem is not None:
        yield ("anh_bieu_trung",), frame.emblem
    if frame.signatory is not None and frame.signatory.signature_image is not None:
        yield ("nguoi_ky", "anh_chu_ky"), frame.signatory.signature_image

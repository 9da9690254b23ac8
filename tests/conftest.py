"""What tests share: the plans that they start from, and how they deal with expected files and missing tools."""

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli.main import docgen
from docgen.template.language.kept import VARIABLE
from tests.other_user import as_user, open_folder

__all__ = ["as_user", "open_folder"]  # fixtures of every test

ROOT = Path(__file__).parents[1]
BASE = ROOT / "tests" / "cases" / "plan" / "base"

MakePlan = Callable[..., Path]
MatchFile = Callable[[Path, str], None]


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing is kept in the home of whoever runs the tests, nor taken from there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what came out into the expected files")


@pytest.fixture(scope="session")
def sample() -> Path:
    """The folder of the real plan."""
    return ROOT / "data" / "huong-thuy-2023"


@pytest.fixture
def make_plan(tmp_path: Path) -> MakePlan:
    """Copies the small base plan to a folder named "plan" and lays files over it.

    ``overlay`` is a case's folder; ``files`` are texts or bytes by name, None to remove the base's; ``changes`` maps
    a name to pairs of a text that stands once in the file and its replacement.
    """

    def make(
        overlay: Path | None = None,
        files: dict[str, str | bytes | None] | None = None,
        changes: dict[str, list[tuple[str, str]]] | None = None,
    ) -> Path:
        folder = tmp_path / "plan"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(BASE, folder, ignore=shutil.ignore_patterns("expected.txt"))
        if overlay is not None:
            shutil.copytree(overlay, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
        for name, content in (files or {}).items():
            if content is None:
                (folder / name).unlink()
                continue
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        for name, pairs in (changes or {}).items():
            text = (folder / name).read_bytes().decode()
            for old, new in pairs:
                assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
                text = text.replace(old, new)
            (folder / name).write_bytes(text.encode())
        return folder

    return make


@pytest.fixture
def run() -> Callable[..., tuple[int, str]]:
    """Runs docgen in this process: exit code, and what a person sees (stdout and stderr as they come)."""

    def invoke(*arguments: str | Path) -> tuple[int, str]:
        result = CliRunner().invoke(docgen, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output

    return invoke


@pytest.fixture
def match_file(request: pytest.FixtureRequest) -> MatchFile:
    """Compares a text with an expected file; ``pytest --accept`` writes the file instead."""

    def match(expected: Path, text: str) -> None:
        if request.config.getoption("--accept"):
            expected.write_bytes(text.encode())
        assert expected.exists(), f"no {expected.name} in {expected.parent}: run pytest --accept and read it"
        assert text == expected.read_bytes().decode(), f"differs from {expected}; if it is right: pytest --accept"

    return match


@pytest.fixture
def needs_tool() -> Callable[[str], str]:
    """The path of a program that a test needs; without it the test is skipped aloud, on CI it fails."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            message = f"{name} is not installed, so this was NOT tested"
            if os.environ.get("CI") == "true":
                pytest.fail(message)
            warnings.warn(message, stacklevel=2)
            pytest.skip(message)
        return path

    return find

"""docgen in English, as a person asks for it; documents, forms and data stay as they are."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from docgen.cli.main import COMMANDS, MODULES
from tests.base.test_locale import NAMES, outside_quotes, vietnamese_words
from tests.cli.test_commands import outside
from tests.collected import half_done
from tests.conftest import MakePlan


def english(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    return outside(*arguments, DOCGEN_LANG="en", **more)


def left_in_vietnamese(text: str) -> set[str]:
    return vietnamese_words(outside_quotes(text)) - NAMES


# ---------------------------------------------------------------- how it is asked for


@pytest.mark.parametrize(
    "arguments", [("--lang", "en", "words", "x"), ("words", "x", "--lang", "en"), ("words", "--lang=en", "x")]
)
def test_the_option_stands_before_or_behind_the_command(arguments: tuple[str, ...]) -> None:
    done = outside(*arguments)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "error: “x” is not a number, because of “x”: write a number only, like 406 or 406,5",
        "Errors: 1.",
    ]


def test_the_option_wins_over_the_variable() -> None:
    assert b"Usage: " in english("--help").stdout
    assert vietnamese_words(english("--help").stdout.decode()) == NAMES - {"DỰ", "THẢO", "đồng", "nghìn", "triệu", "tỷ"}
    for arguments in (("--lang", "vi", "--help"), ("build", "--help", "--lang", "vi"), ("--lang", "vi", "build", "-h")):
        assert english(*arguments).stdout == outside(*arguments).stdout


@pytest.mark.parametrize("variable", ["LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES"])
def test_the_system_language_changes_nothing(variable: str) -> None:
    done = outside("validate", **{variable: "en_US.UTF-8"})
    assert "Lỗi: Thiếu tham số 'PLAN'." in done.stderr.decode()


@pytest.mark.parametrize("arguments", [("--lang", "fr", "words", "5"), ("words", "5", "--lang", "fr"), ("--lang",)])
def test_a_language_that_docgen_lacks(arguments: tuple[str, ...]) -> None:
    done = outside(*arguments)
    assert done.returncode == 2
    assert "--lang" in done.stderr.decode()


def test_a_variable_that_names_no_language() -> None:
    done = outside("words", "5", DOCGEN_LANG="fr")
    assert done.returncode == 2
    assert "'fr' không nằm trong: 'vi', 'en'" in done.stderr.decode()
    assert outside("words", "5", DOCGEN_LANG="").returncode == 0


def test_what_follows_two_dashes_is_no_option() -> None:
    done = outside("words", "--", "--lang=en")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("lỗi: ")


def test_english_is_loaded_only_when_asked_for() -> None:
    script = (
        "import builtins, gettext, sys; sys.argv = ['docgen', 'words', '5']\n"
        "opened = []\n"
        "gettext.translation = lambda domain, *_rest, **_more: opened.append(domain) or gettext.NullTranslations()\n"
        "from docgen.cli.main import main\n"
        "main()\n"
        "assert 'docgen' not in opened, opened\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


# ---------------------------------------------------------------- what is said


def command_paths() -> Iterator[tuple[str, ...]]:
    for name in COMMANDS:
        command: click.Command = import_module(f"docgen.cli.{MODULES.get(name, name)}").command
        yield (name,)
        for below in getattr(command, "commands", {}):
            yield (name, below)


def test_help_is_english_throughout() -> None:
    """All in one process, which chooses its language as a person's shell would."""
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from docgen.cli.main import docgen\n"
        "for words in sys.argv[1:]:\n"
        "    result = CliRunner().invoke(docgen, [*words.split(), '--help'])\n"
        "    print(words, result.output, sep='\\n')\n"
    )
    paths = list(map(" ".join, command_paths()))
    environment = {**os.environ, "DOCGEN_LANG": "en", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", script, *paths], capture_output=True, env=environment, check=True)
    shown = done.stdout.decode() + english("--help").stdout.decode()
    assert shown.count("Usage: ") == len(paths) + 1 > 20
    choices = shown.replace("[linh|lẻ]", "").replace("[nghìn|ngàn]", "").replace("[tư|bốn]", "").replace("[tỷ|tỉ]", "")
    lines = {line for line in outside_quotes(choices).splitlines() if vietnamese_words(line) - NAMES}
    assert lines == set()


def test_errors_of_validate(make_plan: MakePlan) -> None:
    plan = make_plan(changes={"ke-hoach.yaml": [("nam: 2026", "nam: 2026\nnam: 2027")]})
    done = english("validate", plan)
    assert done.returncode == 3
    said = done.stderr.decode()
    assert "error: key “nam” is given twice\n  see also: " in said
    assert "\n  → keep one, delete or rename the other\nErrors: 1.\n" in said
    assert left_in_vietnamese(said) == set()


def test_errors_of_a_form(tmp_path: Path) -> None:
    form = tmp_path / "ke-hoach.xlsx"
    assert english("form", "plan", "-o", form).returncode == 0
    done = english("validate", form)
    assert done.returncode == 3
    said = done.stderr.decode()
    assert "is missing\n  → fill in this cell, for example: " in said
    examples = re.compile("(for example|Choose one of): .*")
    assert left_in_vietnamese(examples.sub("", said)) == set()


def test_an_error_of_build(make_plan: MakePlan, tmp_path: Path) -> None:
    done = english("build", make_plan(), "-o", tmp_path / "out", "--only", "quyet-dinhh")
    assert done.returncode == 2
    said = done.stderr.decode()
    assert "error: the plan has no document “quyet-dinhh”\n  → did you mean “quyet-dinh”?" in said
    assert left_in_vietnamese(said) == set()


def test_a_template_that_is_wrong(make_plan: MakePlan, tmp_path: Path) -> None:
    """The places in a template are kept in the cache, in the language in which they were found."""
    from docx import Document

    templates, cache = tmp_path / "mau", str(tmp_path / "cache")
    templates.mkdir()
    wrong = Document()
    wrong.add_paragraph("{{ van_ban.khong_co }}")
    wrong.save(str(templates / "quyet_dinh.docx"))
    told = {}
    for name in ("vi", "en", "vi"):
        arguments = ("--lang", name, "build", make_plan(), "-o", tmp_path / "out", "--templates", templates)
        done = outside(*arguments, DOCGEN_CACHE=cache)
        assert done.returncode == 4, done.stderr.decode()
        told.setdefault(name, done.stderr.decode())
        assert told[name] == done.stderr.decode()
    assert "body, paragraph 1: error: “van_ban” has no field “khong_co”" in told["en"]
    assert "thân văn bản, đoạn 1: lỗi: “van_ban” không có trường “khong_co”" in told["vi"]
    assert left_in_vietnamese(told["en"]) == set()


def test_a_finding_of_check(tmp_path: Path) -> None:
    from docx import Document

    letter = Document()
    letter.add_paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    letter.add_paragraph("Nội dung.")
    path = tmp_path / "cong-van.docx"
    letter.save(str(path))
    done = english("check", path)
    assert done.returncode == 1
    said = done.stdout.decode()
    assert "error ND30-G1.1: The paper is not A4: is" in said
    # A legal basis is named as the decree has it, so that it can be looked up there.
    sentences = "\n".join(line for line in said.splitlines() if "Basis: " not in line)
    assert "Basis: " in said
    assert left_in_vietnamese(sentences) == set()


# ---------------------------------------------------------------- what stays


def test_documents_forms_and_data_are_the_same_in_every_language(
    sample: Path, make_plan: MakePlan, tmp_path: Path
) -> None:
    made = {}
    for name in ("vi", "en"):
        out, plan = tmp_path / name, tmp_path / f"plan-{name}"
        make_plan().rename(plan)
        steps: list[tuple[str | Path, ...]] = [
            ("build", sample, "-o", out / "documents"),
            ("build", sample, "-o", out / "unit", "--unit", "phong-noi-vu"),
            ("report", sample, "--period", "2023-H1", "--as-of", "01/07/2023", "--xlsx", "-o", out / "report"),
            ("remind", sample, "--period", "2023-H1", "--as-of", "01/09/2023", "--du-thao", "-o", out / "letters"),
            ("form", "plan", "-o", out / "empty.xlsx"),
            ("form", "plan", sample, "-o", out / "filled.xlsx"),
            ("form", "progress", sample, "--period", "2023-Q1", "--all", "-o", out / "forms"),
            ("convert", out / "filled.xlsx", "-o", out / "plan"),
            ("init", out / "new", "--year", "2026"),
            ("template", "new", "bao_cao", "-o", out / "bao_cao.docx"),
            ("form", "progress", plan, "--period", "2026-Q1", "--unit", "phong-kinh-te", "-o", out / "sent"),
        ]
        for step in steps:
            done = outside(*step, DOCGEN_LANG=name)
            assert done.returncode == 0, done.stderr.decode()
        made[name] = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        (returned,) = (out / "sent").iterdir()
        done = outside("collect", plan, half_done(returned), "--period", "2026-Q1", DOCGEN_LANG=name)
        assert done.returncode == 0, done.stderr.decode()
        made[name][Path("collected")] = (plan / "tien-do" / "2026-Q1.yaml").read_bytes()
    assert len(made["vi"]) > 30
    assert [path for path, content in made["vi"].items() if made["en"].get(path) != content] == []
    assert made["vi"].keys() == made["en"].keys()

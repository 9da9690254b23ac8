"""``--format json``: every command prints one envelope, whether it succeeds or not, as ``docgen schema`` says."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, ValidationError

from docgen.cli.main import docgen
from tests.batch.offices import office
from tests.cli import ALL_COMMANDS as COMMANDS
from tests.cli import fault_of_ours
from tests.collected import TASKS, half_done, sent
from tests.conftest import ROOT, MakePlan
from tests.forms import fill
from tests.layout.documents import build, letter
from tests.offices.tables import OFFICES

SCHEMA: dict[str, Any] = json.loads((ROOT / "docgen" / "base" / "envelope.schema.json").read_text(encoding="utf-8"))
SHIPPED = ROOT / "templates_docx"
#: What prints something else than the envelope.
WITHOUT = {"schema"}


SPEAKING = [name for name in COMMANDS if name not in WITHOUT]


def validate(found: Any, command: str) -> None:
    """Hold an envelope against the definition of a command."""
    definition = f"#/$defs/commands/{command.replace(' ', '-')}"
    Draft202012Validator({**SCHEMA, "$ref": definition}).validate(found)


def envelope_of(command: str, *arguments: object, code: int) -> dict[str, Any]:
    """What a command prints with ``--format json``, held against its schema."""
    done = CliRunner().invoke(docgen, [*command.split(), "--format", "json", *map(str, arguments)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    validate(found, command)
    assert found["ok"] is (code == 0)
    return found


# ---------------------------------------------------------------- cases


@dataclass
class World:
    """A folder of one's own, and what cases need in it."""

    home: Path
    make_plan: MakePlan

    def plan(self) -> Path:
        return self.make_plan()

    def bad_plan(self) -> Path:
        return self.make_plan(ROOT / "tests" / "invalid" / "code-doubled-task")

    def form(self) -> Path:
        """A plan's form with an amount that isn't one."""
        path = self.home / "ke-hoach.xlsx"
        envelope_of("form plan", self.plan(), "-o", path, code=0)
        return path

    def form_sent(self, cells: dict[str, dict[str, object]] | None = None) -> list[object]:
        """The words of a collect of one unit's form."""
        plan = self.plan()
        path = half_done(sent(plan, self.home / "forms")["phong-kinh-te"])
        if cells:
            fill(path, cells)
        return [plan, path, "--period", "2026-Q1"]

    def edited(self, name: str) -> Path:
        """A file that docgen didn't make."""
        path = self.home / name
        path.write_bytes(b"my own")
        return path

    def letter(self) -> Path:
        path = self.home / "dung.docx"
        path.write_bytes(build(letter()))
        return path

    def bad_letter(self) -> Path:
        return Path(shutil.copy(ROOT / "tests" / "layout" / "letters" / "cong-van-muoi-loi.docx", self.home))

    def jobs(self, *plans: str) -> Path:
        return office(self.home, "cong_viec:\n  - {plan: 'ke-hoach/*', kind: tat_ca}\n", *plans)

    def jobs_done(self) -> Path:
        path = self.jobs()
        envelope_of("batch run", path, "-j", 1, code=0)
        return path

    def bad_jobs(self) -> Path:
        path = self.jobs("a", "b")
        (self.home / "ke-hoach" / "a" / "ke-hoach.yaml").write_text("ma: x\n", encoding="utf-8")
        return path


SAMPLE = ROOT / "data" / "huong-thuy-2023"
DECISION = SHIPPED / "quyet_dinh.docx"
#: Command, exit code, its further words; a command may have several of one code.
CASES: list[tuple[str, int, Callable[[World], list[object]]]] = [
    ("batch run", 0, lambda world: [world.jobs(), "-j", 1]),
    ("batch run", 0, lambda world: [world.jobs(), "-j", 1, "--dry-run"]),
    ("batch run", 5, lambda world: [world.bad_jobs(), "-j", 1]),
    ("batch run", 3, lambda world: [world.home / "khong-co.yaml"]),
    ("batch status", 0, lambda world: [world.jobs_done()]),
    ("batch status", 2, lambda world: [world.jobs()]),
    ("build", 0, lambda world: [world.plan(), "-o", world.home / "out"]),
    ("build", 3, lambda world: [world.bad_plan(), "-o", world.home / "out"]),
    ("build", 6, lambda world: [world.plan(), "-o", world.edited("quyet-dinh.docx").parent]),
    ("build", 2, lambda world: [world.plan(), "--ngay", "31/02/2023"]),
    ("check", 0, lambda world: [world.letter()]),
    ("check", 1, lambda world: [world.letter(), world.bad_letter(), world.edited("hong.docx"), "--annotate"]),
    ("check", 2, lambda world: [world.home / "khong-co.docx"]),
    ("collect", 0, lambda world: world.form_sent()),
    ("collect", 3, lambda world: [*world.form_sent({TASKS: {"G6": 150}}), "--annotate"]),
    ("convert", 0, lambda world: [world.plan(), "-o", world.home / "ke-hoach.xlsx"]),
    ("convert", 0, lambda world: [world.form(), "-o", world.home / "moi"]),
    ("convert", 3, lambda world: [world.home, "-o", world.home / "a.xlsx"]),
    ("fields", 0, lambda world: []),
    ("fields", 2, lambda world: ["thua"]),
    ("form plan", 0, lambda world: ["-o", world.home / "a.xlsx"]),
    ("form plan", 6, lambda world: ["-o", world.edited("a.xlsx")]),
    ("form progress", 0, lambda world: [world.plan(), "--period", "2026-Q1", "--all", "-o", world.home / "bm"]),
    ("form progress", 2, lambda world: [world.plan(), "--period", "2026-Q1", "-o", world.home / "bm"]),
    ("import tasks", 0, lambda world: [OFFICES["plain"](world.home / "b.xlsx"), "--into", world.plan()]),
    ("import tasks", 3, lambda world: [world.edited("b.xlsx"), "--into", world.plan()]),
    ("init", 0, lambda world: [world.home / "moi"]),
    ("init", 6, lambda world: [world.edited("a").parent]),
    ("periods", 0, lambda world: [2023]),
    ("periods", 2, lambda world: [2023, "--scheme", "khong-co"]),
    ("remind", 0, lambda world: [SAMPLE, "--period", "2023-H1", "--as-of", "20/06/2023", "-o", world.home]),
    ("remind", 2, lambda world: [SAMPLE, "--period", "2023-H1", "--as-of", "31/02/2023"]),
    ("report", 0, lambda world: [SAMPLE, "--period", "2023-H1", "--xlsx", "-o", world.home]),
    ("report", 2, lambda world: [SAMPLE, "--period", "2023-Q7"]),
    ("rules", 0, lambda world: []),
    ("rules", 2, lambda world: ["ND30-01.111"]),
    ("schedule", 0, lambda world: [world.jobs(), "--cron"]),
    ("schedule", 0, lambda world: [world.jobs(), "--systemd", "-o", world.home]),
    ("schedule", 2, lambda world: [world.jobs()]),
    ("template check", 0, lambda world: [SHIPPED]),
    ("template check", 1, lambda world: [strange(world), DECISION]),
    ("template check", 4, lambda world: [world.edited("hong.docx"), DECISION]),
    ("template diff", 0, lambda world: [DECISION, SHIPPED / "van_ban.docx"]),
    ("template diff", 0, lambda world: [DECISION, DECISION, "--data", SAMPLE]),
    ("template diff", 3, lambda world: [DECISION, DECISION, "--data", world.home / "khong-co"]),
    ("template fields", 0, lambda world: ["ke_hoach"]),
    ("template fields", 2, lambda world: ["quyetdinh2"]),
    ("template new", 0, lambda world: ["quyet_dinh", "-o", world.home / "a.docx"]),
    ("template new", 6, lambda world: ["quyet_dinh", "-o", world.edited("a.docx")]),
    ("template preview", 0, lambda world: [SHIPPED / "cong_van.docx", "-o", world.home]),
    ("template preview", 4, lambda world: [world.edited("hong.docx")]),
    ("validate", 0, lambda world: [world.plan()]),
    ("validate", 0, lambda world: [world.form(), "--annotate"]),
    ("validate", 3, lambda world: [world.bad_plan()]),
    ("words", 0, lambda world: [406, "--don-vi-tinh", "triệu đồng"]),
    ("words", 2, lambda world: ["2O"]),
]


def strange(world: World) -> Path:
    """A template with a tag that no contract knows."""
    import docx

    path = world.home / "cong_van.docx"
    document = docx.Document(str(SHIPPED / "cong_van.docx"))
    document.paragraphs[-1].add_run("{{ khong_co }}")
    document.save(str(path))
    return path


@pytest.fixture
def world(tmp_path: Path, make_plan: MakePlan, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr("docgen.workflows.templates.find_libreoffice", lambda: None)
    return World(tmp_path / "home", make_plan)


@pytest.mark.parametrize(("command", "code", "words"), CASES, ids=[f"{one[0]} {one[1]}" for one in CASES])
def test_a_command_prints_one_envelope(
    command: str, code: int, words: Callable[[World], list[object]], world: World
) -> None:
    world.home.mkdir()
    found = envelope_of(command, *words(world), code=code)
    told = found["problems"] or found["kept"] or found.get("summary", {}).get("told")
    assert told or code == 0, "why it failed isn't told"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_json_a_definition_and_cases(command: str) -> None:
    speaks = any("--format" in option.opts for option in COMMANDS[command].params)
    assert speaks is (command not in WITHOUT)
    codes = {code for name, code, _words in CASES if name == command}
    assert (0 in codes and len(codes) > 1) is speaks, f"{command} needs a case that succeeds and one that fails"


def test_the_schema_defines_these_commands_and_no_others() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["$defs"]["commands"]) == {name.replace(" ", "-") for name in SPEAKING}


def test_the_schema_is_printed_as_it_ships() -> None:
    done = CliRunner().invoke(docgen, ["schema"])
    assert done.exit_code == 0
    assert done.stdout_bytes == (ROOT / "docgen" / "base" / "envelope.schema.json").read_bytes()


@pytest.mark.parametrize("command", SPEAKING)
def test_a_key_that_nobody_defined_is_refused(command: str) -> None:
    found = envelope_of(command, "--khong-co", code=2)
    validate(found, command)
    for wrong in ({**found, "extra": 1}, {**found, "version": 0}, {**found, "problems": [{"message": "x"}]}):
        with pytest.raises(ValidationError):
            validate(wrong, command)


# ---------------------------------------------------------------- findings are problems


def test_findings_are_problems_with_a_rule_and_their_file(world: World) -> None:
    world.home.mkdir()
    good, bad = world.letter(), world.bad_letter()
    found = envelope_of("check", good, bad, code=1)
    assert {one["place"]["file"] for one in found["problems"]} == {bad.as_posix()}
    rules = [one["rule"] for one in found["problems"]]
    assert "ND30-01.1" in rules and [one["code"] for one in found["problems"]] == [f"form.{rule}" for rule in rules]
    assert [(one["ok"], one["errors"], one["warnings"]) for one in found["files"]] == [(True, 0, 0), (False, 9, 1)]


def test_findings_of_a_template_s_form_have_the_same_code_and_rule(world: World) -> None:
    import docx

    world.home.mkdir()
    path = world.home / "cong_van.docx"
    document = docx.Document(str(SHIPPED / "cong_van.docx"))
    document.sections[0].left_margin = docx.shared.Mm(10)
    document.save(str(path))
    found = envelope_of("template check", path, code=1)
    assert [(one["rule"], one["code"]) for one in found["problems"]] == [("ND30-G3.3", "form.ND30-G3.3")]


# ---------------------------------------------------------------- usage, and faults of ours


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["khong-co", "--format", "json"], "usage"),
        (["--khong-co", "--format=json"], "usage.option"),
        (["validate", "--format", "json"], "usage.missing"),
        (["check", "a.docx", "--format", "json", "-j", "0"], "usage.value"),
        (["batch", "--format", "json"], "usage.option"),
        (["validate", "--format", "text", "--format", "json"], "usage.missing"),
        (["schema", "--format", "json"], "usage.option"),
    ],
)
def test_wrong_usage_is_an_envelope_too(arguments: list[str], code: str) -> None:
    done = CliRunner().invoke(docgen, arguments)
    found = json.loads(done.stdout)
    validate(found, "build")
    assert (done.exit_code, found["ok"], found["problems"][0]["code"]) == (2, False, code)
    assert "--help" in found["problems"][0]["hint"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate", "--format", "json", "--format", "text"],
        ["validate", "--khong-co", "--", "--format", "json"],
        ["validate", "x", "--format"],
    ],
)
def test_wrong_usage_is_text_where_no_json_is_asked_for(arguments: list[str]) -> None:
    done = CliRunner().invoke(docgen, arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr


def test_a_fault_of_ours_is_an_envelope_too() -> None:
    done = fault_of_ours("--format", "json")
    assert (done.returncode, done.stderr) == (70, b"")
    found = json.loads(done.stdout)
    validate(found, "words")
    assert found["problems"][0]["code"] == "internal"

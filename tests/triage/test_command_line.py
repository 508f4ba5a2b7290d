"""`peekui triage` and `peekui plan`: data on standard output, the rest on standard error, and telling exit statuses."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from peekui.cli import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.answering import Answering
    from tests.service import Service
    from tests.triage.shelf import Shelf

    Peekui = Callable[..., Result]


@pytest.fixture
def peekui(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Peekui]:
    """Run a command against a service, with nothing remembered but by the commands of the same test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def run(service: Service | str, *arguments: str) -> Result:
        url = service if isinstance(service, str) else service.base_url
        key = "sk_1" if isinstance(service, str) else service.api_key.reveal()
        environment = {"MIXPEEK_BASE_URL": url, "MIXPEEK_API_KEY": key}
        # `asyncio.run` takes the event loop of the tests away from the thread it is called in.
        return thread.submit(CliRunner().invoke, cli, [*arguments], env=environment).result()

    with ThreadPoolExecutor(1) as thread:
        yield run


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_failed_assets_on_every_axis(demo: Service, peekui: Peekui) -> None:
    by_signature = peekui(demo, "triage", "failed", "--format=jsonl")
    assert by_signature.exit_code == 0, by_signature.stderr
    groups = lines(by_signature)
    total = sum(group["count"] for group in groups)
    assert "EmptyFile: the file has no content" in {group["signature"] for group in groups}
    assert by_signature.stderr == f"{total} rows, 1 of 1 pages read\n"
    for axis in ("collection", "modality", "type", "day"):
        again = lines(peekui(demo, "triage", "failed", f"--by={axis}", "--format=jsonl"))
        assert sum(group["count"] for group in again) == total
        assert axis in again[0]
    scanned = lines(peekui(demo, "triage", "failed", "--scan", "--format=jsonl"))
    assert [(one["signature"], one["count"]) for one in scanned] == [(one["signature"], one["count"]) for one in groups]


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.csv", "signature,count"),
        ("x.json", "[\n{"),
        ("x.jsonl", '{"signature"'),
        ("x.md", "| signature"),
        ("x.parquet", "PAR1"),
    ],
)
def test_groups_are_exported_to_a_new_file(
    demo: Service, peekui: Peekui, tmp_path: Path, name: str, begins: str
) -> None:
    path = tmp_path / name
    done = peekui(demo, "triage", "failed", "--export", str(path), "--format=jsonl")
    assert done.exit_code == 0, done.stderr
    assert path.read_bytes().startswith(begins.encode())
    assert done.stderr.endswith(f"Wrote {path}: {len(lines(done))} rows.\n")
    again = peekui(demo, "triage", "failed", "--export", str(path))
    assert (again.exit_code, "is there already" in again.stderr) == (2, True)
    copies = peekui(demo, "triage", "duplicates", "--export", str(tmp_path / f"copies-{name}"))
    assert copies.exit_code == 0, copies.stderr


def test_a_file_that_ends_in_no_form_is_refused(demo: Service, peekui: Peekui, tmp_path: Path) -> None:
    for path, said in ((tmp_path / "x.xls", "ends in no form"), (tmp_path / "none" / "x.csv", "cannot be written")):
        refused = peekui(demo, "triage", "failed", "--export", str(path))
        assert (refused.exit_code, said in refused.stderr) == (2, True)
    assert list(tmp_path.glob("*.*")) == []


def test_parquet_goes_into_a_pipe(demo: Service, peekui: Peekui) -> None:
    assert peekui(demo, "triage", "failed", "--format=parquet").stdout_bytes.startswith(b"PAR1")


def test_what_is_new_since_the_last_time_is_told(shelf: Shelf, peekui: Peekui) -> None:
    shelf.put("since", {"a.json": '{"cut', "fine.txt": "fine"})
    assert peekui(shelf.service, "triage", "failed", "-c", "since").exit_code == 0
    shelf.put("since", {"a.json": '{"cut', "fine.txt": "fine", "b.png": ""})
    result = peekui(shelf.service, "triage", "failed", "-c", "since")
    assert "1 new since 20" in result.stderr
    table = result.stdout.splitlines()
    assert table[0].split()[:4] == ["SIGNATURE", "COUNT", "SHARE", "CHANGE"]
    assert [line.split("  ")[0] for line in table if " new " in line] == ["EmptyFile: the file has no content"]


def test_nothing_found_is_status_1(shelf: Shelf, peekui: Peekui) -> None:
    shelf.put("fine", {"a.txt": "1", "b.txt": "2"})
    for command in ("failed", "duplicates"):
        result = peekui(shelf.service, "triage", command, "-c", "fine", "--format=jsonl")
        assert (result.exit_code, result.stdout) == (1, "")


@pytest.mark.parametrize(("status", "exit_code"), [(401, 4), (403, 4), (429, 5), (500, 3)])
def test_what_the_service_says_is_the_exit_status(
    answering: Answering, peekui: Peekui, status: int, exit_code: int
) -> None:
    result = peekui(answering(status, retry_after="1000"), "triage", "failed")
    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert result.stderr.startswith("peekui: ")


def test_wrong_usage_is_status_2(demo: Service, peekui: Peekui, tmp_path: Path) -> None:
    rule = tmp_path / "rule.toml"
    rule.write_text('criteria = ["done"]\nprotected = ["nowhere"]')
    for arguments in (
        ("triage", "failed", "-c", "nowhere"),
        ("triage", "duplicates", "--rule", str(tmp_path / "none.toml")),
        ("triage", "duplicates", "--rule", str(rule)),
        ("plan", "run", str(tmp_path / "none.plan")),
        ("plan", "run", str(rule)),
    ):
        result = peekui(demo, *arguments)
        assert result.exit_code == 2, arguments
        assert result.stderr.splitlines()[-1].startswith("peekui: ")


def test_no_key_is_status_4(peekui: Peekui, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIXPEEK_API_KEY", raising=False)
    with ThreadPoolExecutor(1) as thread:
        result = thread.submit(CliRunner().invoke, cli, ["triage", "failed"]).result()
    assert result.exit_code == 4
    assert "No API key" in result.stderr


def test_a_rule_asks_for_features_where_it_goes_by_them(shelf: Shelf, peekui: Peekui, tmp_path: Path) -> None:
    shelf.put("featured", {"a.txt": "has one", "b.txt": "has one", "alone.txt": "has another"})
    rule = tmp_path / "rule.toml"
    rule.write_text('criteria = ["has features", "newest"]\n')
    made = peekui(shelf.service, "triage", "duplicates", "-c", "featured", "--rule", str(rule), "-f", "jsonl")
    assert "Asking which of 2 copies have features: at least 1 call" in made.stderr
    [group] = lines(made)
    assert (group["why"], group["keep"]) == (["newest"], [shelf.assets("featured")["b"]["asset_id"]])


def test_from_duplicates_to_a_plan_that_was_run(shelf: Shelf, peekui: Peekui, tmp_path: Path) -> None:
    shelf.put("plans", {"a.txt": "1", "b.txt": "1", "c.txt": "1"}, {"c.txt": {"rights": "ours"}})
    shelf.put("vault", {"other.txt": "2", "v.txt": "1"})
    rule, plan = tmp_path / "rule.toml", tmp_path / "x.plan"
    rule.write_text('criteria = ["oldest"]\ncollections = ["plans"]\nprotected = ["vault"]\n')
    ask = ("triage", "duplicates", "-c", "plans", "-c", "vault", "--rule", str(rule), "--merge-metadata", "-f", "jsonl")
    made = peekui(shelf.service, *ask, "--plan", str(plan))
    assert made.exit_code == 0, made.stderr
    [group] = lines(made)
    assert (group["copies"], group["spare_bytes"], group["collections"]) == (4, 2, ["plans", "vault"])
    assert len(group["drop"]) == 2
    assert peekui(shelf.service, *ask, "--plan", str(plan)).exit_code == 2

    shown = lines(peekui(shelf.service, "plan", "show", str(plan), "-f", "jsonl"))
    assert [act["do"] for act in shown] == ["fill in metadata", "delete", "delete"]
    assert {act["outcome"] for act in shown} == {"open"}
    dry = peekui(shelf.service, "plan", "run", str(plan), "--dry-run", "-f", "jsonl")
    assert {act["outcome"] for act in lines(dry)} == {"done"}
    for wrong in ((), ("--yes=3",)):
        refused = peekui(shelf.service, "plan", "run", str(plan), *wrong)
        assert (refused.exit_code, "2 assets would be deleted" in refused.stderr) == (2, True)
    refused = peekui(shelf.service, "--read-only", "plan", "run", str(plan), "--yes=2")
    assert (refused.exit_code, "read-only" in refused.stderr) == (2, True)
    assert lines(peekui(shelf.service, "--read-only", "plan", "run", str(plan), "--dry-run", "-f", "jsonl"))
    assert sorted(shelf.assets("plans")) == ["a", "b", "c"]

    done = peekui(shelf.service, "plan", "run", str(plan), "--yes=2", "-f", "jsonl")
    assert done.exit_code == 0, done.stderr
    assert [act["outcome"] for act in lines(done)] == ["done"] * 3
    assert shelf.assets("plans")["a"]["metadata"]["rights"] == "ours"
    assert sorted(shelf.assets("plans")) == ["a"]
    assert sorted(shelf.assets("vault")) == ["other", "v"]
    assert peekui(shelf.service, "plan", "run", str(plan), "--yes=2").exit_code == 2
    assert peekui(shelf.service, "plan", "resume", str(plan)).stderr == "Nothing was to be done.\n"
    undone = peekui(shelf.service, "plan", "undo", str(plan), "-f", "jsonl")
    assert (undone.exit_code, [act["outcome"] for act in lines(undone)]) == (3, ["failed", "failed", "undone"])
    assert "rights" not in shelf.assets("plans")["a"]["metadata"]

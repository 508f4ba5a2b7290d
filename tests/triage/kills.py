"""`peekui plan resume`, killed again and again at random moments.

    python -m tests.triage.kills [--kills 50] [--seed N]

Between the program and the service stands a proxy that notes what the service did, and kills the program with SIGKILL
before a call reaches the service, before its answer goes back, or as the answer arrives. Each process is forked from
one that has imported everything, so that fifty kills take seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import multiprocessing
import os
import random
import sys
import tempfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

import pytest

from peekui.cli import cli
from peekui.triage.plans.acts import ActKind
from peekui.triage.plans.journal import journal_path, read_journal
from peekui.triage.plans.running import open_acts
from tests.service import serving
from tests.triage.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from multiprocessing.context import ForkServerProcess

    from peekui.triage.plans.acts import Plan
    from tests.service import Service

__all__ = ["play"]

_PHASES: Final = ("before the service", "before the answer", "at the answer")
_PATIENCE: Final = 60.0
_IMPORTED: Final = (
    "peekui.api.client",
    "peekui.cli.planning",
    "peekui.triage.plans.running",
    "peekui.triage.plans.undoing",
)


class _Proxy:
    """Stands between program and service.

    Attributes:
        done: Every change that the service made, as `METHOD path`.
        victim: Whom to kill.
        at: At which call from now on, and in which phase; None for never.
    """

    def __init__(self, service: Service) -> None:
        self.done: list[str] = []
        self.victim: ForkServerProcess | None = None
        self.at: tuple[int, str] | None = None
        self._http = service.http()
        self._calls = itertools.count()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                proxy.pass_on(self)

            do_PATCH = do_DELETE = do_POST = do_GET  # noqa: N815  (names that the base class looks for)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def begin(self, at: tuple[int, str] | None) -> None:
        """Count calls from now on."""
        self._calls, self.at = itertools.count(), at

    def pass_on(self, call: BaseHTTPRequestHandler) -> None:
        """Pass one call on, or kill who made it."""
        number = next(self._calls)
        if self._kill((number, _PHASES[0])):
            return
        body = call.rfile.read(int(call.headers.get("Content-Length", 0)))
        answer = self._http.request(call.command, call.path, content=body or None)
        if call.command in {"PATCH", "DELETE"} and answer.is_success:
            self.done.append(f"{call.command} {call.path}")
        if self._kill((number, _PHASES[1])):
            return
        try:
            call.send_response(answer.status_code)
            call.send_header("Content-Length", str(len(answer.content)))
            call.end_headers()
            call.wfile.write(answer.content)
            call.wfile.flush()
        except OSError:
            return  # it was killed
        self._kill((number, _PHASES[2]))

    def close(self) -> None:
        """Close the connections."""
        self.server.server_close()
        self._http.close()

    def _kill(self, moment: tuple[int, str]) -> bool:
        if self.at != moment or self.victim is None:
            return False
        self.victim.kill()
        return True


@contextmanager
def _proxy(service: Service) -> Iterator[_Proxy]:
    proxy = _Proxy(service)
    thread = Thread(target=proxy.server.serve_forever)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.server.shutdown()
        thread.join()
        proxy.close()


def play(shelf: Shelf, plan: Plan, path: Path, *, kills: int, seed: int) -> list[str]:
    """Run a plan that is killed so many times, then to its end.

    Args:
        shelf: Where its assets are.
        plan: As it stands in the file.
        path: The file.
        kills: How many times.
        seed: For the moments.

    Returns:
        Every change that the service made, as `METHOD path`.
    """
    chance = random.Random(seed)  # noqa: S311
    calls_left = plan.calls
    with _proxy(shelf.service) as proxy:
        for left in range(kills, -1, -1):
            # The plan must last for the kills to come.
            at = (chance.randrange(max(1, 2 * calls_left // (left + 1))), chance.choice(_PHASES)) if left else None
            acts = open_acts(plan, read_journal(journal_path(path), plan))
            calls_left = 3 * len(acts)
            proxy.begin(at)
            code = _resume(proxy, shelf.service, path, sum(act.kind is ActKind.DELETE for act in acts))
            assert code in {0, -9}, code
        assert code == 0
        return proxy.done


def _resume(proxy: _Proxy, service: Service, path: Path, deletes: int) -> int | None:
    host, port = proxy.server.server_address[:2]
    environment = {
        "MIXPEEK_BASE_URL": f"http://{host!s}:{port}",
        "MIXPEEK_API_KEY": service.api_key.reveal(),
        "XDG_STATE_HOME": str(path.parent),
    }
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*_IMPORTED, __name__])
    victim = context.Process(target=_run, args=(["plan", "resume", str(path), f"--yes={deletes}"], environment))
    proxy.victim = victim
    victim.start()
    victim.join(_PATIENCE)
    return victim.exitcode


def _run(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Be peekui, and be silent."""
    os.environ.update(environment)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout = sys.stderr = nowhere
        cli.main([*arguments], prog_name="peekui")


def main() -> None:
    """Play one long game, and say how it ended."""
    from tests.triage.test_kills import played  # noqa: PLC0415  (it imports this module)

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        root = Path(name, "shelf")
        root.mkdir()
        patch.setenv("XDG_DATA_HOME", str(root.parent / "trash"))
        for service in serving(root, "--allow-delete", "--data-dir", root.parent / "data"):
            playing = played(Shelf(service, root), root.parent, kills=arguments.kills, seed=arguments.seed)
            changes = asyncio.run(playing)
            print(f"seed {arguments.seed}: {arguments.kills} kills, {len(changes)} acts, each done once")  # noqa: T201


if __name__ == "__main__":
    main()

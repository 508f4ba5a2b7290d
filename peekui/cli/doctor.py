"""`peekui doctor`: what this terminal can do, what is in force, whether the service answers; with advice."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

import click

from peekui.cli.findings import configuration, service, terminal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from peekui.cli.common import Flags
    from peekui.cli.findings import Finding

__all__ = ["doctor"]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.pass_obj
def doctor(flags: Flags, *, as_json: bool) -> None:
    """Look at the terminal, the clipboard, the configuration and the service, and give advice.

    Makes one call, and leaves the clipboard as it is.

    Exit status: 0 fine, 2 the configuration is wrong, 3 the service failed, 4 not authorised, 5 rate-limited.
    """
    settings, found = configuration(flags)
    findings = [*terminal(settings), *found, *([service(flags)] if settings else [])]
    if as_json:
        click.echo(json.dumps([_safe(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        _print(findings)
    raise SystemExit(max(finding.status for finding in findings))


def _safe(finding: Finding) -> dict[str, object]:
    """Give a finding without keys and signatures, and without what acts on a terminal."""
    from peekui.api.redaction import redact
    from peekui.ui.untrusted import one_line

    return {
        name: one_line(redact(value)) if isinstance(value, str) else value for name, value in asdict(finding).items()
    }


def _print(findings: Iterable[Finding]) -> None:
    for area, group in groupby(map(_safe, findings), key=lambda finding: finding["area"]):
        click.echo(area)
        for finding in group:
            click.echo(f"  {'✓' if finding['well'] else '✗'} {finding['name']:<16} {finding['value']}")
            if finding["advice"]:
                click.echo(f"      {finding['advice']}")

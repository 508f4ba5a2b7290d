"""The program behind a page: `peekui web` starts one for each, with what it has to know in the environment."""

from __future__ import annotations

import os

import click

from peekui.cli.browsing import hosted, open_browser
from peekui.cli.common import load_settings
from peekui.surroundings import WEB_SESSION

__all__ = ["main"]


@click.command()
def main() -> None:
    """Run the app for a page, on standard input and output."""
    from peekui.web.session import WebSession

    os.environ["TEXTUAL_DRIVER"] = "peekui.web.driver:PageDriver"
    session = WebSession.read(os.environ[WEB_SESSION])
    open_browser(load_settings(session.flags), lambda sources: session.library or hosted(sources))


if __name__ == "__main__":
    main()

"""The first frame comes before anything heavy."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import asyncio, sys
from peekui.api.secret import Secret
from peekui.ui.app import PeekApp

class Silent:
    name, starting, namespace, indexes = "silent", "…", None, False
    async def address(self):
        await asyncio.Event().wait()

async def main():
    app = PeekApp(Silent())
    async with app.run_test(size=(120, 40)):
        pass

real_ready = PeekApp.on_ready
def on_ready(self):
    print(sorted({"httpx", "pydantic", "sqlite3", "PIL", "pyperclip", "lark"} & set(sys.modules)))
    real_ready(self)
PeekApp.on_ready = on_ready
asyncio.run(main())
"""


def test_nothing_heavy_is_imported_before_the_app_is_ready() -> None:
    result = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False, timeout=60)
    assert result.stdout == "[]\n", result.stderr

"""`python -m peekui` is the same program as `peekui`."""

from peekui.cli import main

main()

"""`peekui serve`: checks what was asked for, opens what is needed, and runs the service."""

from __future__ import annotations

import gc
import hashlib
import os
import secrets
import socket
from contextlib import ExitStack, contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

import msgspec

from peekui.library.errors import LibraryError
from peekui.library.parent import end_with_standard_input

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["ServeOptions", "serve"]

_BACKLOG: Final = 128


class ServeOptions(msgspec.Struct, frozen=True):
    """What `peekui serve` was asked for.

    Attributes:
        roots: Folders to serve; none for the demo.
        demo: Serve the sample library, which is written first.
        host: Address to listen on.
        port: 0 takes a free one.
        api_key: What callers must send; made up where there is none.
        data_dir: Where the index is kept; None is a place of the user's for these very folders.
        exit_with_parent: End when standard input closes.
        watch: Keep looking for changes in the folders.
        allow_delete: Let DELETE put files into the system's trash.
        seed: Of the sample library.
        scale: Of the sample library: 1 is a few hundred files.
    """

    roots: tuple[Path, ...]
    demo: bool
    host: str = "127.0.0.1"
    port: int = 0
    api_key: str | None = None
    data_dir: Path | None = None
    exit_with_parent: bool = False
    watch: bool = False
    allow_delete: bool = False
    seed: int = 7
    scale: int = 1


def serve(options: ServeOptions) -> None:
    """Serve until told to stop: by a signal, or by the end of standard input.

    One line on standard output says, once it can answer, where it is and what its key is; everything else goes to
    standard error. Indexing begins after that line.

    Args:
        options: What to serve and how.

    Raises:
        LibraryError: For anything the user can mend.
    """
    if options.exit_with_parent:
        end_with_standard_input()
    api_key = _api_key(options)
    roots = () if options.demo else tuple(_checked(root) for root in options.roots)
    data_dir = (options.data_dir or _own_place(options, roots)).absolute()
    with ExitStack() as stack:
        listener = stack.enter_context(_listen(options.host, options.port))

        # Imported late: what is wrong with the options was said before.
        with _without_collecting():
            from peekui.library.libraries import register  # noqa: PLC0415
            from peekui.library.running import run  # noqa: PLC0415
            from peekui.library.store import open_store  # noqa: PLC0415

        store = open_store(data_dir)
        stack.callback(store.close)
        if options.demo:
            roots = _sample(data_dir, options)
        run(options, store, register(store, roots, demo=options.demo), listener, api_key)


@contextmanager
def _without_collecting() -> Iterator[None]:
    # What is imported stays: looking for garbage in it, again and again, takes a tenth of the start.
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _api_key(options: ServeOptions) -> str:
    key = options.api_key
    if key is None:
        if not _is_loopback(options.host):
            raise LibraryError(f"{options.host} can be reached from other machines: choose a key with --api-key.")
        return f"sk_{secrets.token_urlsafe(24)}"
    if not key or not all("!" <= letter <= "~" for letter in key):
        raise LibraryError("The key cannot be sent as it is: use ASCII letters, digits and signs, without spaces.")
    return key


def _checked(root: Path) -> Path:
    try:
        resolved = root.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise LibraryError(f"There is no folder {root}: give the path of a folder that exists.") from error
    if not resolved.is_dir():
        raise LibraryError(f"{root} is not a folder: give the folder it is in.")
    if not os.access(resolved, os.R_OK | os.X_OK):
        raise LibraryError(f"The folder {root} cannot be read: check its permissions.")
    return resolved


def _own_place(options: ServeOptions, roots: tuple[Path, ...]) -> Path:
    import platformdirs  # noqa: PLC0415

    base = platformdirs.user_data_path("peekui", appauthor=False)
    if options.demo:
        return base / "demo"
    # The same folders find their index again, in whichever order they are given.
    names = hashlib.sha256(b"\0".join(sorted(os.fsencode(root) for root in roots))).hexdigest()[:16]
    return base / "libraries" / names


def _sample(data_dir: Path, options: ServeOptions) -> tuple[Path, ...]:
    from peekui.library.sample.writer import sample_directory, write_sample  # noqa: PLC0415

    directory = sample_directory(data_dir, seed=options.seed, scale=options.scale)
    return tuple(root.resolve() for root in write_sample(directory, seed=options.seed, scale=options.scale))


def _listen(host: str, port: int) -> socket.socket:
    # As bytes where it can be: for text Python loads its tables of international names, a millisecond of every start.
    name = host.encode() if host.isascii() else host
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise LibraryError(f"There is no address {host}: give one of this machine with --host.") from error
    # With the protocol named asyncio sends small answers at once (TCP_NODELAY); without it each waits 40 ms.
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise LibraryError(
            f"Port {port} of {host} cannot be used ({error.strerror}): choose another with --port, or 0 for a free one."
        ) from error
    return listener


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

"""What every operation works with: the service's parts, and the request's typed content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from peekui.library.service.errors import not_found

if TYPE_CHECKING:
    from collections.abc import Sequence

    from peekui.library.indexer import Indexer
    from peekui.library.libraries import Library
    from peekui.library.presign import Presigner
    from peekui.library.previews import Previews
    from peekui.library.readers import Readers
    from peekui.library.results import Results
    from peekui.library.store import Store

__all__ = ["Call", "Parts"]

Query = TypeVar("Query")
Body = TypeVar("Body")


class Parts(msgspec.Struct):
    """The parts of a running service.

    Attributes:
        store: The database.
        libraries: What is served.
        readers: Threads that read the database.
        results: Lists that were computed.
        presigner: Makes and checks URLs of files.
        previews: Draws pictures.
        indexer: Keeps the database up to date; None until it is started.
        allow_delete: Whether DELETE puts files into the trash.
    """

    store: Store
    libraries: Sequence[Library]
    readers: Readers
    results: Results
    presigner: Presigner
    previews: Previews
    indexer: Indexer | None = None
    allow_delete: bool = False


class Call(msgspec.Struct, Generic[Query, Body], frozen=True):
    """One request.

    Attributes:
        parts: The service.
        namespace: What X-Namespace says, None without it.
        origin: Scheme and host the caller reached the service by, for presigned URLs.
        url_path: Path of the request.
        path: Parameters in the path.
        query: Parameters in the query string.
        body: The body.
    """

    parts: Parts
    namespace: str | None
    origin: str
    url_path: str
    path: dict[str, str]
    query: Query
    body: Body

    def libraries(self) -> Sequence[Library]:
        """Give the libraries the request is about: the namespace's, or all without one (section 1).

        Raises:
            ApiError: 404 for a namespace that is not there.
        """
        if self.namespace is None:
            return self.parts.libraries
        return [self.library(self.namespace)]

    def library(self, name: str) -> Library:
        """Give a library by id or name.

        Raises:
            ApiError: 404 when it is not there.
        """
        for library in self.parts.libraries:
            if name in {library.namespace_id, library.name}:
                return library
        raise not_found("Namespace", name)

"""Assets of every modality with all that can be extracted, written by hand.

No library of real files has vectors, faces and modalities that nobody knows; and what is read of real films changes
with the versions of what reads them.
"""

from __future__ import annotations

import json
import math
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final

from peekui.api.secret import Secret
from tests.ui.test_failures import Nowhere

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ASSETS", "LibraryToInspect", "library_to_inspect"]

_HASH: Final = "5f" * 32
_VECTOR: Final = [round(math.sin(place / 9) * math.exp(-place / 90), 6) for place in range(256)]


def _asset(name: str, modality: str | None, file_type: str, size: int, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "asset_id": f"ast_{name.partition('.')[0]}",
        "collection_id": "col_all",
        "status": "DONE",
        "modality": modality,
        "file_data": {"file_size_bytes": size, "file_type": file_type},
        "file_hash": name.encode().hex().ljust(64, "0"),
        "task_id": "task_1",
        "created_at": "2026-11-20T09:00:00Z",
        "updated_at": "2026-11-21T09:00:00+02:00",
        **fields,
        "metadata": {"title": name, "file_name": name} | fields.get("metadata", {}),
    }


def _shot(number: int, start: float, end: float, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    times = {"start_time": start, "end_time": end}
    return {"feature_id": f"shot_{number}", "type": "video_segment", **times, **fields}


def _passage(number: int, text: str) -> dict[str, Any]:
    return {"feature_id": f"passage_{number}", "type": "text_chunk", "text": text, "metadata": {"chunk": number}}


def _level(number: int, decibels: float) -> dict[str, Any]:
    times = {"start_time": number * 15.0, "end_time": number * 15.0 + 15}
    metadata = {"rms_dbfs": decibels, "peak_dbfs": decibels + 9}
    return {"feature_id": f"level_{number}", "type": "audio_segment", **times, "metadata": metadata}


ASSETS: Final = [
    _asset(
        "harbour.mp4", "video", "video/mp4", 48_112_233,
        metadata={"duration_seconds": 96.5, "camera": {"model": "Box[1]", "lens": "35 mm"}, "tags": ["sea", "boats"]},
    ),
    _asset("dunes.jpg", "image", "image/jpeg", 2_400_113, unheard_of={"colour space": "Display P3", "steps": [1, 2]}),
    _asset("notes.md", "text", "text/markdown", 1_204),
    _asset("waves.wav", "audio", "audio/wav", 7_938_044, metadata={"duration_seconds": 45.0}),
    _asset("statue.glb", "solid", "model/gltf-binary", 912_000),
    _asset(
        "broken.mp4", "video", "video/mp4", 1_000, status="FAILED", task_id=None,
        error={"type": "DecodeError", "message": "moov atom not found", "at": ["demux", 3]},
    ),
    _asset("waiting.mov", None, "video/quicktime", 10, status="PROCESSING", task_id=None, file_hash=None),
    _asset("first copy.mp4", "video", "video/mp4", 48_112_233),
    _asset("second copy.mp4", "video", "video/mp4", 48_112_233, duplicate_of="ast_harbour"),
]  # fmt: skip
"""In the order they are listed."""
for _name in ("ast_harbour", "ast_second copy"):
    next(one for one in ASSETS if one["asset_id"] == _name)["file_hash"] = _HASH

_FEATURES: Final[dict[str, dict[str, Any]]] = {
    "ast_harbour": {
        "video": [
            _shot(
                1, 0, 31.2, description="Fishing boats leave the harbour at dawn, [bold]fog[/bold] over the water.",
                transcription="Cast off!", score=0.93, vectors={"clip": _VECTOR, "short": [0.25, -1.5] * 4},
                faces=[{"face_id": "f1", "confidence": 0.97, "bbox": [1, 2, 3, 4]},
                       {"face_id": "f2", "confidence": 0.41}],
                entities=[{"node": "boat", "score": 0.88}, {"node": "gull", "score": 0.35}],
                node_classifications=[{"node_id": "n_harbour", "score": 0.9, "depth": 2, "order": [0, 1]}],
                unheard_of={"exposure": {"iso": 400, "ev": -0.7}},
            ),
            _shot(2, 31.2, 40, description="A gull on the mast.", score=0.7),
            _shot(3, 52.5, 96.5, description="Empty quay.", score=0.12),
        ],
        "audio": [{"type": "audio_segment", "start_time": 0, "end_time": 96.5, "metadata": {"rms_dbfs": -21.5}}],
        "text": None,
    },
    "ast_dunes": {
        "image": [
            {
                "feature_id": "i1", "type": "image", "description": "Dunes under a red sky.",
                "metadata": {"width": 6000, "height": 4000,
                             "palette": [{"hex": "#b5523c", "share": 0.6}, {"hex": "#332b3d", "share": 0.4}]},
                "vectors": {"clip": _VECTOR},
            }
        ],
    },
    "ast_notes": {
        "text": [
            _passage(1, "# Harbour at dawn\n\nFishing boats leave the harbour at five."),
            _passage(2, "Fog until seven, then wind from the west. " * 6),
            _passage(3, "مرحبا 港の写真 \x1b[31mescape\x1b[0m"),
        ],
    },
    "ast_waves": {"audio": [_level(0, -38.5), _level(1, -12.25), _level(2, -24.0)]},
    "ast_statue": {
        "mesh": [{"feature_id": "m1", "vertices": 120_000, "parts": [{"name": "head", "probability": 0.8}]}],
        "point cloud": [{"feature_id": "p1", "points": 9_000_000}],
    },
    "ast_broken": {"video": None},
}  # fmt: skip
"""Of other assets the service says nothing."""
_TASK: Final = {
    "task_id": "task_1", "status": "DONE",
    "inputs": ["s3://bucket/harbour.mp4", {"extractor": "clip"}], "outputs": [{"features": 5, "seconds": 12.5}],
}  # fmt: skip


class LibraryToInspect(Nowhere):
    """A source with these assets."""

    name = "study"

    def __init__(self, origin: str) -> None:
        self._origin = origin

    async def address(self) -> tuple[str, Secret]:
        """Give where it answers."""
        return self._origin, Secret("sk_test")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer."""
        self._answer({})

    def do_POST(self) -> None:
        """Answer."""
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  (as it is declared)
        """Say nothing."""

    def _answer(self, asked: dict[str, Any]) -> None:
        content = json.dumps(_told(self.path.partition("?")[0].split("/")[2:], asked)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def _told(path: list[str], asked: dict[str, Any]) -> object:
    match path:
        case ["namespaces"]:
            return [{"namespace_id": "ns_1", "namespace_name": "study"}]
        case ["collections"]:
            return _page([{"collection_id": "col_all", "collection_name": "all"}])
        case ["tasks", _]:
            return _TASK
        case ["assets", asset_id, "features"]:
            asset = next(one for one in ASSETS if one["asset_id"] == asset_id.replace("%20", " "))
            return {"asset": asset, "features": _FEATURES.get(asset["asset_id"])}
    wanted = [part["value"] for part in asked.get("filters", {}).get("AND", [])]
    return _page([one for one in ASSETS if not wanted or one["file_hash"] in wanted])


def _page(results: list[dict[str, Any]]) -> dict[str, Any]:
    pagination = {"page": 1, "page_size": 100, "total": len(results), "total_pages": 1}
    return {"results": results, "pagination": pagination}


@contextmanager
def library_to_inspect() -> Iterator[LibraryToInspect]:
    """Serve them from a thread, which waits more than it works."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield LibraryToInspect(f"http://127.0.0.1:{server.server_port}")
        finally:
            server.shutdown()
            thread.join()

"""What must not be written down does not come through, in whatever notation."""

from __future__ import annotations

import json
import time
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peekui.api import secret
from peekui.api.redaction import hide_secrets, redact
from peekui.api.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def no_other_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep out what other tests of this process had for keys."""
    monkeypatch.setattr(secret, "_seen", set())


S3 = (
    "https://b.s3.amazonaws.com/a%20b.mp4?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=HIDDEN%2Fus-east-1"
    "&X-Amz-Date=20261101T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=HIDDEN"
)
SIGNED = [
    S3,
    "https://storage.googleapis.com/b/o?X-Goog-Algorithm=GOOG4&X-Goog-Credential=HIDDEN&X-Goog-Signature=HIDDEN",
    "https://storage.googleapis.com/b/o?GoogleAccessId=HIDDEN&Expires=HIDDEN&Signature=HIDDEN%3D",
    "https://a.blob.core.windows.net/c/b?sv=2024-01-01&se=2026-11-01&sr=b&sp=r&sig=HIDDEN%3D",
    "https://d1.cloudfront.net/f.jpg?Expires=HIDDEN&Signature=HIDDEN~&Key-Pair-Id=HIDDEN",
    "http://127.0.0.1:8700/files/x?X-Amz-Signature=HIDDEN#HIDDEN",
]
WRAPPED = [
    "{}",
    "GET {} failed.",
    "<a href='{}'>",
    '{{"url": "{}", "size": 1}}',
    "{{'url': '{}'}}",
    "ConnectError(b'{}')",
    "two: {} {}",
    "{}\nnext line",
]


@pytest.mark.parametrize("url", SIGNED)
@pytest.mark.parametrize("wrapped", WRAPPED)
@pytest.mark.parametrize("escape", [str, json.dumps, quote, partial(quote, safe="")], ids=range(4))
def test_a_signed_url_loses_its_signature(url: str, wrapped: str, escape: Callable[[str], str]) -> None:
    text = redact(wrapped.format(escape(url), url))
    assert "HIDDEN" not in text
    assert "****" in text


@pytest.mark.parametrize("url", SIGNED)
def test_the_query_alone_loses_its_signature(url: str) -> None:
    assert "HIDDEN" not in redact(url.partition("?")[2].partition("#")[0])


def test_a_url_keeps_what_says_where_it_goes() -> None:
    assert redact(f"<{S3}>") == "<https://b.s3.amazonaws.com/a%20b.mp4?****>"
    assert redact("https://user:HIDDEN@host.example/path") == "https://****@host.example/path"


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer HIDDEN",
        "authorization=HIDDEN",
        "{'Authorization': 'Bearer HIDDEN', 'X-Namespace': 'films'}",
        '{"authorization": "Basic HIDDEN", "X-Namespace": "films"}',
        "[(b'Authorization', b'Bearer HIDDEN'), (b'X-Namespace', b'films')]",
        "curl -H 'Authorization: Bearer HIDDEN' -H 'X-Namespace: films'",
        "the key was sk_HIDDEN, in films",
        "api_key=HIDDEN&namespace=films",
        '{"X-Amz-Signature": "HIDDEN", "namespace": "films"}',
    ],
)
def test_a_key_never_held_is_known_by_where_it_stands(text: str) -> None:
    assert "HIDDEN" not in redact(text)
    assert ("films" in redact(text)) == ("films" in text)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1), st.text(), st.text())
def test_a_key_that_was_held_is_gone_however_it_is_written(key: str, before: str, after: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secret, "_seen", set())
        Secret(key)
        for form in (key, repr(key), json.dumps(key), quote(key, safe="")):
            found = redact(f"{before}{form}{after}")
            assert key not in found.replace("****", "")


PLAIN = [
    "POST /v1/assets 200 12 ms 4567 bytes",
    "GET https://api.mixpeek.com/v1/assets/a.b failed: [Errno 111] Connection refused",
    "the design=flat, resign=2, and the assignature",
    "clip [final].mp4: the signature is short; it expires soon",
]


@pytest.mark.parametrize("text", PLAIN)
def test_other_text_comes_through(text: str) -> None:
    assert redact(text) == text


def test_no_key_is_hidden_in_part_by_a_shorter_one() -> None:
    Secret("k3y")
    Secret("k3y/with+signs")
    assert redact("k3y/with+signs k3y") == "**** ****"


SIGNATURES = {
    "S3": "https://b.example/a.mp4?X-Amz-Date=20261101T000000Z&X-Amz-Expires=60&X-Amz-Signature=S1GN",
    "S3 for a while": "https://b.example/a.mp4?X-Amz-Security-Token=S1GN%2F&X-Amz-Signature=S1GN",
    "S3, version 2": "https://b.example/a.mp4?AWSAccessKeyId=A&Expires=1789000000&Signature=S1GN%3D",
    "Google": "https://storage.example/o?X-Goog-Date=20261101T000000Z&X-Goog-Signature=S1GN",
    "Azure": "https://a.blob.example/c/b?sv=2024-01-01&se=2026-11-01&sig=S1GN%3D",
    "CloudFront": "https://d.example/f.jpg?Expires=1789000000&Key-Pair-Id=K&Signature=S1GN~",
}


@pytest.mark.parametrize("url", SIGNATURES.values(), ids=SIGNATURES)
@pytest.mark.parametrize("wrapped", WRAPPED)
@pytest.mark.parametrize("escape", [str, json.dumps, quote, partial(quote, safe="")], ids=range(4))
@pytest.mark.parametrize("hide", [hide_secrets, redact])
def test_no_signature_is_shown_or_written_down(
    url: str, wrapped: str, escape: Callable[[str], str], hide: Callable[[str], str]
) -> None:
    assert "S1GN" not in hide(wrapped.format(escape(url), url))
    assert "S1GN" not in hide(url.partition("?")[2])


def test_what_is_shown_stays_to_the_letter_otherwise() -> None:
    Secret("k3y-of-mine")
    body = '{"key": "metadata.token", "value": "https://a.example/?page=2#top", "design": "sig: flat", "expires": "no"}'
    assert hide_secrets(body) == body
    assert hide_secrets(f"{body} k3y-of-mine") == f"{body} ****"


@pytest.mark.parametrize("hide", [hide_secrets, redact])
@pytest.mark.parametrize(
    "part", ["https://", "http://a/", "X-Amz-", "sig", "'\": ", "%3F", "Bearer  ", "https://a?sig="]
)
def test_long_text_made_to_be_slow_is_not(part: str, hide: Callable[[str], str]) -> None:
    def seconds(length: int) -> float:
        text = (part * length)[:length]
        started = time.perf_counter()
        hide(text)
        return time.perf_counter() - started

    # A pattern that looks again from every place takes a hundred times as long for ten times the text.
    assert min(seconds(500_000) for _ in range(2)) < 40 * max(seconds(50_000) for _ in range(3)) + 0.1

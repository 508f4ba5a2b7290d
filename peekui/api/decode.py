"""From the bytes of an answer to models, surviving fields of the wrong type.

The fast path validates the bytes in one go. Only when that fails is the JSON taken apart: each value the model
refuses is set aside, so that one odd field costs that field and not the page.
"""

from __future__ import annotations

import json
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from peekui.api.errors import UnreadableAnswer

__all__ = ["decode"]

Answer = TypeVar("Answer")

_ROUNDS = 4
"""Setting one value aside can uncover another fault (a list item that is no object); three deep is not ours."""


def decode(adapter: TypeAdapter[Answer], body: bytes, *, request: str) -> Answer:
    """Read an answer.

    Args:
        adapter: Of the model expected.
        body: JSON as it came.
        request: Method and path, for the error's detail.

    Returns:
        The model. Values of the wrong type are None in it.

    Raises:
        UnreadableAnswer: Not JSON, or not the shape the API promises.
    """
    try:
        return adapter.validate_json(body)
    except ValidationError:
        pass  # the long way below finds out what is wrong
    try:
        # JSON can write half a surrogate pair, which is no text: it becomes a question mark.
        data = json.loads(json.dumps(json.loads(body), ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        shown = body[:500].decode("utf-8", "replace")
        raise UnreadableAnswer("The service's answer is not JSON.", detail=f"{request}\n{error}\n{shown}") from error
    for _ in range(_ROUNDS):
        try:
            return adapter.validate_python(data)
        except ValidationError as error:
            problems = error.errors(include_url=False, include_input=False, include_context=False)
        for problem in problems:
            _set_aside(data, problem["loc"])
    where = "; ".join(f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in problems[:5])
    raise UnreadableAnswer("The service's answer has not the shape the API promises.", detail=f"{request}\n{where}")


def _set_aside(data: Any, where: tuple[int | str, ...]) -> None:  # noqa: ANN401  (decoded JSON is any)
    """Put None where a value was refused; the path may lead through union tags that are not in the data."""
    holder, last = None, None
    for step in where:
        inside = data if holder is None else holder[last]
        if isinstance(inside, dict):
            present = step in inside
        else:
            present = isinstance(inside, list) and isinstance(step, int) and step < len(inside)
        if not present:
            break
        holder, last = inside, step
    if holder is not None:
        holder[last] = None

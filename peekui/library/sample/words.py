"""Documents in plain text, Markdown, CSV, JSON and HTML, about the journeys the pictures were made on."""

from __future__ import annotations

import csv
import html
import io
import json
from typing import TYPE_CHECKING

from peekui.library.sample import vocabulary as words

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping

__all__ = [
    "TEXT_KINDS",
    "csv_table",
    "html_page",
    "json_record",
    "markdown_note",
    "paragraphs",
    "plain_note",
    "sentence",
]


def sentence(dice: random.Random) -> str:
    """One plausible sentence."""
    trip, campaign = dice.choice(words.TRIPS), dice.choice(words.CAMPAIGNS)
    person, other = dice.sample(words.PEOPLE, 2)
    return dice.choice(words.SENTENCES).format(
        person=person,
        other=other,
        adjective=dice.choice(words.ADJECTIVES),
        scene=dice.choice(trip.scenes),
        campaign=campaign.name,
        client=campaign.client,
        budget=campaign.budget,
        place=trip.place,
        camera=dice.choice(words.CAMERAS).model,
        number=dice.randint(1000, 9999),
    )


def paragraphs(dice: random.Random, count: int) -> list[str]:
    """Paragraphs of three to six sentences."""
    return [" ".join(sentence(dice) for _ in range(dice.randint(3, 6))) for _ in range(count)]


def plain_note(title: str, dice: random.Random) -> bytes:
    """Plain text, a few hundred to a few thousand characters."""
    body = "\n\n".join(paragraphs(dice, dice.randint(2, 9)))
    return f"{title}\n{'=' * len(title)}\n\n{body}\n".encode()


def markdown_note(title: str, dice: random.Random) -> bytes:
    """Markdown with front matter, headings, a list and a quotation."""
    campaign = dice.choice(words.CAMPAIGNS)
    people = dice.sample(words.PEOPLE, 3)
    tasks = "\n".join(f"- [{dice.choice('x ')}] {sentence(dice)}" for _ in range(dice.randint(3, 7)))
    first, *rest = paragraphs(dice, dice.randint(2, 6))
    sections = "\n\n".join(f"## {dice.choice(words.NOTE_TOPICS)}\n\n{text}" for text in rest)
    return (
        f"---\ncampaign: {campaign.name}\nclient: {campaign.client}\n---\n\n"
        f"# {title}\n\nWith {', '.join(people)}.\n\n{first}\n\n{tasks}\n\n{sections}\n\n> {sentence(dice)}\n"
    ).encode()


def csv_table(title: str, dice: random.Random) -> bytes:
    """A table of shots, some of them with commas, quotation marks and line breaks in a cell."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("list", "frame", "place", "photographer", "camera", "rating", "remark"))
    for _ in range(dice.randint(12, 60)):
        remark = sentence(dice) if dice.random() < 0.8 else f'He said "wait",\nthen {sentence(dice)}'
        place, person = dice.choice(words.TRIPS).place, dice.choice(words.PEOPLE)
        camera, frame = dice.choice(words.CAMERAS).model, dice.randint(1000, 9999)
        table.writerow((title, frame, place, person, camera, dice.randint(1, 5), remark))
    return out.getvalue().encode()


def json_record(title: str, dice: random.Random) -> bytes:
    """A call sheet as JSON."""
    trip, campaign = dice.choice(words.TRIPS), dice.choice(words.CAMPAIGNS)
    crew = zip(dice.sample(words.PEOPLE, 3), ("camera", "sound", "producer"), strict=True)
    record = {
        "title": title,
        "campaign": {"name": campaign.name, "client": campaign.client, "budget": campaign.budget},
        "location": {"name": trip.place, "country": trip.country, "lat": trip.latitude, "lon": trip.longitude},
        "crew": [{"name": name, "role": role} for name, role in crew],
        "schedule": [{"hour": hour, "what": sentence(dice)} for hour in sorted(dice.sample(range(5, 23), 5))],
        "weather": None,
        "confirmed": dice.random() < 0.5,
    }
    return json.dumps(record, indent=2, ensure_ascii=False).encode()


def html_page(title: str, dice: random.Random) -> bytes:
    """A saved article."""
    title = html.escape(title)
    body = "\n".join(f"<p>{html.escape(text)}</p>" for text in paragraphs(dice, dice.randint(3, 8)))
    cells = "".join(f"<tr><td>{html.escape(name)}</td><td>{dice.randint(1, 5)}</td></tr>" for name in words.PEOPLE[:4])
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>p {{ max-width: 40em }}</style></head>\n<body><h1>{title}</h1>\n{body}\n"
        f"<table>{cells}</table><script>console.log('not text')</script></body></html>\n"
    ).encode()


TEXT_KINDS: Mapping[str, Callable[[str, random.Random], bytes]] = {
    "md": markdown_note,
    "txt": plain_note,
    "csv": csv_table,
    "json": json_record,
    "html": html_page,
}
"""How to make a text with a title, by the ending of its name."""

"""The words of the sample library: journeys, people, campaigns, cameras, phrases."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "ADJECTIVES",
    "BRAND_NAMES",
    "CAMERAS",
    "CAMPAIGNS",
    "CAPTIONS",
    "LETTER_SUBJECTS",
    "NOTE_TOPICS",
    "PEOPLE",
    "SENTENCES",
    "TAGS",
    "TRIPS",
    "TRIPS_2019",
    "Camera",
    "Campaign",
    "Trip",
]


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera as EXIF names it.

    Attributes:
        make: Who built it.
        model: Its name.
        lens: The lens on it.
        prefix: How its file names begin.
    """

    make: str
    model: str
    lens: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Campaign:
    """What the pictures are made for.

    Attributes:
        name: Of the campaign.
        client: Who pays.
        budget: In euros.
    """

    name: str
    client: str
    budget: int


@dataclass(frozen=True, slots=True)
class Trip:
    """A journey that photographs were brought home from.

    Attributes:
        place: Where.
        country: Where that is.
        latitude: In degrees, north is positive.
        longitude: In degrees, east is positive.
        altitude: In metres.
        year: When.
        month: When.
        day: The first day.
        scenes: What was seen (`scenes.SCENES`).
    """

    place: str
    country: str
    latitude: float
    longitude: float
    altitude: int
    year: int
    month: int
    day: int
    scenes: tuple[str, ...]


CAMERAS = (
    Camera("Fjordlys", "FL-7 II", "35mm F1.4 R", "IMG_"),
    Camera("Kestrel", "K900", "24-70mm F2.8", "DSC0"),
    Camera("Nordvik", "Pocket 5", "5.6mm F1.8", "PXL_"),
    Camera("Hoshi", "X-Field", "90mm F2 Macro", "HSF_"),
)

CAMPAIGNS = (
    Campaign("Northern Lights", "Polaris Travel", 48000),
    Campaign("Night Market", "Lantern Foods", 21500),
    Campaign("Slow Coast", "Tidewater Ferries", 36000),
    Campaign("Harvest", "Oak & Ember", 12750),
    Campaign("City After Dark", "Metro Arts Council", 27000),
)

TRIPS = (
    Trip("Lofoten", "Norway", 68.2343, 13.6149, 12, 2026, 2, 3, ("aurora", "mountains", "sea", "aurora")),
    Trip("Lisbon", "Portugal", 38.7139, -9.1334, 45, 2026, 4, 18, ("city", "sea", "market", "lights")),
    Trip("Kyoto", "Japan", 35.0116, 135.7681, 56, 2025, 11, 9, ("forest", "lake", "lights", "meadow")),
    Trip("Erg Chebbi", "Morocco", 31.1460, -3.9760, 730, 2025, 3, 22, ("dunes", "dunes", "mountains", "market")),
    Trip("Isle of Skye", "Scotland", 57.2736, -6.2155, 110, 2026, 6, 11, ("lake", "mountains", "sea", "meadow")),
    Trip("Hanoi", "Vietnam", 21.0278, 105.8342, 20, 2026, 8, 27, ("market", "city", "lights", "lake")),
    Trip(
        "Torres del Paine", "Chile", -50.9423, -73.4068, 240, 2024, 12, 5, ("mountains", "lake", "forest", "mountains")
    ),
    Trip("Black Forest", "Germany", 48.0453, 8.2140, 880, 2026, 10, 2, ("forest", "meadow", "lake", "forest")),
)

TRIPS_2019 = (
    Trip("Reykjavik", "Iceland", 64.1466, -21.9426, 20, 2019, 1, 15, ("aurora", "sea", "mountains")),
    Trip("Provence", "France", 43.9352, 6.0679, 410, 2019, 7, 4, ("meadow", "market", "mountains")),
    Trip("New York", "USA", 40.7128, -74.0060, 10, 2019, 10, 19, ("city", "lights", "city")),
)

CAPTIONS = {
    "mountains": ("Ridge line above {place}", "First light on the summits, {place}", "Haze in the valley near {place}"),
    "lake": ("Still water at {place}", "Mirror morning, {place}", "The lake before the wind, {place}"),
    "sea": ("Evening tide at {place}", "Fishing boats off {place}", "Sun path on the water, {place}"),
    "forest": ("Firs in the fog, {place}", "Forest edge at dusk near {place}", "Layers of pine, {place}"),
    "city": ("Skyline of {place} after dark", "Office windows, {place}", "Rooftops of {place} at night"),
    "dunes": ("Dune crest near {place}", "Sand waves, {place}", "Wind lines in the desert, {place}"),
    "aurora": ("Aurora over {place}", "Green veil above {place}", "Northern lights, {place}"),
    "lights": ("Lanterns out of focus, {place}", "Rain on the lens, {place}", "Festival lights, {place}"),
    "meadow": ("Wild flowers at {place}", "Meadow in bloom near {place}", "Poppies and cornflowers, {place}"),
    "market": ("Fruit stall in {place}", "Market morning, {place}", "Crates of oranges and plums, {place}"),
}

PEOPLE = (
    "Mara Lindqvist",
    "Tomás Ferreira",
    "Yuki Tanabe",
    "Amina Benali",
    "Callum Reid",
    "Linh Pham",
    "Josefa Muñoz",
    "Annika Vogel",
    "Noor El-Sayed",
    "Priya Raman",
)

TAGS = (
    "landscape",
    "night",
    "water",
    "people",
    "food",
    "travel",
    "editorial",
    "hero",
    "b-roll",
    "drone",
    "winter",
    "print",
)
ADJECTIVES = ("quiet", "bold", "warm", "crisp", "grainy", "vivid", "muted", "honest")
BRAND_NAMES = ("Polaris", "Lantern", "Tidewater", "Oak & Ember")

NOTE_TOPICS = (
    "Shot list",
    "Location scout",
    "Interview transcript",
    "Editing notes",
    "Model release",
    "Travel plan",
    "Invoice",
    "Colour grading",
    "Sound notes",
    "Retrospective",
)

LETTER_SUBJECTS = ("Rental agreement", "Delivery note", "Permit to film", "Letter of thanks", "Insurance certificate")

SENTENCES = (
    "{person} wants the {adjective} version of the {scene} picture for the {campaign} campaign.",
    "We reached {place} an hour before sunrise and the light was {adjective}.",
    "The second card from the {camera} failed on the way back from {place}; see the recovery folder.",
    "Ask {client} whether the budget of {budget} euros covers the extra night in {place}.",
    "Frame {number} is the hero: keep the horizon level and leave room for the headline.",
    "{person} recorded ambient sound near the harbour, two minutes, some wind.",
    "The permit for {place} runs out on the last day of the month.",
    "Nobody may publish the portraits before {person} has signed the release.",
    "Grade it {adjective}, lift the shadows by a third of a stop, keep the grain.",
    "The drone was grounded because of wind; {person} shot from the ridge instead.",
    "Deliver three crops for {client}: wide, square and story.",
    "Breakfast at the market in {place} turned into the best sequence of the journey.",
    "Two pictures of the {scene} are duplicates of frame {number}; delete neither before the audit.",
    "{person} prefers the {camera} for night work, {other} does not.",
)
"""Fields: person, other, adjective, scene, campaign, client, budget, place, camera, number."""

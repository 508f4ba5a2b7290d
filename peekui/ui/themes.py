"""peekui's own pair of themes. Widgets use theme variables only, so Textual's others work as well."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

__all__ = ["DARK", "LIGHT", "THEMES", "theme_names"]

DARK = Theme(
    name="peekui-dark",
    dark=True,
    primary="#6cb6ff",
    secondary="#8a9fc1",
    accent="#f2b155",
    foreground="#d7dde8",
    background="#10141b",
    surface="#10141b",
    panel="#1b2230",
    success="#6fce8f",
    warning="#f2b155",
    error="#ff7b72",
    variables={
        "border": "#6cb6ff",
        "border-blurred": "#364153",
        "scrollbar": "#364153",
        "scrollbar-background": "#10141b",
        "scrollbar-background-hover": "#10141b",
        "scrollbar-background-active": "#10141b",
        "scrollbar-corner-color": "#10141b",
        "block-cursor-background": "#274a70",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#202a3a",
        "block-cursor-blurred-foreground": "#d7dde8",
        "input-selection-background": "#6cb6ff 35%",
    },
)

LIGHT = Theme(
    name="peekui-light",
    dark=False,
    primary="#0a5fb4",
    secondary="#4d6180",
    accent="#a85b00",
    foreground="#1c2430",
    background="#fbfcfd",
    surface="#fbfcfd",
    panel="#e9eef5",
    success="#1a7f3c",
    warning="#8f5300",
    error="#c2262e",
    variables={
        "border": "#0a5fb4",
        "border-blurred": "#bcc7d6",
        "scrollbar": "#bcc7d6",
        "scrollbar-background": "#fbfcfd",
        "scrollbar-background-hover": "#fbfcfd",
        "scrollbar-background-active": "#fbfcfd",
        "scrollbar-corner-color": "#fbfcfd",
        "block-cursor-background": "#cfe3fa",
        "block-cursor-foreground": "#0b2545",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#e6edf6",
        "block-cursor-blurred-foreground": "#1c2430",
        "input-selection-background": "#0a5fb4 25%",
    },
)

THEMES = (DARK, LIGHT)


def theme_names() -> list[str]:
    """Name every theme there is, peekui's own first."""
    return [*(theme.name for theme in THEMES), *BUILTIN_THEMES]

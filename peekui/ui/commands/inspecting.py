"""The commands of the inspector, a part of the registry."""

from __future__ import annotations

from peekui.ui.commands.command import Command, Where
from peekui.ui.commands.reasons import needs_asset, needs_matches, needs_search

__all__ = ["INSPECTING"]

INSPECTING: tuple[Command, ...] = (
    Command("assets.features", "features", "Show in the detail panel what was extracted, one kind after another.",
            ("e",), Where.BROWSE, None, needs_asset),
    Command("asset.close", "back", "Back to the table; from a feature, back to the others.", ("escape", "backspace"),
            Where.ASSET, 0),
    Command("asset.next", "next", "The next asset of the table.", ("n", "J"), Where.ASSET, 10),
    Command("asset.previous", "previous", "The previous asset of the table.", ("p", "K"), Where.ASSET, 20),
    Command("asset.next_tab", "next tab", "Show the next tab.", ("tab",), Where.ASSET, 30),
    Command("asset.previous_tab", "previous tab", "Show the tab before.", ("shift+tab",), Where.ASSET),
    *(Command(f"asset.tab_{number}", f"tab {number}", f"Show tab {number}, from the left.", (str(number),), Where.ASSET)
      for number in range(1, 10)),
    Command("tree.search", "find", "Look for words in names and values.", ("/",), Where.TREE, 40, opens_line=True),
    Command("tree.unsearch", "end search", "Forget what was looked for.", ("escape",), Where.TREE, 0, needs_search,
            instead_of="asset.close"),
    Command("tree.next", "next match", "Go to the next place that was found.", ("n",), Where.TREE, 10, needs_matches,
            instead_of="asset.next"),
    Command("tree.previous", "match before", "Go to the place before that was found.", ("N",), Where.TREE, None,
            needs_matches),
    Command("tree.unfold", "unfold", "Show what is in the row; again, go into it.", ("right", "l"), Where.TREE),
    Command("tree.fold", "fold", "Hide what is in the row, or go to the row it is in.", ("left", "h"), Where.TREE),
    Command("tree.copy_value", "copy value", "Copy the value of the row, whole.", ("y",), Where.TREE, 60,
            instead_of="view.copy_id"),
    Command("tree.copy_path", "copy path", "Copy the path to the row, such as metadata.camera.model.", ("Y",),
            Where.TREE),
    Command("tree.copy_filter", "copy filter", "Copy the filter that finds assets with this value.", ("=",),
            Where.TREE),
    Command("features.search", "find", "List only the features with some words.", ("/",), Where.FEATURES, 40,
            opens_line=True),
    Command("features.all", "all", "List all features again.", ("escape",), Where.FEATURES, 0, needs_search,
            instead_of="asset.close"),
    Command("features.later", "later", "Go to the next segment.", ("right", "l"), Where.FEATURES),
    Command("features.earlier", "earlier", "Go to the segment before.", ("left", "h"), Where.FEATURES),
)  # fmt: skip
"""In the order of the help screen."""

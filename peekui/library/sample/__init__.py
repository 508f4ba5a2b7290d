"""The demo's library: a few hundred real files, the same ones on every machine, ordinary and hostile.

`plan` lists what there is, from `photos`, `folders`, `reels`, `sidecars`, `taxonomy`, `oddities`, `damage`,
`duplicates` and `names`. Content is made by `scenes`, `graphics`, `pictures`, `films`, `sounds`, `documents` and
`words`, and ruined by `broken_stills` and `broken_media`. `palettes` and `vocabulary` are data. `writer` puts it all
on disk.
"""

from __future__ import annotations

from peekui.library.sample.writer import sample_directory, write_sample

__all__ = ["sample_directory", "write_sample"]

"""What can be done with several assets: with the marked ones, the one under the cursor, or those of a cause."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from peekui.api.cost import Cost
from peekui.browse.copy_forms import Needs
from peekui.browse.gathering import calls_for
from peekui.triage.plans.acts import ActKind
from peekui.ui.screens.asking import AskingScreen
from peekui.ui.screens.copying_menu import CopyingMenu
from peekui.ui.screens.value import ValueScreen
from peekui.ui.session import HostedSource
from peekui.ui.triage.changing import why_unchangeable
from peekui.ui.triage.plan import PlanScreen
from peekui.ui.triage.planning_bulk import PlanningScreen, Wanted
from peekui.ui.triage.set_metadata import SetMetadataScreen
from peekui.ui.widgets.choice_list import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from peekui.browse.copy_forms import CopyItem
    from peekui.filters.nodes import JsonValue
    from peekui.ui.app import PeekApp
    from peekui.ui.screens.acting import ActsOnAssets
    from peekui.ui.session import Session
    from peekui.ui.triage.planning_bulk import BulkPlan

__all__ = ["Acting"]


class ActMenu(AskingScreen):
    """The menu, which is taller than a question."""

    CSS_PATH: ClassVar[Any] = ["../screens/choosing.tcss", "acting.tcss"]


class Acting:
    """Some assets, and what can be done with them; what changes anything goes through a plan."""

    def __init__(
        self, browser: ActsOnAssets, app: PeekApp, session: Session, items: Sequence[CopyItem], about: str
    ) -> None:
        """Take the assets.

        Args:
            browser: Downloads, exports and copies.
            app: Shows the dialogs.
            session: To ask with.
            items: The assets.
            about: What they are, such as `12 marked assets`.
        """
        self._browser = browser
        self._app = app
        self._session = session
        self._items = items
        self._about = about

    def menu(self) -> None:
        """Ask what is to be done, and do it."""

        def run(chosen: Callable[[], object] | None) -> None:
            if chosen:
                chosen()

        self._app.push_screen(ActMenu(f"Act on {self._about}", list(self._choices())), run)

    def _choices(self) -> Iterator[Choice]:
        client = self._session.connected
        signing = client.budget.cost(calls_for(self._items, Needs.URL, client)) if client else Cost(len(self._items))
        plan = "A plan is made first, and shown: nothing is done before it is run."
        yield Choice("Copy…", text="Their ids, URLs, hashes, metadata, or commands with them.", run=self._copy)
        yield Choice("Download", text=f"Their files. Signing them: {signing}.", run=self._download)
        yield Choice("Export…", text="What the columns of the table say of them, to a file.", run=self._export)
        yield self._change(ActKind.SET, "Set metadata…", f"Such as triage = reviewed. {plan}", self._set_metadata)
        yield Choice(
            "Merge copies…",
            text="Duplicates: their plans give the copy that stays what it lacks of the others' metadata.",
            reason=why_unchangeable(self._app, ActKind.FILL),
            run=self._app.command_triage_duplicates,
        )
        yield self._change(ActKind.DELETE, "Delete…", f"Those of which a copy stays. {plan}", partial(self._plan, {}))

    def _change(self, kind: ActKind, title: str, text: str, run: Callable[[], object]) -> Choice:
        elsewhere = any(item.namespace != self._browser.place.scope for item in self._items)
        reason = "some are in another namespace than the one that is open" if elsewhere else ""
        return Choice(title, text=text, reason=why_unchangeable(self._app, kind) or reason, run=run)

    def _download(self) -> None:
        self._browser.download_items(self._items)

    def _export(self) -> None:
        self._browser.export_items(self._items, self._about)

    def _copy(self) -> None:
        async def run(chosen: Callable[[], object] | None) -> None:
            if chosen:
                chosen()

        hosted = isinstance(self._session.source, HostedSource)
        menu = CopyingMenu(
            None,
            self._items,
            self._browser.copy_items,
            client=self._session.connected,
            hosted=hosted,
            about=self._about,
        )
        self._app.push_screen(menu, run)

    def _set_metadata(self) -> None:
        def plan(metadata: dict[str, JsonValue] | None) -> None:
            if metadata:
                self._plan(metadata)

        self._app.push_screen(SetMetadataScreen(self._about), plan)

    def _plan(self, metadata: Mapping[str, JsonValue]) -> None:
        place = self._browser.place
        titles = {item.asset_id: item.title for item in self._items}
        wanted = Wanted(titles, self._about, place.scope, place.collections, metadata)
        self._app.push_screen(PlanningScreen(self._session, wanted), self._show)

    def _show(self, made: BulkPlan | None) -> None:
        """Show the plan, and over it what it leaves out."""
        if made is None:
            return
        if made.plan:
            self._app.push_screen(PlanScreen(self._session, *made.plan, self._browser.crumbs))
        if left := made.left_out:
            title = f"{len(left):,} left out" if made.plan else "There is no plan: all are left out"
            text = "\n".join(f"{one.title} ({one.asset_id}): {one.why}" for one in left)
            self._app.push_screen(ValueScreen(title, text, "Nothing is planned for these."))

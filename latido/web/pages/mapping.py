"""The wizard: what uploaded files would become, corrected by choosing, then imported in the background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from latido.errors import FieldError, InputError, LatidoError, UsageError
from latido.http.trail import record
from latido.i18n import Message, _
from latido.model import TABLES
from latido.sources.generic import Generic
from latido.sources.numbers import Sign
from latido.sources.source import Options
from latido.sources.stamps import ORDERS, Order
from latido.sources.zones import zone
from latido.web.forms import text
from latido.web.incoming import jobs_of, owner_of, unique, uploads_of
from latido.web.page import Page
from latido.web.pages.data import HOME
from latido.web.render import link
from latido.web.wizard_shown import shown
from latido.workspace import jobs, mappings
from latido.workspace.arrivals import Accepted
from latido.workspace.mended import is_mended
from latido.workspace.remembered import remembered
from latido.workspace.samples import Sample, samples
from latido.workspace.trial import Trial, trial
from latido.workspace.wizard import groups, look
from latido.workspace.wizard_said import Look, Said, check_becomes

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.responses import Response

    from latido.sources.source import Delivery, Source
    from latido.web.ask import Ask
    from latido.workspace.uploads import Upload

ORDER_NAMES: dict[Order, Message] = {
    "dmy": _("day, month, year"),
    "mdy": _("month, day, year"),
    "ymd": _("year, month, day"),
}
SIGN_NAMES: dict[Sign, Message] = {".": _("point: 1,234.5"), ",": _("comma: 1.234,5")}


@dataclass(frozen=True)
class Looked:
    """What is known of the files that somebody wants to import.

    Attributes:
        uploads: The files by name, no two of the same.
        looks: How they would be read, by group.
        error: Why nothing can be said of them.
        by_hand: Whether somebody maps what latido recognises.
        known: By which mapping accepted before each group is read, if by one.
        files: The beginnings of the files of each group.
        whole: Whether these are all there is of them.
        instead: What latido would read them as, were they not mapped by hand.
    """

    uploads: dict[str, Upload]
    looks: tuple[Look, ...] = ()
    error: LatidoError | None = None
    by_hand: bool = False
    known: tuple[str, ...] = ()
    files: tuple[Sequence[Delivery], ...] = ()
    whole: bool = True
    instead: str = ""

    @property
    def ready(self) -> bool:
        """Whether all of them can be imported."""
        return not self.error and bool(self.looks) and all(one.named or one.mapping for one in self.looks)


def show(ask: Ask) -> Response:
    """The page, as latido reads the files."""
    names = ask.query.getlist("file")
    if not names:
        return ask.see_other(HOME)
    looked = _looked(ask, names, None)
    if any(is_mended(file) for files in looked.files for file in files):
        return ask.see_other(link("/data/mended", [("file", name) for name in names]))
    return _page(ask, looked)


def send(ask: Ask) -> Response:
    """Look again with what was chosen; or import."""
    looked = _looked(ask, [str(name) for name in ask.form.getlist("file")], ask.form)
    if text(ask.form, "action") != "import":
        return _page(ask, looked)
    if not looked.ready:
        return _page(ask, looked, 422)
    job = _job(ask, looked)
    for one in looked.looks:
        if one.mapping:
            mappings.keep(one.mapping, mappings.place(ask.workspace.root, one.files[0]))
    jobs_of(ask).start(job)
    record(ask.state, ask.asker, ask.request, "data.imported", f"import {job.id}")
    return ask.see_other(f"/data/jobs/{job.id}")


def _job(ask: Ask, looked: Looked) -> jobs.Job:
    accepted = tuple(
        Accepted(one.files, one.source.name, one.mapping.said() if one.mapping else None, one.said.time_zone)
        for one in looked.looks
    )
    return jobs.new(
        "import", tuple(looked.uploads), owner=owner_of(ask), who=ask.asker.name,
        engine=ask.workspace.config.engine.url, uploads=tuple(u.id for u in looked.uploads.values()), accepted=accepted,
    )  # fmt: skip


def _looked(ask: Ask, names: Sequence[str], form: FormData | None) -> Looked:
    """How the files would be read, with what was chosen."""
    uploads, owner = uploads_of(ask), owner_of(ask)
    if not names:
        raise UsageError(_("No file was chosen."), _("Choose one or more, then send them."))
    mine = unique([uploads.get(name, owner) for name in dict.fromkeys(names)])
    by_hand = form is not None and text(form, "by_hand") == "1"
    try:
        some = [sample for name, upload in mine.items() for sample in sampled(ask, upload, name)]
        found = [sample.delivery for sample in some]
        together = groups(found, by_hand=by_hand)
        here = ask.workspace.config.zone
        said = [_said(form, i) for i in range(len(together))]
        before = [_before(ask, *group) if form is None else None for group in together]
        heard = [known[1] if known else own for known, own in zip(before, said, strict=True)]
        looks = tuple(look(*group, own, here) for group, own in zip(together, heard, strict=True))
    except (InputError, FieldError) as error:
        return Looked(mine, error=error, by_hand=by_hand)
    return Looked(
        mine, looks, None, by_hand, tuple(known[0] if known else "" for known in before),
        tuple(files for _source, files in together), all(sample.whole for sample in some),
        _instead(found) if by_hand else "",
    )  # fmt: skip


def sampled(ask: Ask, upload: Upload, name: str) -> list[Sample]:
    """The beginnings of an upload's files.

    Raises:
        InputError: It is not all here, or an archive that cannot be opened.
    """
    _check_complete(upload)
    uploads = uploads_of(ask)
    uploads.keep(upload)
    return samples(uploads.path(upload), name)


def _instead(files: list[Delivery]) -> str:
    """The formats that latido recognises, for people; empty where it recognises none."""
    labels = (str(source.label) for source, _files in groups(files) if source.name != Generic.name)
    return ", ".join(dict.fromkeys(labels))


def _before(ask: Ask, source: Source, files: list[Delivery]) -> tuple[str, Said] | None:
    """What was accepted for files like these before."""
    if source.name != Generic.name:
        return None
    return remembered(ask.workspace.root, source, files, ask.workspace.config.zone)


def _check_complete(upload: Upload) -> None:
    if not upload.complete:
        raise InputError(
            _("{file} is not all here yet.", file=upload.name), _("Choose the same file again; it goes on.")
        )


def _said(form: FormData | None, group: int) -> Said:
    """What was chosen for a group of files.

    Raises:
        FieldError: Something that there is no such choice for.
    """
    at = f"g{group}-"
    table = text(form, f"{at}table") if form is not None else ""
    if form is None or not table:
        return Said()
    if table not in TABLES:
        raise FieldError("table", _("There is no table called “{name}”.", name=table))
    said = Said(table, _among(ORDERS, text(form, f"{at}dates")), _among(get_args(Sign), text(form, f"{at}decimal")),
                text(form, f"{at}zone").strip())  # fmt: skip
    if table != text(form, f"{at}was"):
        return said
    becomes, scales = {}, {}
    for j, name in enumerate(str(value) for value in form.getlist(f"{at}name")):
        becomes[name] = text(form, f"{at}c{j}")
        if scale := _scale(text(form, f"{at}low{j}"), text(form, f"{at}high{j}")):
            scales[name] = scale
    check_becomes(table, becomes)
    return Said(said.table, said.dates, said.decimal, said.time_zone, becomes, scales)


def _among(known: Sequence[Any], value: str) -> Any:
    return value if value in known else None


def _scale(low: str, high: str) -> tuple[float, float] | None:
    """The ends of a scale; None where they make none."""
    try:
        ends = float(low.replace(",", ".")), float(high.replace(",", "."))
    except ValueError:
        return None
    return ends if ends[0] < ends[1] else None


def _page(ask: Ask, looked: Looked, status: int = 200) -> Response:
    here = ask.workspace.config.zone
    looks = [shown(one, _tried(ask, looked, i), here) for i, one in enumerate(looked.looks)]
    return ask.page(
        "data_import.html", status, looked=looked, home=HOME, looks=looks,
        orders=ORDER_NAMES, signs=SIGN_NAMES, tables={name: str(t.meaning) for name, t in TABLES.items()},
        zone=here.key, again=link("/data/import", [("file", upload.id) for upload in looked.uploads.values()]),
    )  # fmt: skip


def _tried(ask: Ask, looked: Looked, i: int) -> Trial | None:
    """What comes of a group of files; None where something has to be said first."""
    one = looked.looks[i]
    if not (one.named or one.mapping):
        return None
    own = zone(one.said.time_zone) if one.said.time_zone else ask.workspace.config.zone
    options = Options(time_zone=own, mapping=one.mapping.said() if one.mapping else None)
    return trial(one.source, looked.files[i], options, whole=looked.whole)


ROUTES = (
    Page("/data/import", show, right="import"),
    Page("/data/import", send, right="import", methods=("POST",)),
)

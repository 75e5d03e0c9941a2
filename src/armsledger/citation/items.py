"""What is cited, as CSL items: the dataset, an entry in it, and rows of it.

An item is a plain dict of CSL-JSON (the input format of the Citation Style Language 1.0.2). Whatever a citation
says is decided here and in `documents`; the renderers only set it in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from armsledger.files import Release, Row
from armsledger.past import sums_digest
from armsledger.shelf import Shelf
from armsledger.stories.words import day, on, unit, visible

if TYPE_CHECKING:
    from armsledger.citation.rows import Rows

Item = dict[str, Any]

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}/\S+)")
_KEY = re.compile(r"[^a-z0-9]+")
_NOT_IN_URLS = re.compile(r'[{}\\"^`<>|\s]')  # by RFC 3986, and braces would end a BibTeX field


def dataset(package: dict[str, Any], digest: str | None = None) -> Item:
    """A version of the dataset, from its datapackage.json; `digest`: the SHA-256 of a working state's sums."""
    stated = str(package.get("id") or "")
    doi = _DOI.fullmatch(stated)
    return made(
        {
            "id": _key("armsledger", package["name"], package["version"]),
            "type": "dataset",
            "author": [
                {"literal": one["title"]}
                for one in package.get("contributors", ())
                if "author" in one.get("roles", ())
            ],
            "issued": {"date-parts": [[int(package["armsledger:asOf"][:4])]]},
            "title": package["title"],
            "medium": "Data set",
            "version": package["version"],
            "number": digest and f"SHA256SUMS {digest[:12]}",
            "DOI": doi and doi[1],
            "URL": address(package.get("homepage") or ("" if doi else stated)),
            "note": digest and f"Working state between releases, SHA-256 of its SHA256SUMS {digest}",
        }
    )


def release(of: Release) -> Item:
    """A version of the dataset; one that ends in ``.dev0`` is named by the SHA-256 of its SHA256SUMS too."""
    working = ".dev" in of.version
    return dataset(of.package, sums_digest(of) if working else None)


def entry(shelf: Shelf, table: str, id_: str) -> Item:
    """An entry of a table in the dataset: a record, a claim, an estimate, an actor ..."""
    kind, title = ENTRIES[table]
    version = shelf.release.version
    how = f'armsledger {version}: armsledger.show("{id_}"), in a shell: armsledger show {id_}'
    if table in _NOT_SHOWN:
        how = f'armsledger.load("{table}", version="{version}").set_index("id").loc["{id_}"]'
    part = _part(shelf.release, "entry", id_, title(shelf, shelf.get(table, id_)).rstrip("."), how)
    return part | {"medium": f"{kind} {id_}"}


def rows(of: Release, what: Rows) -> Item:
    """Rows of a table in the dataset."""
    title = f"{what.title}, {what.n:,} of {what.of:,} {'row' if what.of == 1 else 'rows'}"
    name = what.table
    if what.known_by:
        title += f", as known by {day(what.known_by)}"
        name += f"_{what.known_by}"
    part = _part(of, "dataset", f"{name}_{what.sha256[:12]}", title, what.code)
    return part | {"number": "; ".join([f"SHA-256 of the rows {what.sha256}", *_if_any(part.get("number"))])}


def _part(of: Release, kind: str, name: str, title: str, how: str) -> Item:
    """A part of a version, with how to get it back."""
    whole = release(of)
    return made(
        whole
        | {
            "id": _key(whole["id"], name),
            "type": kind,
            "title": title,
            "container-title": whole["title"],
            "note": ". ".join([*_if_any(whole.get("note")), f"Retrieved with {how}"]),
        }
    )


def _if_any(text: str | None) -> list[str]:
    return [text] if text else []


def _claim(shelf: Shelf, row: Row) -> str:
    stance = shelf.words("stance", row["stance"])
    return f"{shelf.name('actors', row['claimant'])} {stance} {on(row['stated_on'])}: {row['statement']}"


def _estimate(shelf: Shelf, row: Row) -> str:
    return f"{shelf.record(row['record'])['title']}: estimate in {unit(shelf, row['unit'])} for {day(row['day'])}"


def _status(shelf: Shelf, row: Row) -> str:
    return f"{shelf.record(row['record'])['title']}: {shelf.words('status', row['status'])}"


def _title(_: Shelf, row: Row) -> str:
    return str(row["title"])


def _name(_: Shelf, row: Row) -> str:
    return str(row["name"])


# What can be cited by its id: what the entry is called, and its title.
ENTRIES: dict[str, tuple[str, Callable[[Shelf, Row], str]]] = {
    "transfers": ("Transfer", _title),
    "events": ("Event", _title),
    "claims": ("Claim", _claim),
    "estimates": ("Estimate", _estimate),
    "transfer_status": ("Status", _status),
    "actors": ("Actor", _name),
    "items": ("Item", _name),
    "voices": ("Voice", lambda shelf, row: shelf.name("voices", row["id"])),
    "places": ("Place", _name),
    "vessels": ("Vessel", _name),
    "provisions": ("Provision", lambda shelf, row: shelf.provision(row["id"])),
    "conversions": ("Conversion", lambda shelf, row: shelf.conversion(row["id"])),
}
_NOT_SHOWN = ("estimates", "transfer_status")  # `show` tells them with their record


def address(url: str | None) -> str | None:
    """An address with what no address may hold percent-encoded; None for none."""
    return _NOT_IN_URLS.sub(lambda found: quote(found[0]), url) if url else None


def made(item: Item) -> Item:
    """The item without what is not known, and with no character that cannot be seen."""
    return {name: _seen(value) for name, value in item.items() if value}


def _seen(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, list):
        return [_seen(one) for one in value]
    return {name: _seen(one) for name, one in value.items()} if isinstance(value, dict) else value


def _key(*names: str) -> str:
    return _KEY.sub("_", "_".join(names).casefold())

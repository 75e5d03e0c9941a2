"""How to cite the dataset. No DOI and no address is given that the release does not state."""

from __future__ import annotations

import hashlib
import re
from typing import Any, Literal

from armsledger.errors import BadArgument, one_of
from armsledger.files import Release, packaged

Style = Literal["apa", "bibtex"]
STYLES: tuple[Style, ...] = ("apa", "bibtex")

_BIBTEX_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "#$%&_"},
}


def cite(style: Style = "apa") -> str:
    """The citation of this version of the dataset.

    style: ``"apa"``, the form for data sets of the APA's Publication Manual (7th edition, 10.9); or
        ``"bibtex"``, a BibTeX entry of type ``@misc``, which BibTeX and biblatex both know, under a key that
        is the same for everybody who cites this version (``armsledger_dprk_russia_0_1_0``).

    A version that ends in ``.dev0`` is a working state between releases, which others cannot get by its
    name; its citation names the SHA-256 of the release's SHA256SUMS too (APA: its first 12 digits).

    ValueError: another style.
    """
    return cite_release(packaged(), style)


def cite_release(release: Release, style: Style = "apa") -> str:
    """`cite` for any release folder."""
    if style == "apa":
        return apa(release.package, _digest(release))
    if style == "bibtex":
        return _bibtex(release)
    raise BadArgument(one_of("style", style, STYLES))


def _authors(package: dict[str, Any]) -> list[str]:
    return [c["title"] for c in package.get("contributors", ()) if "author" in c.get("roles", ())]


def _address(package: dict[str, Any]) -> str | None:
    if package.get("id"):
        doi = str(package["id"])
        return doi if doi.startswith("http") else f"https://doi.org/{doi}"
    return package.get("homepage")


def _digest(release: Release) -> str | None:
    """The SHA-256 of SHA256SUMS, for a working state only."""
    if ".dev" not in release.version:
        return None
    return hashlib.sha256(release.read("SHA256SUMS")).hexdigest()


def apa(package: dict[str, Any], digest: str | None = None) -> str:
    """The APA form for a Data Package, with the digest of its sums where one is given."""
    names = _authors(package)
    joined = names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"
    version = f"Version {package['version']}" + (f"; SHA256SUMS {digest[:12]}" if digest else "")
    point = "" if joined.endswith(".") else "."
    year = package["armsledger:asOf"][:4]
    text = f"{joined}{point} ({year}). {package['title']} ({version}) [Data set]."
    address = _address(package)
    return f"{text} {address}" if address else text


def _bibtex(release: Release) -> str:
    package = release.package
    key = re.sub(r"[^a-z0-9]+", "_", f"armsledger_{release.name}_{release.version}".lower())
    digest = _digest(release)
    fields = {
        "author": " and ".join(f"{{{_escape(name)}}}" for name in _authors(package)),
        "title": f"{{{_escape(package['title'])}}}",
        "year": str(release.as_of.year),
        "version": _escape(release.version),
        "howpublished": "Data set",
        "note": _escape(
            f"Version {release.version}"
            + (f"; a working state, SHA-256 of SHA256SUMS: {digest}" if digest else "")
        ),
    }
    doi = package.get("id")
    if doi:
        fields["doi"] = re.sub(r"^https?://(dx\.)?doi\.org/", "", str(doi))
    address = _address(package)
    if address:
        fields["url"] = address
    body = ",\n".join(f"  {name:<12} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{key},\n{body}\n}}"


def _escape(text: str) -> str:
    return "".join(_BIBTEX_SPECIAL.get(mark, mark) for mark in text)

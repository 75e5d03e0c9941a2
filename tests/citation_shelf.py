"""A release with documents of many kinds and scripts, for citations that the data lack."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from armsledger.files import Release
from tests.test_package_helpers import Row, added, chained, changed, crafted

SEED = "evrimagaci-undated-alliance"
EVIL = '}{ \\end{x} "q" 50% & more_#1 $x$ ~ ^ {a} <script>alert(1)</script> <i>i</i> \u202egnp\x1b[31m\n@misc{y, x=1}'

DOCUMENTS: dict[str, dict[str, Any]] = {
    "agency-2024-11-29-shells": {
        "title": "Kyiv: five million shells?",
        "publisher": "prk-army",
        "author": "Jane Doe and Kim Min-su",
        "source_type": "news_own_reporting",
        "published": "2024-11-29",
        "url": "https://example.org/a_b?x=1&y=%20#z~",
        "retrieved_on": dt.date(2026, 11, 22),
    },
    "hur-2024-11-29-rozpovid": {
        "title": "Розповідь про постачання озброєння з КНДР",
        "title_en": "An account of arms supplies from the DPRK",
        "publisher": "ua-hur",
        "source_type": "gov_statement",
        "language": "uk",
        "published": "2024-11-29",
        "url": "https://example.org/доповідь",
    },
    "rus-2024-06-dogovor": {
        "title": "Договор о всеобъемлющем стратегическом партнёрстве",
        "title_en": "Treaty on comprehensive strategic partnership",
        "publisher": "rus",
        "source_type": "other",
        "language": "ru",
        "published": "2024-06",
        "url": "https://example.org/gone",
        "archive_url": "https://web.example.org/2024/https://example.org/gone",
        "access": "gone",
    },
    "prk-2024-poeui": {
        "title": "조선민주주의인민공화국 외무성 보도국 대변인담화",
        "title_en": "Statement of the spokesman of the Foreign Ministry",
        "publisher": "prk",
        "author": "조선중앙통신",
        "source_type": "state_media",
        "language": "ko",
        "published": "2024-11~",
        "url": "https://example.org/ko",
        "archive_url": "https://web.example.org/ko",
    },
    "panel-2024-03-07-final": {
        "title": "Final report of the Panel of Experts",
        "publisher": "kor",
        "author": "Panel of Experts",
        "source_type": "intergov_report",
        "published": "2024-03-07",
        "doc_symbol": "S/2024/215",
    },
    "kor-undated-page": {
        "title": "Arms trade",
        "publisher": "kor",
        "source_type": "imagery_provider",
        "published": "..",
        "url": "https://example.org/undated",
        "retrieved_on": dt.date(2026, 11, 22),
    },
    "kor-2023-2397": {
        "title": "List of vessels",
        "publisher": "kor",
        "source_type": "sanctions_notice",
        "published": "[2023-12-30..2024-01-05]",
        "doc_symbol": "2397",
    },
    "kor-2024-post": {
        "title_en": "Only the translation is known",
        "publisher": "kor",
        "source_type": "social_media",
        "published": "2024-05-03?",
        "url": "https://example.org/post",
    },
    "kor-2024-21-data": {
        "title": "Trade table",
        "publisher": "kor",
        "source_type": "dataset",
        "published": "2024-21",
    },
}
EVIL_ID = "kor-2024-evil"


def with_documents(folder: Path) -> Release:
    """The installed release with `DOCUMENTS` and a hostile one, as version 0.1.0."""
    empty: Row = dict.fromkeys(
        ("title", "title_en", "author", "url", "archive_url", "retrieved_on", "doc_symbol")
    )
    rows = {id_: empty | values for id_, values in DOCUMENTS.items()}
    rows[EVIL_ID] = empty | {
        "title": EVIL,
        "author": f"A {EVIL} and B",
        "url": "https://example.org/}{\\x\"'<>",
        "published": "2024",
        "source_type": "think_tank",
        "doc_symbol": EVIL,
    }
    edits = [added(SEED, id=id_, **values) for id_, values in rows.items()]
    names = changed("prk-army", name="Agency & Sons")
    release = crafted(folder, {"sources": chained(*edits), "actors": names})
    release.package["version"] = "0.1.0"
    return release

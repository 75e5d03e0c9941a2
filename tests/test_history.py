"""Three made-up releases end to end: what changed and why, what stays, what is refused, what loads for ever."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from armsledger.sums import write_sums
from tests.made_up import DATASET, Checkout, second, third

VERSIONS = ("0.1.0", "0.2.0", "0.3.0")


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Released three times; what was refused on the way is kept in ``said``."""
    checkout = Checkout(tmp_path_factory.mktemp("made-up"))
    said: dict[str, str] = {}
    said["nothing"] = checkout.run("diff", status=1)
    said["warned"] = refused_for_a_warning(checkout)
    checkout.run("release", "0.1.0")
    second(checkout)
    said["text"] = checkout.run("diff")
    said["json"] = checkout.run("diff", "--format", "json")
    said["dirty"] = checkout.run("release", "0.2.0", status=1)
    checkout.commit("second")
    before = checkout.state
    said["small"] = checkout.run("release", "0.1.1", status=1)
    assert checkout.state == before
    checkout.run("release", "0.2.0")
    third(checkout)
    said["renamed"] = checkout.run("diff")
    checkout.commit("third")
    checkout.run("release", "0.3.0")
    checkout.said = said  # type: ignore[attr-defined]
    return checkout


def refused_for_a_warning(checkout: Checkout) -> str:
    """What a release says of a warning that nobody accepted; the tree is left as it was."""
    checkout.edit("events/NKRU-E-0002.yaml", "places:\n  - {place: russia, role: site}\n", "")
    checkout.commit("an event without a place")
    said = checkout.run("release", "0.1.0", status=1)
    checkout.git("reset", "--quiet", "--hard", "HEAD~1")
    return said


def said(three: Checkout, what: str) -> str:
    text: str = three.said[what]  # type: ignore[attr-defined]
    return text


def changes(three: Checkout, old: str, new: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = three.ask(
        f"armsledger.changes({old!r}, {new!r}).astype(object).where(lambda f: f.notna(), None).to_dict('records')"
    )
    return rows


def of(rows: list[dict[str, Any]], **wanted: Any) -> list[dict[str, Any]]:
    return [row for row in rows if all(row[key] == value for key, value in wanted.items())]


# -- what changed ----------------------------------------------------------------------------------------------


def test_changes_names_what_was_added_corrected_retired_and_re_estimated(three: Checkout) -> None:
    rows = changes(three, "0.1.0", "0.2.0")
    assert of(rows, table="claims", change="added", row_key="NKRU-T-0001.c4")
    [corrected] = of(rows, table="transfers", change="changed")
    assert corrected == {
        "table": "transfers",
        "row_key": "NKRU-T-0003",
        "change": "changed",
        "column": "start",
        "old": "2024-10-01",
        "new": "2024-10-02",
        "reason": "source_reread: It sailed a day later.",
    }
    [graded] = of(rows, table="actors", change="changed")
    assert (graded["old"], graded["new"], graded["reason"]) == (
        "B",
        "C",
        "regraded: Its counts were of boxes.",
    )
    [retired] = of(rows, table="transfers", change="retired")
    assert (retired["row_key"], retired["reason"]) == ("NKRU-T-0007", "duplicate, see NKRU-T-0003")
    series = "NKRU-T-0001.moved.all.round.cumulative.reported"
    [moved] = of(rows, table="estimates", row_key=series, column="conflict")
    assert (moved["change"], moved["old"], moved["new"]) == ("re_estimated", "false", "true")
    assert not of(rows, column="record_sha256")
    assert not of(rows, column="stale_days")


def test_a_renamed_column_and_code_are_followed_and_their_rows_are_no_changes(three: Checkout) -> None:
    rows = changes(three, "0.2.0", "0.3.0")
    schema = [
        {key: row[key] for key in ("table", "row_key", "change", "column", "old", "new")} for row in rows
    ]
    assert schema == [
        {"table": "actors", "row_key": None, "change": "renamed", "column": "wikidata_item", "old": "wikidata",
         "new": "wikidata_item"},
        {"table": "codelists", "row_key": "place_role|used_at", "change": "renamed", "column": "value",
         "old": "use", "new": "used_at"},
        {"table": "codelists", "row_key": "qualifier|near", "change": "renamed", "column": "value",
         "old": "approx", "new": "near"},
    ]  # fmt: skip


def test_changes_reach_over_a_release_in_between(three: Checkout) -> None:
    rows = changes(three, "0.1.0", "0.3.0")
    assert of(rows, table="actors", change="renamed")
    assert of(rows, table="transfers", change="changed", column="start")
    assert not of(rows, table="actors", column="wikidata_item", change="changed")
    assert three.ask("len(armsledger.changes('0.3.0', '0.3.0'))") == 0
    assert three.ask("len(armsledger.changes('0.3.0'))") == 0  # the working state differs in nothing yet


def test_each_release_carries_its_own_changes(three: Checkout) -> None:
    for old, new in (("0.1.0", "0.2.0"), ("0.2.0", "0.3.0")):
        carried = three.ask(
            f"armsledger.load('changes', version={new!r}).astype(object).where(lambda f: f.notna(), None)"
            ".to_dict('records')"
        )
        assert carried == changes(three, old, new)
    assert three.ask("len(armsledger.load('changes', version='0.1.0'))") == 0


def test_diff_is_for_people_and_for_programs(three: Checkout) -> None:
    text = said(three, "text")
    assert text.startswith("0.1.0 -> 0.1.1.dev0: calls for a minor step, at least 0.2.0\n")
    assert "  NKRU-T-0007  (duplicate, see NKRU-T-0003)\n" in text
    assert text.count("NKRU-T-0007  (duplicate") == 1
    assert "  NKRU-T-0003  transfers.start: 2024-10-01 -> 2024-10-02\n    source_reread: It sailed" in text
    assert "NKRU-T-0001.moved.all.round.cumulative.reported: conflict false -> true" in text
    found = json.loads(said(three, "json"))
    assert (found["old"], found["step"], found["next"]) == ("0.1.0", "minor", "0.2.0")
    assert {row["change"] for row in found["changes"]} == {"added", "changed", "retired", "re_estimated"}
    assert "calls for a major step, at least 0.3.0 (before 1.0.0" in said(three, "renamed")
    assert "nothing was released yet" in said(three, "nothing")
    assert three.run("diff", "0.1.0", "0.2.0").splitlines()[2:] == text.splitlines()[2:]
    assert "0.1.5: no such release" in three.run("diff", "0.1.5", status=1)
    assert "0.2.0 is newer than 0.1.0; give the older one first" in three.run(
        "diff", "0.2.0", "0.1.0", status=1
    )
    assert "datapackage.json" in three.run("diff", "0.1.0", str(odd_package(three)), status=1)


def odd_package(three: Checkout) -> Path:
    """A folder with a datapackage.json that is not of a release, and right sums."""
    folder = three.folder / "dist" / "odd"
    folder.mkdir(exist_ok=True)
    (folder / "datapackage.json").write_text('{"name": "odd"}')
    write_sums(folder, [folder / "datapackage.json"])
    return folder


# -- what is refused -------------------------------------------------------------------------------------------


def test_a_release_is_refused_with_what_to_do(three: Checkout) -> None:
    assert "NKRU-E-0002.yaml:1:5: warning W06" in said(three, "warned")
    assert "or accepted in datasets/dprk-russia/accepted.yaml" in said(three, "warned")
    assert "the tree is not clean" in said(three, "dirty")
    assert "calls for a minor step, claims NKRU-T-0001.c4 added among it: release 0.2.0" in said(
        three, "small"
    )
    before = three.state
    for version, why in (
        ("0.3.0", "the tag v0.3.0 is there already"),
        ("0.2.5", "does not come after 0.3.0"),
        ("1.0", "is no version to release"),
        ("0.3.1", "says nothing under `## [Unreleased]`"),
    ):
        assert why in three.run("release", version, status=1)
        assert three.state == before
    assert not list((three.folder / "dist").glob(".release-*"))
    three.git("checkout", "--quiet", "--detach")
    try:
        assert "no branch is checked out" in three.run("release", "0.3.1", status=1)
    finally:
        three.git("checkout", "--quiet", "main")


def test_a_release_that_cannot_be_tagged_moves_nothing(three: Checkout) -> None:
    three.say("Nothing much.")
    three.commit("a line")
    three.git("tag", "v0.3.1/in-the-way")
    before = three.state
    try:
        said = three.run("release", "0.3.1", status=1)
        assert "git tag: " in said
        assert "nothing was released; the tree is as before" in said
        assert three.state == before
    finally:
        three.git("tag", "--delete", "v0.3.1/in-the-way")
        three.git("reset", "--quiet", "--hard", "HEAD~1")


@pytest.mark.parametrize(
    ("name", "edit", "why"),
    [
        ("README.md", "<!-- begin: coders -->", "README has 0 blocks named coders"),
        ("CHANGELOG.md", "## [Unreleased]", "has no heading `## [Unreleased]`"),
    ],
)
def test_what_the_pages_lack_is_said(three: Checkout, name: str, edit: str, why: str) -> None:
    three.say("Nothing much.")
    three.edit(name, edit, "Nothing", within=".")
    three.commit("a page that lacks something")
    before = three.state
    try:
        assert why in three.run("release", "0.3.1", status=1)
        assert three.state == before
    finally:
        three.git("reset", "--quiet", "--hard", "HEAD~1")


def test_odd_things_among_the_releases_are_said(three: Checkout) -> None:
    releases = three.folder / "releases"
    for name in (".ipynb_checkpoints", "notes"):
        (releases / name).mkdir()
    try:
        said = three.run("build", status=1)
        assert "releases/notes:1:1: error V01: is not in releases/SHA256SUMS\n  help: remove it" in said
        assert "ipynb" not in said
    finally:
        (releases / "notes").rmdir()
    assert three.run("build")
    (releases / ".ipynb_checkpoints").rmdir()
    sums = (releases / "SHA256SUMS").read_bytes()
    (releases / "SHA256SUMS").unlink()
    try:
        assert "is missing, and 0.3.1.dev0 comes after a first release" in three.run("build", status=1)
        (releases / "SHA256SUMS").write_bytes(sums.replace(b"0.1.0/", b"first/"))
        assert "first is no version" in three.run("build", status=1)
    finally:
        (releases / "SHA256SUMS").write_bytes(sums)


def test_a_tombstone_retires_a_claim_with_all_that_stood_in_it(three: Checkout) -> None:
    text = (three.folder / DATASET / "transfers" / "NKRU-T-0001.yaml").read_text(encoding="utf-8")
    start = text.index("  - id: c4\n")
    three.edit("transfers/NKRU-T-0001.yaml", text[start : text.index("  - id: c3\n", start)], "")
    try:
        assert "`NKRU-T-0001.c4` of 0.3.0 is gone, and has no tombstone" in three.run("build", status=1)
        three.edit("retired.yaml", "NKRU-T-0007:", "NKRU-T-0001.c4:\n  reason: error\nNKRU-T-0007:")
        assert "NKRU-T-0001.c4  (error)" in three.run("diff")
        three.edit("dataset.yaml", "as_of: 2025-07-31", "as_of: 2025-07-01")
        assert "error V05 as_of: 2025-07-01 is before 2025-07-31, the day of 0.3.0" in three.run(
            "build", status=1
        )
    finally:
        three.git("checkout", "--quiet", ".")


def test_check_holds_the_records_to_the_last_release(three: Checkout, tmp_path: Path) -> None:
    three.edit("transfers/NKRU-T-0003.yaml", "start: 2024-10-02", "start: 2024-10-03")
    grade = "  reliability: {}\n  reliability_basis: Watches"
    three.edit("registries/actors.yaml", grade.format("C"), grade.format("D"))
    try:
        command = [sys.executable, "build_dataset.py", "check"]
        done = subprocess.run(command, cwd=three.folder, capture_output=True, text=True)
        assert done.returncode == 1
        found = [line for line in done.stdout.splitlines() if " error " in line]
        assert [re.sub(r":\d+:\d+", "", line) for line in found] == [
            f"{DATASET}/registries/actors.yaml: error V03 kor.reliability: it was `C` in 0.3.0, and no new revision"
            " names `reliability`",
            f"{DATASET}/transfers/NKRU-T-0003.yaml: error V03 start: it was `2024-10-02` in 0.3.0, and no new"
            " revision names `start`",
        ]  # fmt: skip
    finally:
        three.git("checkout", "--quiet", ".")


# -- what stays ------------------------------------------------------------------------------------------------


def test_every_version_loads_as_it_was(three: Checkout) -> None:
    assert three.ask("armsledger.versions()['version'].tolist()") == [*VERSIONS, "0.3.1.dev0"]
    for version in VERSIONS:
        folder = three.folder / "releases" / version
        tables = three.ask(f"armsledger.tables(version={version!r}).set_index('table')['rows'].to_dict()")
        for table, rows in tables.items():
            lines = (folder / "csv" / f"{table}.csv").read_text(encoding="utf-8").splitlines()
            assert len(lines) == rows + 1, (version, table)
    starts = [
        three.ask(f"armsledger.load('transfers', version={v!r}).set_index('id').loc['NKRU-T-0003', 'start']")
        for v in VERSIONS
    ]
    assert starts == ["2024-10-01", "2024-10-02", "2024-10-02"]
    for version, column in (("0.1.0", "wikidata"), ("0.3.0", "wikidata_item")):
        assert column in three.ask(f"armsledger.load('actors', version={version!r}).columns.tolist()")
        assert column in three.ask(f"armsledger.codebook('actors', version={version!r})['column'].tolist()")


def test_a_record_says_since_when_and_when_it_last_changed(three: Checkout) -> None:
    traced = three.ask(
        "armsledger.load('records').set_index('id')[['first_release', 'changed_release']].T.to_dict('list')"
    )
    assert traced["NKRU-T-0001"] == ["0.1.0", "0.2.0"]  # a claim was added
    assert traced["NKRU-T-0003"] == ["0.1.0", "0.2.0"]
    assert traced["NKRU-T-0002"] == ["0.1.0", "0.1.0"]  # its estimate may move, its record did not
    assert traced["NKRU-E-0001"] == ["0.1.0", "0.1.0"]  # a renamed code is no change
    graves = three.ask("armsledger.load('retired').set_index('id')['retired_in'].to_dict()")
    assert graves == {"NKRU-T-0007": "0.2.0", "NKRU-T-0008": "0.1.0"}


def test_show_tells_the_history_of_a_record(three: Checkout) -> None:
    said = " ".join(three.python("import armsledger; print(armsledger.show('NKRU-T-0003'))").split())
    assert "0.1.0: 30 June 2025 · first published" in said or "0.1.0 30 June 2025 first published" in said
    assert "start was 2024-10-01, is 2024-10-02 (source_reread: It sailed a day later.)" in said
    assert "What was corrected after a release, and why" in said
    page = three.python("import armsledger; print(armsledger.show('NKRU-T-0001')._repr_html_())")
    assert "1 claim added (c4); conflict was false, is true" in page
    actor = " ".join(three.python("import armsledger; print(armsledger.show('kor'))").split())
    assert "Its counts were of boxes." in actor
    assert "was retired in 0.2.0 (duplicate). See NKRU-T-0003." in three.python(
        "import armsledger\ntry: armsledger.show('NKRU-T-0007')\nexcept LookupError as error: print(error)"
    )


def test_known_by_rewinds_an_old_version(three: Checkout) -> None:
    def asked(version: str) -> Any:
        return three.ask(
            f"armsledger.load('claims', version={version!r}, known_by='2025-01-31').query("
            "'record == \"NKRU-T-0001\"')['id'].tolist()"
        )

    assert asked("0.1.0") == ["NKRU-T-0001.c1", "NKRU-T-0001.c2", "NKRU-T-0001.c3"]
    assert asked("0.2.0") == ["NKRU-T-0001.c1", "NKRU-T-0001.c2", "NKRU-T-0001.c3", "NKRU-T-0001.c4"]
    assert "wikidata" in three.ask(
        "armsledger.load('actors', version='0.1.0', known_by='2025-01-31').columns.tolist()"
    )
    for version in VERSIONS:
        assert three.python(
            "import armsledger\nfrom pandas.testing import assert_frame_equal\n"
            f"day = armsledger.versions().set_index('version').loc[{version!r}, 'as_of']\n"
            f"for table in armsledger.tables(version={version!r})['table']:\n"
            f"    plain = armsledger.load(table, version={version!r})\n"
            f"    known = armsledger.load(table, version={version!r}, known_by=day)\n"
            "    known.attrs = plain.attrs\n"
            "    assert_frame_equal(plain, known)\n"
            "print('same')"
        ) == "same\n"  # fmt: skip


def test_the_changelog_says_it_under_a_person_s_lines(three: Checkout) -> None:
    text = (three.folder / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[(.+?)\](?: - (\S+))?$", text, re.M)
    assert headings == [
        ("Unreleased", ""),
        ("0.3.0", "2025-07-31"),
        ("0.2.0", "2025-07-31"),
        ("0.1.0", "2025-06-30"),
    ]
    block = text[text.index("## [0.2.0]") : text.index("## [0.1.0]")]
    person, data = block.split("### Data\n")
    assert "- A claim of South Korea; one transfer was coded twice." in person
    assert "- Added, claims 1: NKRU-T-0001.c4." in data
    assert "- Changed, rows 2: NKRU-T-0003, kor." in data
    assert "NKRU-T-0007" in data
    assert "- Moved: NKRU-T-0001.moved.all.round.cumulative.reported: conflict false -> true." in data


def test_a_release_is_a_commit_that_builds_the_same_bytes_and_a_way_on(
    three: Checkout, tmp_path: Path
) -> None:
    assert three.git("tag", "--list").split() == [f"v{version}" for version in VERSIONS]
    log = three.git("log", "--format=%s", "-3").splitlines()
    assert log == ["Go on as 0.3.1.dev0", "Release 0.3.0", "third"]
    assert three.git("status", "--porcelain") == ""
    clone = tmp_path / "clone"
    three.git("clone", "--quiet", "--branch", "v0.2.0", ".", str(clone))
    done = subprocess.run(
        [sys.executable, "build_dataset.py", "build"], cwd=clone, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    for name in ("SHA256SUMS", "csv/claims.csv", "datapackage.json"):
        built, frozen = clone / "dist" / "made-up-0.2.0" / name, three.folder / "releases" / "0.2.0" / name
        assert built.read_bytes() == frozen.read_bytes()
    typed = clone / DATASET / "transfers" / "NKRU-T-0003.yaml"
    typed.write_text(typed.read_text().replace("start: 2024-10-02", "start: 2024-10-05"))
    done = subprocess.run(
        [sys.executable, "build_dataset.py", "build"], cwd=clone, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "error V05 version: 0.2.0 is frozen, and 1 row differs from it" in done.stderr


# -- tampering -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["csv/claims.csv", "datapackage.json", "SHA256SUMS", "codebook.md"])
def test_a_changed_byte_of_a_frozen_file_fails_check_and_build(three: Checkout, name: str) -> None:
    path = three.folder / "releases" / "0.1.0" / name
    data = path.read_bytes()
    path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    try:
        command = [sys.executable, "build_dataset.py", "build"]
        done = subprocess.run(command, cwd=three.folder, capture_output=True, text=True)
        assert done.returncode == 1
        assert "releases/0.1.0:1:1: error V01" in done.stderr
        assert name in done.stderr
    finally:
        path.write_bytes(data)


def test_a_changed_byte_of_the_archive_is_caught_and_refused(three: Checkout) -> None:
    past = three.folder / "src" / "armsledger" / "_data" / "past"
    tried = 0
    for name in ("releases.tar.xz", "releases.tar.xz.sha256", "SHA256SUMS"):
        path = past / name
        data = path.read_bytes()
        for at in (0, len(data) // 2, len(data) - 2):
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            try:
                said = three.python(
                    "import armsledger\n"
                    "try: armsledger.verify()\n"
                    "except armsledger.Damaged as error: print(error)\n"
                )
                assert "not what was published" in said, (name, at)
                tried += 1
            finally:
                path.write_bytes(data)
    assert tried == 9


def test_an_archive_that_does_not_match_its_sums_refuses_to_load_and_names_the_table(three: Checkout) -> None:
    """The archive is made anew, with its own sum: only what is in it was tampered with."""
    said = three.python(
        "import hashlib, io, tarfile\n"
        "from armsledger import past\n"
        "members = dict(past.members_of(past.PAST / past.ARCHIVE))\n"
        "members['0.1.0/csv/claims.csv'] = members['0.1.0/csv/claims.csv'].replace(b'5000000', b'5000001')\n"
        "out = io.BytesIO()\n"
        "with tarfile.open(fileobj=out, mode='w:xz') as tar:\n"
        "    for name, data in members.items():\n"
        "        entry = tarfile.TarInfo(name); entry.size = len(data); tar.addfile(entry, io.BytesIO(data))\n"
        "import pathlib, tempfile\n"
        "folder = pathlib.Path(tempfile.mkdtemp())\n"
        "(folder / past.SUMS).write_bytes((past.PAST / past.SUMS).read_bytes())\n"
        "(folder / past.ARCHIVE).write_bytes(out.getvalue())\n"
        "digest = hashlib.sha256(out.getvalue()).hexdigest()\n"
        "(folder / past.ARCHIVE_SUM).write_text(f'{digest}  {past.ARCHIVE}\\n')\n"
        "past.PAST = folder\n"
        "import armsledger\n"
        "print(len(armsledger.load('actors', version='0.1.0')))\n"
        "try: armsledger.load('claims', version='0.1.0')\n"
        "except armsledger.Damaged as error: print(error)\n"
        "print(*past.archive_problems(folder)[0])\n"
    )
    assert "claims: csv/claims.csv of 0.1.0: its SHA-256 is not the one in SHA256SUMS" in said
    assert said.splitlines()[0].isdigit()
    assert said.splitlines()[-1].startswith("claims: csv/claims.csv of 0.1.0")


# -- interruption ----------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_a_killed_release_leaves_the_tree_as_before(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    before = checkout.state
    for seconds in (1, 3, 6):
        process = subprocess.Popen(
            [sys.executable, "build_dataset.py", "release", "0.1.0"],
            cwd=checkout.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert checkout.state == before
    checkout.run("release", "0.1.0")
    assert not list((checkout.folder / "dist").glob(".release-*"))
    assert checkout.git("worktree", "list").count("\n") == 1
    assert checkout.state != before

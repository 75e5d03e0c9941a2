"""Rules on the form of files and cells. The steps that meet them enforce them: read, rows, check."""

from __future__ import annotations

from schemas.rules.model import declare

# --- files (compiler.read) ------------------------------------------------------------------------------
declare("F01", "A file is UTF-8.", "save the file as UTF-8")
declare("F02", "A file has no byte order mark.", "save the file as UTF-8 without BOM")
declare(
    "F03",
    "A file holds no character that cannot be seen.",
    "delete it; it cannot be seen, and it changes what is read",
)
declare("F04", "A file holds no tab.", "use spaces")
declare("F05", "Lines end with LF.", "save the file with LF line ends")
declare("F06", "A file is no larger than 1 MiB.", "a record is a few kilobytes; split it")
declare(
    "F07",
    "A file holds data.",
    "start from a template: python build_dataset.py new transfer|event|source; a file of entries that has none is `{}`",
)
declare("F08", "A file is a mapping.", "begin with `key: value` lines, as a template does")
declare(
    "F09",
    "A file is readable as YAML.",
    "compare it with a template; text with `: ` or ` #` in it needs double quotes",
)
declare("F10", "A file is one document.", "delete the `---`, or make it two files")
declare("F11", "A file uses no anchors or aliases.", "write the value out where it is used")
declare("F12", "A file uses no tags or directives.", "delete it; the column says what type a value has")
declare("F13", "A file is nested no deeper than 24.", "compare it with a template")
declare("F14", "A key stands once in its mapping.", "keep one of the two")
declare("F15", "A key is one plain word.", "write `key: value`")
declare("F16", "Every file can be read.", "check that it is a file, and its permissions")
declare(
    "F17",
    "Every file of the dataset has its place.",
    "one `<id>.yaml` a record in transfers/, events/ or sources/; registries keep their names",
)

# --- shapes (compiler.rows) -----------------------------------------------------------------------------
declare("S01", "Every key is declared.", "the codebook lists the keys")
declare(
    "S02",
    "Every required key is there.",
    "add it; `build_dataset.py new` writes a template that says where to look the value up",
)
declare("S03", "A key holds what is declared: a value, a list or a mapping.", "compare it with a template")
declare("S04", "A key that is there has a value.", "leave the key out if there is nothing to say")

# --- types (compiler.check) -----------------------------------------------------------------------------
declare(
    "S05",
    "A number is digits with at most one point, and at most 15 of them.",
    "write 5000000 or 1.5: no separators, no exponent, no unit",
)
declare("S06", "A whole number has digits only.", "write 5000000: no separators, no point, no exponent")
declare("S07", "A yes or no is true or false.", "write true or false")
declare("S08", "A code is in its list.", "the codebook lists the codes and says when to choose which")
declare(
    "S09", "A date is in the EDTF subset.", "write it as precisely as the source does, and no more precisely"
)
declare("S10", "A day is a day of the calendar.", "write YYYY-MM-DD")

# --- what Table Schema can say too (Pandera) ------------------------------------------------------------
declare("S11", "Text is no longer than declared.", "say it in fewer words, in your own")
declare("S12", "Text has the declared form.", "the codebook gives the form and an example")
declare("S13", "A number is in its range.", "compare it with the source")

# --- text in cells: nothing that a spreadsheet would run or a reader take for missing --------------------
declare(
    "T01",
    "Text does not begin with = + - @ or a tab.",
    "begin with another word; a spreadsheet would run this",
)
declare(
    "T02", "Text holds no line break or control character.", "write one line; use `>-` to fold a long text"
)
declare(
    "T03",
    "Text is in Unicode form NFC.",
    "type the letter and its accent as one character; `build_dataset.py fmt` does it",
)
declare(
    "T04", "Text is not a word that readers take for missing.", "leave the key out if there is nothing to say"
)
declare("T05", "Text has no space at its ends, and none doubled.", "delete the spaces")
declare("T06", "A word of a list holds no `|` and stands once.", "the CSV joins the words with `|`")

# --- keys -----------------------------------------------------------------------------------------------
declare(
    "K01", "An id is used once.", "ids are used once and for ever: give the newer one the next free number"
)

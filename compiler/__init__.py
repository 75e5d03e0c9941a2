"""How a release is made, a module a step; ``build`` calls them in their order.

    read       YAML text to a tree with positions
    rows       a tree to rows
    check      everything that can be wrong: cells (values), models (Pandera), the rules of ``schemas``
    report     problems as text, GitHub commands or JSON
    derive     joins, the assessment, flat views
    write      canonical CSV, Parquet, sums          metadata   datapackage.json, CITATION.cff, Croissant ...
    readme     the README of a release               verify     read back as an outsider would
    publish    all or nothing                        packing    the hook that puts the tables into a wheel

Beside the way: fmt and new (records), explain (rules), pages (README's outputs), frames, progress.
"""

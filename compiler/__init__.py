"""How a release is made, a module a step; ``build`` calls them in their order.

    read       YAML text to a tree with positions
    rows       a tree to rows
    past       what was published before, and what differs from it
    check      everything that can be wrong: cells (values), models (Pandera), the rules of ``schemas``, warnings
               that were accepted (accepting), what earlier releases promise (promises)
    report     problems as text, GitHub commands or JSON
    derive     joins, the assessment, flat views, the panel, the changes
    write      canonical CSV, Parquet               metadata   datapackage.json, CITATION.cff, Croissant ...
    readme     the README of a release              verify     read back as an outsider would
    publish    all or nothing                       archive    all frozen versions, for the package
    packing    the hook that puts both into a wheel

    diff       what changed, for people and programs
    release    freeze a version; changelog its block in CHANGELOG.md

Beside the way: fmt and new (records), explain (rules), pages (README's outputs), frames, progress.
"""

"""What the claims add up to: estimates, status, confidence and counts, by the codebook's section 4.

One pure function, `assess`, of the claims, the records, the conversions and a day: it reads no file and no
clock and changes nothing that it is given. The compiler, `load(known_by=)` and `estimates()` all call it.
`recommended` gives of many days at once what may be added up.

    model      what the rules see of a claim and a record; rule 2 (eligible); who supersedes whom
    voices     independence
    estimates  the estimate rules 1 to 10 and 12
    standing   ladder, confidence, admissions, denials, counts, rule 11
    reading    frames -> plain records, `subjects`
    writing    plain rows -> typed frames
"""

from armsledger.assess.assessment import (
    METHOD_VERSION,
    Assessment,
    assess,
    attaching_denials,
    recommended,
)
from armsledger.assess.reading import subjects

__all__ = ["METHOD_VERSION", "Assessment", "assess", "attaching_denials", "recommended", "subjects"]

"""caselint reads case records and points to words that blame or hide, where they stand without the writer's own analysis.

>>> import caselint
>>> result = caselint.Linter().check("She puts herself at risk.")
>>> [(finding.rule, finding.text) for finding in result.findings]
[('risk-and-choice/puts-at-risk', 'puts herself at risk')]
"""

from ._caselint import VERSION, CaselintError, InputError, SettingsError
from ._caselint import Stream as ArrowStream
from ._linter import Linter
from ._result import Evidence, Finding, Result, Subject, Voice

__version__ = VERSION

__all__ = [
    "ArrowStream",
    "CaselintError",
    "Evidence",
    "Finding",
    "InputError",
    "Linter",
    "Result",
    "SettingsError",
    "Subject",
    "Voice",
    "__version__",
]

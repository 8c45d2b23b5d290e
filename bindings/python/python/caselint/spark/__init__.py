"""caselint over tables that need more than one machine, with PySpark 3.5 or 4.

Lexicons and settings travel with the job; the package has to be installed where the workers run. The text of a note comes out of an
executor where `words=True` asks for its phrases, and nowhere else.
"""

from ._audit import audit, count
from ._check import check, errors, findings
from ._histories import histories
from ._together import together

__all__ = ["audit", "check", "count", "errors", "findings", "histories", "together"]

"""What a trial on the service's own records came to."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike, fspath
from typing import Any, Union

from .._caselint import InputError

LEAST = 20
"""A family's own figure counts where so many of its findings were judged."""


@dataclass(frozen=True)
class Share:
    """How often readers agreed, and the standard deviation of its logarithm, from the interval."""

    share: float
    spread: float

    @classmethod
    def of(cls, figure: Mapping[str, Any]) -> Share:
        """Read a figure of the trial."""
        low, high = max(float(figure["low"]), 0.001), float(figure["high"])
        return cls(float(figure["share"]), math.log(high / low) / (2 * 1.959964))


@dataclass(frozen=True)
class Precision:
    """The precision of all findings, and of families of which enough were judged."""

    all: Share
    families: dict[str, Share]


def precision(trial: Union[str, PathLike[str], Mapping[str, Any]], edition: str) -> Precision:
    """Read what `caselint trial read --format json` printed."""
    printed: Any = trial
    if not isinstance(trial, Mapping):
        with open(fspath(trial), encoding="utf-8") as file:
            printed = json.load(file)
    try:
        flagged, lexicon = printed["reading"]["flagged"], printed["tool"]["lexicon"]
        judged = flagged["all"]["judged"]
    except (KeyError, TypeError):
        raise InputError("this is no trial; give what `caselint trial read --format json` printed") from None
    if lexicon != edition:
        raise InputError(
            f"the trial was of lexicon {lexicon[:12]}, and these records are checked with {edition[:12]}; hold the trial again, or check "
            "with the lexicon that it was of"
        )
    if judged == 0:
        raise InputError("no finding was judged in this trial; let somebody answer its sheet first")
    families = {name: Share.of(figure) for name, figure in flagged["families"].items() if figure["judged"] >= LEAST and figure["agreed"]}
    return Precision(Share.of(flagged["all"]), families)

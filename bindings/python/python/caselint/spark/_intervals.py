"""How sure a rate is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Optional

from pyspark.sql import functions as F  # noqa: N812

from ._trial import Precision

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

Z = 1.959964
"""The 97.5th percentile of the normal distribution."""
NONE_HIGH = -math.log(0.025)
"""The upper end of Poisson's interval where nothing was counted."""
SUMS = ("findings", "_ff", "_fw")
"""Over records: of findings, of their squares, and of findings times words."""


def intervals(figures: DataFrame, known: Optional[Precision]) -> DataFrame:
    """Add the rate in each thousand words and its interval of 95 %.

    Findings come in clusters, since one record repeats its words, so the spread between records counts (the ratio estimator) and never less
    than chance alone (Poisson) would. The interval is symmetric in the logarithm.
    """
    words, found = F.col("words").cast("double"), F.col("findings")
    rate = found / words
    residual = F.col("_ff") - 2 * rate * F.col("_fw") + rate * rate * F.col("_ww")
    records = F.col("records").cast("double")
    between = records / F.greatest(records - 1, F.lit(1.0)) * residual
    spread = F.sqrt(F.greatest(between, found)) / found
    with_rate = figures.withColumn("per_1000_words", F.when(words > 0, 1000 * rate)).withColumn("_spread", F.when(found > 0, spread))
    none_high = F.when(words > 0, 1000 * NONE_HIGH / words)
    rated = _around(with_rate, "per_1000_words", F.col("_spread"), none_high, ("low", "high"))
    return rated if known is None else _agreed(rated, known, none_high)


def _around(table: DataFrame, rate: str, spread: Column, none_high: Column, names: tuple[str, str]) -> DataFrame:
    low, high = names
    is_none = F.col("findings") == 0
    return table.withColumn(low, F.when(is_none, F.lit(0.0)).otherwise(F.col(rate) * F.exp(-Z * spread))).withColumn(
        high, F.when(is_none, none_high).otherwise(F.col(rate) * F.exp(Z * spread))
    )


def _agreed(table: DataFrame, known: Precision, none_high: Column) -> DataFrame:
    """Add what readers would agree with. Their own uncertainty makes the interval wider."""
    share, spread = F.lit(known.all.share), F.lit(known.all.spread)
    for family, figure in known.families.items():
        is_family = (F.col("measure") == "family") & (F.col("name") == family)
        share = F.when(is_family, F.lit(figure.share)).otherwise(share)
        spread = F.when(is_family, F.lit(figure.spread)).otherwise(spread)
    both = F.sqrt(F.col("_spread") * F.col("_spread") + spread * spread)
    agreed = table.withColumn("agreed_per_1000_words", F.col("per_1000_words") * share)
    return _around(agreed, "agreed_per_1000_words", both, none_high, ("agreed_low", "agreed_high"))

"""How many decimals an amount has, by its currency, as ISO 4217 says."""

from __future__ import annotations

DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
}
BY_CURRENCY = {currency: decimals for decimals, names in DECIMALS.items() for currency in names.split()}


def decimals_of(currency: str) -> int:
    """The decimals of `currency`: 0, 2 or 3."""
    return BY_CURRENCY.get(currency, 2)

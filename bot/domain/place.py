"""A place a runner can be in: what turns wall-clock times and emergency numbers local."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One place as the runner confirms it.

    `region` is the state, province or nation where that tells namesakes apart (Portland, Oregon),
    else "". `country` is an ISO 3166 alpha-2 code, "" where no country could be guessed.
    `zone` is an IANA name that `zoneinfo` knows.
    """

    name: str
    region: str
    country: str
    zone: str

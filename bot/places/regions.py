"""States and provinces where they tell namesakes apart: Portland, Oregon; London, Ontario.

The codes are GeoNames' admin1 codes (https://www.geonames.org, CC BY 4.0). Elsewhere a city's
country is enough, and a region nobody uses in speech would only lengthen the button.
"""

from typing import Final, NamedTuple

from bot.places.spelling import fold


class Region(NamedTuple):
    """A state or province: country (alpha-2), GeoNames code, name, common short forms."""

    country: str
    code: str
    name: str
    short: tuple[str, ...]


_UNITED_STATES: Final = """
AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware
DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa
KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota
MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey
NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon
PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah
VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming
"""

_ELSEWHERE: Final = (
    Region("CA", "01", "Alberta", ("AB", "Alta")),
    Region("CA", "02", "British Columbia", ("BC",)),
    Region("CA", "03", "Manitoba", ("MB",)),
    Region("CA", "04", "New Brunswick", ("NB",)),
    Region("CA", "05", "Newfoundland and Labrador", ("NL", "Newfoundland")),
    Region("CA", "07", "Nova Scotia", ("NS",)),
    Region("CA", "08", "Ontario", ("ON", "Ont")),
    Region("CA", "09", "Prince Edward Island", ("PE", "PEI")),
    Region("CA", "10", "Quebec", ("QC", "PQ")),
    Region("CA", "11", "Saskatchewan", ("SK", "Sask")),
    Region("CA", "12", "Yukon", ("YT",)),
    Region("CA", "13", "Northwest Territories", ("NT", "NWT")),
    Region("CA", "14", "Nunavut", ("NU",)),
    Region("AU", "01", "Australian Capital Territory", ("ACT",)),
    Region("AU", "02", "New South Wales", ("NSW",)),
    Region("AU", "03", "Northern Territory", ("NT",)),
    Region("AU", "04", "Queensland", ("QLD",)),
    Region("AU", "05", "South Australia", ("SA",)),
    Region("AU", "06", "Tasmania", ("TAS",)),
    Region("AU", "07", "Victoria", ("VIC",)),
    Region("AU", "08", "Western Australia", ("WA",)),
    Region("GB", "ENG", "England", ()),
    Region("GB", "SCT", "Scotland", ()),
    Region("GB", "WLS", "Wales", ("Cymru",)),
    Region("GB", "NIR", "Northern Ireland", ("NI",)),
)


def _read() -> tuple[Region, ...]:
    pairs = (part.split(" ", 1) for part in _UNITED_STATES.strip().replace("\n", "|").split("|"))
    return tuple(Region("US", code, name, (code,)) for code, name in pairs) + _ELSEWHERE


_REGIONS: Final = _read()
_NAMES: Final = {(region.country, region.code): region.name for region in _REGIONS}


def region_name(country: str, code: str) -> str:
    """Name the region a city's label needs, "" where its country is enough."""
    return _NAMES.get((country, code), "")


def find_regions(text: str) -> tuple[Region, ...]:
    """Read a region's name or short form; several may share one (WA, NT)."""
    wanted = fold(text)
    return tuple(
        region
        for region in _REGIONS
        if wanted == fold(region.name) or any(wanted == fold(short) for short in region.short)
    )

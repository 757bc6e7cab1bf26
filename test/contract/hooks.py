"""Data that gets beyond the first check; why each is needed is said beside it."""

import datetime
import json
import os
import zlib

import schemathesis
from hypothesis import strategies as st

IDS = json.loads(os.environ["QINGKONG_IDS"])

# Days and times whose years the document's pattern takes. It is left out of the schemas, because Schemathesis would
# draw from all years and find hardly any that match.
DAYS = st.dates(datetime.date(1992, 1, 1), datetime.date(2199, 12, 31))
TIMES = st.tuples(DAYS, st.integers(0, 86_399), st.sampled_from(["Z", "+08:00", "-11:30"]))
schemathesis.openapi.format("date", DAYS.map(str))
schemathesis.openapi.format("date-time", TIMES.map(lambda one: f"{one[0]}T{clock(one[1])}{one[2]}"))


def clock(second):
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"


@schemathesis.hook
def before_load_schema(context, raw_schema):
    parts = [raw_schema]
    while parts:
        part = parts.pop()
        if isinstance(part, dict) and part.get("format") in ("date", "date-time"):
            part.pop("pattern", None)
        parts.extend(part.values() if isinstance(part, dict) else part if isinstance(part, list) else [])


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Random ids are all unknown: three in four become ids that exist, drills in every phase among them."""
    for name, known in IDS.items():
        if path_parameters and name in path_parameters:
            number = zlib.crc32(repr(path_parameters[name]).encode())
            if number % 4:
                path_parameters[name] = known[number // 4 % len(known)]
    return path_parameters


@schemathesis.hook
def map_body(context, body):
    """Hundreds of drills at a day a second would measure the machine, not the contract."""
    drill = body.get("drill") if isinstance(body, dict) else None
    if isinstance(drill, dict) and isinstance(drill.get("timeScale"), int) and 60 < drill["timeScale"] <= 86_400:
        drill["timeScale"] = 60
    return body

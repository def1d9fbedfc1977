"""Opens an Arrow file of the demo atlas as an analyst would, and holds it against the CSV."""

import io
import sys
import urllib.request

import pandas
import pyarrow.feather

url = sys.argv[1]


def get(suffix: str) -> bytes:
    path = f"/api/v1/latest/values/lsoa11/crime{suffix}?period=all&fields=numerator,denominator"
    with urllib.request.urlopen(url + path) as answer:
        return answer.read()


table = pyarrow.feather.read_table(io.BytesIO(get(".arrow")))
assert table.schema.metadata[b"indicator"] == b"crime", table.schema.metadata
arrow = pandas.read_feather(io.BytesIO(get(".arrow")))
csv = pandas.read_csv(io.BytesIO(get(".csv")), keep_default_na=False, na_values={"value": [""]})
pandas.testing.assert_frame_equal(arrow, csv, check_dtype=False, check_exact=True)
print(f"arrow: {len(arrow)} rows are those of the CSV")

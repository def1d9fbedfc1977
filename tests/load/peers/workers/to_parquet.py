"""geopandas: writes boundaries and a table as Parquet, the boundaries with their boxes as columns. to_parquet.py FOLDER"""

import sys
from pathlib import Path

import geopandas
import pandas

folder = Path(sys.argv[1])
areas = geopandas.read_file(folder / "areas.geojson")[["LSOA11CD", "LSOA11NM", "geometry"]]
areas.to_parquet(folder / "areas.parquet")
values = pandas.read_csv(folder / "wide.csv")
values.to_parquet(folder / "wide.parquet", index=False)
# For pygeoapi, whose provider finds places by such columns.
boxes = areas.join(areas.bounds).merge(values, on="LSOA11CD", validate="one_to_one")
boxes.to_parquet(folder / "joined.parquet", row_group_size=5000)

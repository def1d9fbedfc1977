"""geopandas: reads boundaries and a table, and joins them. join.py AREAS TABLE [long]"""

import sys

import geopandas
import pandas


def main(areas, table, layout="wide"):
    read_areas = geopandas.read_parquet if areas.endswith(".parquet") else geopandas.read_file
    read_table = pandas.read_parquet if table.endswith(".parquet") else pandas.read_csv
    values = read_table(table)
    if layout == "long":
        values = values.pivot(index="area_code", columns="indicator", values="value").rename_axis(index="LSOA11CD").reset_index()
    joined = read_areas(areas).merge(values, on="LSOA11CD", validate="one_to_one")
    columns = [name for name in joined.columns if name.startswith("invented-")]
    print(len(joined), len(columns), int(joined[columns].isna().sum().sum()))


main(*sys.argv[1:])

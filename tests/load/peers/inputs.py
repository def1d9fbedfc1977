"""What Tessera and the others are given: the boundaries of the national atlas and its 250 columns of the newest period, in every form
that somebody reads."""

import json
import math
import os
import subprocess
from multiprocessing import Process
from pathlib import Path

PERIOD = "2024"
CODE = "LSOA11CD"
GOLDEN_RATIO = (1 + math.sqrt(5)) / 2


class Inputs:
    """The files of a folder, which are made where they are missing.

    areas.geojson, areas.parquet         the boundaries
    wide.csv, wide.parquet, long.csv     the values: a column an indicator, or a row a value
    joined.parquet                       both, as pygeoapi reads it
    areas.geojsonl, baked.geojsonl       both, as tippecanoe reads it: with codes alone, and with all values
    published.txt, distinct.txt          one column of the values, with one decimal; and as many numbers without ties
    csv, parquet, long                   atlas folders of the same files
    """

    def __init__(self, folder, national, python):
        self.folder = Path(folder).resolve()
        if not (self.folder / "made").exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            # In a process of its own: what is measured afterwards begins with the memory of this one.
            maker = Process(target=self.make, args=(Path(national), python))
            maker.start()
            maker.join()
            if maker.exitcode != 0:
                raise SystemExit("the inputs could not be made")
            (self.folder / "made").touch()

    def __truediv__(self, name):
        return self.folder / name

    def make(self, national, python):
        boundaries = (national / "boundaries" / "lsoa11.geojson").read_bytes()
        (self / "areas.geojson").write_bytes(boundaries)
        features = json.loads(boundaries)["features"]
        del boundaries
        tables = sorted((national / "data").glob(f"[0-9]*-{PERIOD}.csv"))
        indicators = self.write_tables(tables)
        self.write_lines(features)
        self.write_columns()
        subprocess.run([python, Path(__file__).parent / "workers" / "to_parquet.py", self.folder], check=True)
        manifest = (national / "atlas.toml").read_text(encoding="utf-8").split("\n[[table]]")[0]
        described = (national / "data" / "indicators.csv").read_text(encoding="utf-8")
        columns = "".join(f'"{id}" = "{id}"\n' for id in indicators)
        wide = f'code = "{CODE}"\nperiod = "{PERIOD}"\n[table.columns]\n{columns}'
        for name, areas, table, layout in [
            ("csv", "areas.geojson", "wide.csv", wide),
            ("parquet", "areas.parquet", "wide.parquet", wide),
            ("long", "areas.geojson", "long.csv", 'layout = "long"\n'),
        ]:
            atlas = self / name
            atlas.mkdir(exist_ok=True)
            for file in (areas, table):
                os.link(self / file, atlas / file)
            (atlas / "data").mkdir()
            (atlas / "data" / "indicators.csv").write_text(described, encoding="utf-8")
            section = f'\n\n[[table]]\nfile = "{table}"\ngeography = "lsoa11"\n{layout}'
            text = manifest.replace("boundaries/lsoa11.geojson", areas) + section
            (atlas / "atlas.toml").write_text(text, encoding="utf-8")

    def write_tables(self, tables):
        """One table with the columns of all, and one with a row for each of their values; gives the ids of the indicators."""
        opened = [open(table, encoding="utf-8") for table in tables]
        with open(self / "wide.csv", "w", encoding="utf-8") as wide, open(self / "long.csv", "w", encoding="utf-8") as long:
            rows = ([line.rstrip("\n").split(",", 1) for line in lines] for lines in zip(*opened))
            ids = ",".join(columns for _, columns in next(rows)).split(",")
            wide.write(",".join([CODE, *ids]) + "\n")
            long.write("area_code,indicator,period,value\n")
            for row in rows:
                code, values = row[0][0], ",".join(values for _, values in row)
                wide.write(f"{code},{values}\n")
                long.writelines(f"{code},{id},{PERIOD},{value}\n" for id, value in zip(ids, values.split(",")))
        for file in opened:
            file.close()
        return ids

    def write_lines(self, features):
        with (
            open(self / "wide.csv", encoding="utf-8") as table,
            open(self / "areas.geojsonl", "w", encoding="utf-8") as areas,
            open(self / "baked.geojsonl", "w", encoding="utf-8") as baked,
        ):
            headings = next(table).strip().split(",")
            for feature, row in zip(features, table):
                code, *values = row.strip().split(",")
                if feature["properties"][CODE] != code:
                    raise SystemExit("the boundaries and the tables are not in the same order")
                feature["properties"] = {CODE: code}
                areas.write(json.dumps(feature) + "\n")
                feature["properties"].update(zip(headings[1:], map(float, values)))
                baked.write(json.dumps(feature) + "\n")

    def write_columns(self):
        with open(self / "wide.csv", encoding="utf-8") as table:
            next(table)
            published = [row.split(",", 2)[1] for row in table]
        (self / "published.txt").write_text("".join(f"{value}\n" for value in published))
        # Many low and few high, like scores.
        distinct = (math.exp(4 * (area * GOLDEN_RATIO % 1)) for area in range(len(published)))
        (self / "distinct.txt").write_text("".join(f"{value!r}\n" for value in distinct))

//! Published tables in the form in which they are published: workbooks, packed files, headings below titles. Skipped unless
//! `TESSERA_REAL_DATA` names the folder that holds them.

use std::collections::BTreeMap;
use std::path::Path;

use tessera_atlas::cell::Status;
use tessera_atlas::folder::AtlasFolder;
use tessera_atlas::problem::Problems;
use tessera_atlas::table::Table;

use crate::fixture::{Folder, column, overall, told};
use crate::real_data::{data, read, worcestershire};

/// The indicator and the table of a count of people.
fn people(file: &str, keys: &str, heading: &str) -> String {
    format!(
        "\n[[indicator]]\nid = \"residents\"\nname = \"Residents\"\nkind = \"count\"\n\
         [[table]]\nfile = \"{file}\"\ngeography = \"lsoa11\"\nperiod = \"2018\"\n{keys}\n[table.columns]\n\"{heading}\" = \"residents\"\n"
    )
}

/// The LSOAs of 2021 of Leicester, and a table of their scores.
fn leicester(data: &Path, table: &str) -> Folder {
    let manifest = "format = 1\n[atlas]\nid = \"leicester\"\ntitle = \"Leicester\"\n[disclosure]\nnone = \"published official statistics\"\n\
        [[geography]]\nid = \"lsoa21\"\nname = \"LSOAs (2021)\"\nsingular = \"LSOA\"\nboundaries = \"lsoa21.geojson\"\ncode = \"LSOA21CD\"\n\
        [[indicator]]\nid = \"imd-score\"\nname = \"IMD score\"\nkind = \"score\"\n[[indicator]]\nid = \"imd-rank\"\nname = \"IMD rank\"\nkind = \"rank\"\n";
    Folder::tiny()
        .with("atlas.toml", format!("{manifest}{table}"))
        .with("lsoa21.geojson", read(data, "boundaries/lsoa21/leicester.geojson"))
}

#[test]
fn the_workbook_of_leicester_is_the_national_table() {
    let Some(data) = data() else { return };
    let table = "[[table]]\nfile = \"iod2025.xlsx\"\ngeography = \"lsoa21\"\ncode = \"LSOA code\"\nperiod = \"2025\"\n[table.columns]\n\"IMD2025_score\" = \"imd-score\"\n\"IMD2025_rank\" = \"imd-rank\"\n";
    let workbook = read(&data, "indicators/imd/iod2025_leicester_city_council.xlsx");
    let folder = leicester(&data, table).with("iod2025.xlsx", workbook);
    let (_, report) = folder.read();
    assert_eq!(told(&report), "");
    let joined = &report.tables[0];
    assert_eq!((joined.rows, joined.matched, joined.without_value.len()), (200, 200, 0));
    assert_eq!(joined.sheet.as_deref(), Some("Feuil1"));

    let table = "[[table]]\nfile = \"iod2025.csv\"\ngeography = \"lsoa21\"\ncode = \"lsoa21_code\"\nperiod = \"2025\"\n[table.columns]\n\"IMD_score\" = \"imd-score\"\n\"IMD_rank\" = \"imd-rank\"\n";
    let national =
        leicester(&data, table).with("iod2025.csv", read(&data, "indicators/imd/by_authority/iod2025_leicester.csv"));
    let (from_workbook, from_csv) = (folder.open(), national.open());
    for indicator in ["imd-score", "imd-rank"] {
        let values = |view| column(view, "lsoa21", indicator, "2025").values.clone();
        assert_eq!(values(&from_workbook), values(&from_csv), "{indicator}");
    }
}

#[test]
fn the_population_of_a_workbook_stands_below_its_title() {
    let Some(data) = data() else { return };
    let keys = "code = \"Code\"\nsheet = \"Mid-2018 Population Density\"\nheading_row = 5";
    let folder = worcestershire(&data)
        .adding("atlas.toml", &people("sape.xlsx", keys, "Mid-2018 population"))
        .with("sape.xlsx", read(&data, "indicators/population/SAPE21DT11-mid-2018-lsoa-population-density.xlsx"));
    let (_, report) = folder.read();
    let joined = &report.tables[1];
    assert_eq!((joined.rows, joined.matched, joined.elsewhere), (34_753, 364, 34_753 - 364));
    assert_eq!(overall(&folder.open(), "residents", "2018"), Some(592_057.0));
    // Without the name of the sheet, all five are listed.
    let message = folder.replacing("atlas.toml", "sheet = \"Mid-2018 Population Density\"", "").problems();
    assert!(
        message.contains("the workbook has 5 sheets") && message.contains("Mid-2018 Population Density"),
        "{message}"
    );
}

#[test]
fn the_census_of_2011_heads_three_columns_alike() {
    let Some(data) = data() else { return };
    let census = read(&data, "indicators/census2011/census2011_population_households_density_lsoa11_ew.csv.gz");
    let folder = worcestershire(&data)
        .adding("atlas.toml", &people("census.csv.gz", "code = \"LSOA Code\"", "Persons"))
        .adding("atlas.toml", "[[indicator]]\nid = \"communal\"\nname = \"In communal establishments\"\nkind = \"count\"\n[[table]]\nfile = \"census.csv.gz\"\ngeography = \"lsoa11\"\ncode = \"LSOA Code\"\nperiod = \"2018\"\n[table.columns]\n\"Persons#3\" = \"communal\"\n\"Persons#2\" = { indicator = \"residents\", period = \"2011\" }\n")
        .with("census.csv.gz", census);
    let (_, report) = folder.read();
    assert_eq!(told(&report), "");
    assert_eq!((report.tables[1].rows, report.tables[1].matched), (34_753, 364));
    let view = folder.open();
    let [all, in_households, communal] = [("residents", "2018"), ("residents", "2011"), ("communal", "2018")]
        .map(|(id, period)| overall(&view, id, period).unwrap());
    assert_eq!(all, 566_169.0);
    assert_eq!(in_households + communal, all);
}

#[test]
fn the_indices_of_all_england_are_those_of_the_county_and_more() {
    let Some(data) = data() else { return };
    let whole = read(&data, "indicators/imd/iod2019_file7_scores_ranks_deciles_denominators.csv.gz");
    let folder = worcestershire(&data)
        .replacing("atlas.toml", "[[table]]\nfile = \"iod2019.csv\"", "[[table]]\nfile = \"iod2019.csv.gz\"")
        .with("iod2019.csv.gz", whole);
    let (_, report) = folder.read();
    assert_eq!(told(&report), "");
    let joined = &report.tables[0];
    assert_eq!((joined.rows, joined.matched, joined.elsewhere), (32_844, 364, 32_844 - 364));
    assert_eq!(folder.id(), worcestershire(&data).id());
}

#[test]
fn a_workbook_says_which_ward_an_area_lies_in() {
    let Some(data) = data() else { return };
    let lookup = "[[geography]]\nid = \"ward25\"\nname = \"Wards\"\nsingular = \"ward\"\ndissolve = \"lsoa21\"\n\
        [[lookup]]\nchild = \"lsoa21\"\nparent = \"ward25\"\nfile = \"wards.xlsx\"\nchild_code = \"lsoa21cd\"\nparent_code = \"wd25cd\"\nparent_label = \"wd25nm\"\nfit = \"best-fit\"\n\
        [[table]]\nfile = \"iod2025.csv\"\ngeography = \"lsoa21\"\ncode = \"lsoa21_code\"\nperiod = \"2025\"\n[table.columns]\n\"IMD_score\" = \"imd-score\"\n";
    let folder = leicester(&data, lookup)
        .with("wards.xlsx", read(&data, "lookups/lsoa21_ward25_constituency_lad25.xlsx"))
        .with("iod2025.csv", read(&data, "indicators/imd/by_authority/iod2025_leicester.csv"));
    let view = folder.open();
    let wards = view.geography("ward25").unwrap();
    assert_eq!(wards.len(), 21);
    let boundaries = String::from_utf8(read(&data, "boundaries/ward25/leicester.geojson")).unwrap();
    for ward in wards.areas() {
        assert!(boundaries.contains(&format!("\"{}\"", ward.code)) && boundaries.contains(&ward.name), "{ward:?}");
    }
}

#[test]
fn no_mark_in_the_results_of_schools_becomes_zero() {
    let Some(data) = data() else { return };
    let folder = Folder::tiny().with("ks4.csv", read(&data, "schools/schools_ks4_secondary_2019_worcestershire.csv"));
    let mut problems = Problems::default();
    let table = Table::read(&AtlasFolder::open(folder.path()).unwrap(), "ks4.csv", &mut problems).unwrap();
    let column = table.column("P8MEA").unwrap();
    let symbols = BTreeMap::from(
        [("NP", Status::NotAvailable), ("NE", Status::NotApplicable), ("SUPP", Status::Suppressed)]
            .map(|(symbol, status)| (symbol.to_owned(), status)),
    );
    let mut marks: BTreeMap<&str, usize> = BTreeMap::new();
    let mut numbers = 0;
    for row in table.rows() {
        let text = row.cell(column);
        let cell = table.read_cell(text, &symbols).unwrap();
        match cell.value {
            Some(value) => {
                assert_eq!(value, text.parse::<f64>().unwrap());
                numbers += 1;
            }
            None => {
                assert_eq!(cell.status, [symbols.get(text).copied().unwrap_or(Status::NotAvailable)]);
                *marks.entry(text).or_default() += 1;
            }
        }
        // Without `symbols`, a mark is an error and no number.
        assert_eq!(table.read_cell(text, &BTreeMap::new()).is_err(), ["NP", "NE", "SUPP"].contains(&text));
    }
    assert_eq!(numbers, 35);
    assert_eq!(marks, BTreeMap::from([("", 1), ("NE", 4), ("NP", 18), ("SUPP", 1)]));
}

//! Editions on disk: what is opened again is what was written, or it is refused.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use tessera_atlas::store::{ColumnCache, Publisher, Store, StoreError, write_edition};
use tessera_atlas::{AtlasView, Audience, Building, Edition, build_edition, read_atlas};
use tessera_geo::tiles::{Form, TileAddress};

use crate::fixture::Folder;

/// An edition with everything in it: parts, statuses, coverage, notes, targets, clusters that overlap, comparators, places,
/// postcodes, years that start in September.
pub(crate) fn full() -> Folder {
    Folder::tiny()
        .adding(
            "atlas.toml",
            r#"
[[geography]]
id = "country"
name = { en = "Country", cy = "Gwlad" }
singular = "country"
areas = [{ code = "C", name = "Land" }]

[[lookup]]
child = "area"
parent = "country"
file = "country.csv"
child_code = "CODE"
parent_code = "COUNTRY"

[[indicator]]
id = "share"
name = "Share"
kind = "proportion"
per = 100
aggregate = "ratio-of-sums"
polarity = "high-is-bad"
themes = ["One / Two", "Three"]

[[table]]
file = "share.csv"
geography = "area"
code = "CODE"
period = "2018/19"
year_starts = "09-01"
[table.columns]
"N" = { indicator = "share", field = "numerator" }
"D" = { indicator = "share", field = "denominator" }
"L" = { indicator = "share", field = "lower" }

[[table]]
file = "later.csv"
geography = "area"
code = "CODE"
period = "2019-10"
[table.columns]
"V" = "share"

[[cluster]]
id = "both"
name = "Clusters"
singular = "cluster"
of = "area"
file = "clusters.csv"

[[targets]]
file = "targets.csv"

[[notes]]
file = "notes.csv"

[[points]]
id = "schools"
name = "Schools"
file = "schools.csv"
lon = "lon"
lat = "lat"
label = "name"
attributes = ["phase", "head"]

[[postcodes]]
file = "postcodes.csv"
"#,
        )
        .with("country.csv", "CODE,COUNTRY\nA1,C\nA2,C\nA3,C\nA4,C\n")
        .with("share.csv", "CODE,N,D,L\nA1,10,100,7.5\nA2,[c],300,\nA3,30,200,12 [p]\nA4,..,400,\n")
        .with("later.csv", "CODE,V\nA1,0.1\nA2,-1e300\nA3,0.30000000000000004 [r]\nA4,[z]\n")
        .with("clusters.csv", "area_code,cluster_code,cluster_name\nA1,X,Ex\nA2,X,Ex\nA2,Y,Why\n")
        .with(
            "targets.csv",
            "area_code,indicator,period,target,baseline,tolerance\nA1,share,2030,5,12,\nW,share,2030,6,,1\n",
        )
        .with("notes.csv", "area_code,indicator,period,note\nA1,,,Flooded\nA3,share,2018/19,<b>Odd</b>\n")
        .with("schools.csv", "name,lon,lat,phase,head\nOld School,-1.95,52.05,Primary,\n,-1.85,52.15,,<b>Ann</b>\n")
        .with("postcodes.csv", "pcds,CODE,lat,long\nAB1 1AA,A1,52.05,-1.95\nAB1 1AB,A4,,\n")
}

struct Written {
    edition: Edition,
    folder: TempDir,
}

fn written(sources: &Path) -> Written {
    let (edition, report) = read_atlas(sources);
    let edition = edition.unwrap_or_else(|| panic!("{}", crate::fixture::told(&report)));
    let folder = tempfile::tempdir().unwrap();
    write_edition(&edition, folder.path()).unwrap();
    Written { edition, folder }
}

impl Written {
    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn open(&self) -> Result<Edition, StoreError> {
        let store = Store::open(self.path(), ColumnCache::new(1 << 20))?;
        let latest = store.latest()?.unwrap();
        store.edition(&latest)
    }

    /// Every file, by its path within the edition.
    fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => found.push(path.strip_prefix(self.path()).unwrap().to_str().unwrap().to_owned()),
                }
            }
        }
        found.sort();
        found
    }
}

/// Every fact of an edition that a reader can ask for, as text.
fn facts(edition: Edition) -> Vec<String> {
    let view = AtlasView::open(Arc::new(edition), Audience::Public);
    let mut facts = vec![format!("{:?} {:?} {:?}", view.id(), view.info(), view.opening())];
    for geography in view.geographies() {
        facts.push(format!("{:?} {:?} {:?}", geography.id, geography.name, geography.singular));
        facts.push(format!("{:?} {:?} {}", geography.parents, geography.sets, geography.tiling));
        facts.extend(geography.areas().iter().map(|area| format!("{area:?}")));
        facts.extend(geography.shape.as_ref().map(|shape| format!("{:?} {:?}", shape.topology, shape.queen())));
        for indicator in view.indicators() {
            for period in view.periods(geography, indicator) {
                let column = view.column(geography, indicator, period).unwrap();
                facts.push(format!("{} {} {period:?} {column:?}", geography.id, indicator.id));
                facts.push(format!("{:?}", view.overall(indicator, period).unwrap()));
            }
        }
    }
    for indicator in view.indicators() {
        facts.push(format!("{indicator:?} {:?}", view.target_periods(indicator)));
    }
    facts.push(format!("{:?} {:?}", view.points(), view.notes("A3", view.indicator("share"), None)));
    for postcode in ["AB1 1AA", "AB1 1AB"] {
        let found = view.locate_postcode(&postcode.parse().unwrap());
        let found = found.map(|found| (found.place, found.areas.iter().map(|area| area.area().code.clone()).collect()));
        facts.push(format!("{:?}", found as Option<(_, Vec<String>)>));
    }
    facts
}

#[test]
fn an_edition_is_opened_again_as_it_was_written() {
    let folder = full();
    let written = written(folder.path());
    drop(folder);
    let opened = written.open().unwrap();
    assert_eq!(opened.id(), written.edition.id());
    assert_eq!(opened.id_of_content().unwrap(), *written.edition.id());
    let Written { edition, folder: _folder } = written;
    let (built, opened) = (facts(edition), facts(opened));
    assert!(built.len() > 35, "{}", built.len());
    for (built, opened) in built.iter().zip(&opened) {
        assert_eq!(built, opened);
    }
    assert_eq!(built.len(), opened.len());
}

#[test]
fn the_demo_is_opened_again_as_it_was_written() {
    let written = written(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    let opened = written.open().unwrap();
    assert_eq!(opened.id_of_content().unwrap(), *written.edition.id());
    assert!(facts(written.edition) == facts(opened));
}

#[test]
fn the_same_content_is_written_byte_for_byte_the_same() {
    let (one, other) = (written(full().path()), written(full().path()));
    assert_eq!(one.files(), other.files());
    for file in one.files().iter().filter(|file| *file != "manifest.json") {
        assert!(fs::read(one.path().join(file)).unwrap() == fs::read(other.path().join(file)).unwrap(), "{file}");
    }
}

#[test]
fn a_changed_byte_anywhere_is_refused_by_name() {
    let written = written(full().path());
    for file in written.files() {
        let path = written.path().join(&file);
        let bytes = fs::read(&path).unwrap();
        for position in [0, bytes.len() / 3, bytes.len() / 2, bytes.len() - 1] {
            let mut changed = bytes.clone();
            changed[position] ^= 4;
            fs::write(&path, &changed).unwrap();
            let error = written.open().unwrap_err();
            assert!(matches!(&error, StoreError::Damaged { file: named, .. } if *named == file), "{file}: {error}");
        }
        fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
        assert!(matches!(written.open(), Err(StoreError::Damaged { .. })), "{file} is shorter");
        fs::write(&path, &bytes).unwrap();
    }
    written.open().unwrap();
}

#[test]
fn a_missing_file_is_refused_by_name() {
    let written = written(full().path());
    for file in written.files() {
        let path = written.path().join(&file);
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        let error = Store::open(written.path(), ColumnCache::new(0)).and_then(|store| match store.latest()? {
            Some(latest) => store.edition(&latest).map(drop),
            None => Err(StoreError::NoEdition(String::new())),
        });
        match error.unwrap_err() {
            StoreError::Missing { file: named, .. } => assert_eq!(named, file),
            StoreError::NoEdition(_) => assert_eq!(file, "manifest.json"),
            error => panic!("{file}: {error}"),
        }
        fs::write(&path, bytes).unwrap();
    }
}

#[test]
fn what_an_edition_holds_is_named_for_readers_of_other_programs() {
    let files: BTreeSet<String> = written(full().path()).files().into_iter().collect();
    let expected = [
        "arcs/area.parquet",
        "arcs/both.parquet",
        "arcs/district.parquet",
        "catalog.json",
        "geographies/area.parquet",
        "geographies/both.parquet",
        "geographies/country.parquet",
        "geographies/district.parquet",
        "indicators/people.parquet",
        "indicators/share.parquet",
        "lines/area.pmtiles",
        "lines/both.pmtiles",
        "lines/district.pmtiles",
        "manifest.json",
        "points/schools.parquet",
        "postcodes.parquet",
        "targets.parquet",
        "tiles/area.pmtiles",
        "tiles/both.pmtiles",
        "tiles/district.pmtiles",
    ];
    assert_eq!(files, expected.map(str::to_owned).into());
}

#[test]
fn tiles_are_those_that_an_edition_without_a_store_would_cut() {
    let written = written(full().path());
    let opened = AtlasView::open(Arc::new(written.open().unwrap()), Audience::Public);
    let built = AtlasView::open(Arc::new(written.edition), Audience::Public);
    for geography in built.geographies().iter().filter(|geography| geography.shape.is_some()) {
        let pyramid = built.pyramid(geography).unwrap().unwrap();
        assert_eq!(opened.pyramid(geography).unwrap(), Some(pyramid));
        assert!(pyramid.last_zoom > 2, "{pyramid:?}");
        let mut seen = 0;
        for zoom in 0..=pyramid.last_zoom.min(6) {
            let tiles = (0..1 << zoom).flat_map(|x| (0..1 << zoom).map(move |y| TileAddress { zoom, x, y }));
            for at in tiles.filter(|at| at.x.abs_diff(1 << zoom >> 1) < 3) {
                let tile = opened.tile(geography, Form::Vector, at).unwrap();
                seen += usize::from(tile.is_some());
                if tile.is_some() || at.x == at.y {
                    assert_eq!(tile, built.tile(geography, Form::Vector, at).unwrap(), "{} {at:?}", geography.id);
                    let lines = opened.tile(geography, Form::Lines, at).unwrap();
                    assert_eq!(lines.is_some(), tile.is_some());
                    assert_eq!(lines, built.tile(geography, Form::Lines, at).unwrap(), "{} {at:?}", geography.id);
                }
            }
        }
        assert!(seen > usize::from(pyramid.last_zoom.min(6)), "a tile at least of each zoom");
    }
    let comparator = built.geography("country").unwrap();
    assert_eq!((built.pyramid(comparator).unwrap(), opened.pyramid(comparator).unwrap()), (None, None));
}

fn publish(store: &Path, folder: &Folder) -> String {
    let publisher = Publisher::of(store).unwrap().unwrap();
    let (edition, _) = folder.read();
    let building = publisher.building();
    write_edition(&edition.unwrap(), &building).unwrap();
    publisher.publish(&building).unwrap().to_string()
}

#[test]
fn a_store_keeps_editions_and_points_to_the_newest() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), ColumnCache::new(1 << 20)).unwrap();
    assert_eq!((store.latest().unwrap(), store.editions().unwrap()), (None, Vec::new()));
    let first = publish(folder.path(), &Folder::tiny());
    let second = publish(folder.path(), &full());
    assert_eq!(store.latest().unwrap().unwrap().as_str(), second);
    let kept: BTreeSet<String> = store.editions().unwrap().into_iter().map(|stored| stored.id.to_string()).collect();
    assert_eq!(kept, BTreeSet::from([first.clone(), second.clone()]));
    for id in [&first, &second] {
        assert_eq!(store.edition(&id.parse().unwrap()).unwrap().id_of_content().unwrap().as_str(), id);
    }
    // Of what is known only whether it is there is looked at.
    let mut known = store.editions().unwrap();
    known.iter_mut().for_each(|stored| stored.built = "once".to_owned());
    assert_eq!(store.editions_beside(&known[..1]).unwrap().iter().filter(|stored| stored.built == "once").count(), 1);
    let gone = known.iter().find(|stored| stored.id.as_str() == first).unwrap().clone();
    std::fs::rename(folder.path().join("editions").join(&first), folder.path().join("away")).unwrap();
    known.retain(|stored| *stored != gone);
    assert_eq!(store.editions_beside(&[known.clone(), vec![gone.clone()]].concat()).unwrap(), known);
    assert!(!store.holds(&gone.id) && store.holds(&known[0].id));
    std::fs::rename(folder.path().join("away"), folder.path().join("editions").join(&first)).unwrap();
    // Back to the first: it is there already.
    assert_eq!(publish(folder.path(), &Folder::tiny()), first);
    assert_eq!(store.latest().unwrap().unwrap().as_str(), first);
    let unknown = store.edition(&"0000000000000000".parse().unwrap());
    assert_eq!(unknown.unwrap_err(), StoreError::NoEdition("0000000000000000".to_owned()));
}

#[test]
fn a_damaged_edition_makes_way_for_a_whole_one_of_the_same_content() {
    let folder = tempfile::tempdir().unwrap();
    let id = publish(folder.path(), &full());
    let catalog: PathBuf = folder.path().join("editions").join(&id).join("catalog.json");
    fs::write(&catalog, "{}").unwrap();
    let store = Store::open(folder.path(), ColumnCache::new(0)).unwrap();
    assert!(store.edition(&id.parse().unwrap()).is_err());
    assert_eq!(publish(folder.path(), &full()), id);
    store.edition(&id.parse().unwrap()).unwrap();
}

#[test]
fn one_publisher_at_a_time_and_it_clears_away_what_another_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let publisher = Publisher::of(folder.path()).unwrap().unwrap();
    assert!(Publisher::of(folder.path()).unwrap().is_none());
    let left = publisher.building();
    fs::create_dir_all(&left).unwrap();
    drop(publisher);
    let publisher = Publisher::of(folder.path()).unwrap().unwrap();
    assert!(!left.exists());
    // What is not whole is not published.
    let building = publisher.building();
    fs::create_dir_all(&building).unwrap();
    assert!(matches!(publisher.publish(&building), Err(StoreError::NoEdition(_))));
}

#[test]
fn an_edition_makes_way_and_nothing_else_does() {
    let atlas = full();
    let build = |place: &Path| build_edition(atlas.path(), place, &Building::default(), None).0;
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("new/edition");
    assert!(build(&place).unwrap().is_some());
    assert!(build(&place).unwrap().is_some());
    assert_eq!(fs::read_dir(place.parent().unwrap()).unwrap().count(), 1, "nothing is left over");
    let mine = folder.path().join("mine");
    fs::create_dir(&mine).unwrap();
    assert!(build(&mine).unwrap().is_some());
    fs::remove_file(mine.join("manifest.json")).unwrap();
    let error = build(&mine).unwrap_err();
    assert!(error.to_string().contains("is there already and is no edition"), "{error}");
    assert!(mine.join("catalog.json").exists());
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    assert!(matches!(build(&file.join("edition")), Err(StoreError::ReadOnly { .. })));
}

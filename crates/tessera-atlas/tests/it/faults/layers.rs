//! Faults of clusters, targets, points and postcodes, and how they are told.

use insta::assert_snapshot;

use crate::fixture::Folder;

/// The tiny atlas with more at the end of its manifest.
fn manifest_and(more: &str) -> Folder {
    Folder::tiny().adding("atlas.toml", more)
}

/// A cluster `c` of areas with this file.
fn cluster(csv: &str) -> Folder {
    let section = "\n[[cluster]]\nid = \"c\"\nname = \"Clusters\"\nsingular = \"cluster\"\nof = \"area\"\nfile = \"clusters.csv\"\n";
    manifest_and(section).with("clusters.csv", csv)
}

#[test]
fn clusters_with_faults() {
    assert_snapshot!(cluster("area_code,cluster_code,cluster_name\nA1,C1,One\nA2,C1,Two\nA9,C1,One\n,C1,One\nA3,,Three\nA1,C1,One\n").problems(), @r#"
    clusters.csv:3: error: `C1` has two names, `One` and `Two`
      column: `cluster_name`
      hint: write one name for each cluster

    clusters.csv:4: error: this code is no area of `area`
      column: `area_code`
      value: `A9`
      hint: mend the code, or take the row out

    clusters.csv:5: error: this row has no area code
      column: `area_code`
      hint: fill it in, or take the row out

    clusters.csv:6: error: this row names no cluster
      column: `cluster_code`
      hint: fill in the cluster's code, or take the row out

    clusters.csv:7: warning: the area is in `C1` already
      column: `area_code`
      value: `A1`
      hint: take the row out

    clusters.csv: note: `c` is drawn as outlines: of 4 areas of `area`, 0 are in several of its clusters and 2 in none
    "#);
}

#[test]
fn a_cluster_without_its_columns() {
    assert_snapshot!(cluster("area,cluster\nA1,C1\n").problems(), @r#"
    clusters.csv:1: error: there is no column `area_code`
      hint: did you mean `area`?

    clusters.csv:1: error: there is no column `cluster_code`
      hint: did you mean `cluster`?
    "#);
}

#[test]
fn a_cluster_of_what_is_not_there() {
    let section = "\n[[cluster]]\nid = \"area\"\nname = \"Clusters\"\nsingular = \"cluster\"\nof = \"aera\"\nfile = \"clusters.csv\"\n";
    assert_snapshot!(manifest_and(section).problems(), @r#"
    atlas.toml:48: error: two of the atlas's geographies, clusters and point layers have this id
      value: `area`
      hint: rename one of them (the first stands on line 13)

    atlas.toml:24: error: `area` is a cluster, and nothing is made of clusters
      hint: name a `[[geography]]`

    atlas.toml:27: error: `area` is a cluster, and nothing is made of clusters
      hint: name a `[[geography]]`

    atlas.toml:51: error: there is no geography `aera`
      hint: did you mean `area`?
    "#);
}

#[test]
fn a_geography_that_is_made_of_clusters() {
    assert_snapshot!(cluster("area_code,cluster_code\nA1,C1\n").replacing("atlas.toml", "dissolve = \"area\"", "dissolve = \"c\"").problems(), @r#"
    atlas.toml:24: error: `c` is a cluster, and nothing is made of clusters
      hint: name a `[[geography]]`

    clusters.csv: note: `c` is drawn as outlines: of 4 areas of `area`, 0 are in several of its clusters and 3 in none
    "#);
}

#[test]
fn targets_with_faults() {
    let csv = "area_code,indicator,period,target,baseline,tolerance\nA1,people,2019,100,,\nA1,people,2019,101,,\nA9,people,2019,1,,\nA2,peple,2019,1,,\nA2,people,soon,1,,\nA2,people,2019,lots,,\nA2,people,2019,1,,-5\nA3,people,2019,,,\n";
    assert_snapshot!(manifest_and("\n[[targets]]\nfile = \"targets.csv\"\n").with("targets.csv", csv).problems(), @r#"
    targets.csv:3: error: this target stands in targets.csv in row 2 already
      column: `target`
      value: `101`
      hint: keep one of the two rows

    targets.csv:4: error: this code is no area of the atlas
      column: `area_code`
      value: `A9`
      hint: mend the code, or take the row out

    targets.csv:5: error: there is no indicator `peple`
      column: `indicator`
      hint: did you mean `people`?

    targets.csv:6: error: `soon` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019
      column: `period`

    targets.csv:7: error: this cell should hold a number or a known symbol
      column: `target`
      value: `lots`
      hint: write a number, or leave the cell empty

    targets.csv:8: error: a tolerance is not below zero
      column: `tolerance`
      value: `-5`
      hint: write the distance without a sign

    targets.csv:9: warning: this row has no target
      column: `target`
      value: ``
      hint: fill it in, or take the row out
    "#);
}

#[test]
fn targets_without_their_columns() {
    let csv = "area_code,indicator,period,tagret\nA1,people,2019,100\n";
    assert_snapshot!(manifest_and("\n[[targets]]\nfile = \"targets.csv\"\n").with("targets.csv", csv).problems(), @r#"
    targets.csv:1: error: there is no column `target`
      hint: did you mean `tagret`?
    "#);
}

/// A layer of points with these keys and this file.
fn points(keys: &str, csv: &str) -> Folder {
    let section = format!("\n[[points]]\nid = \"schools\"\nname = \"Schools\"\nfile = \"schools.csv\"\n{keys}\n");
    manifest_and(&section).with("schools.csv", csv)
}

#[test]
fn points_that_do_not_say_where_they_are() {
    assert_snapshot!(points("lon = \"lon\"\npostcode = \"pcd\"", "lon,pcd\n").problems(), @r#"
    atlas.toml:47: error: the places of `schools` need `lon` and `lat`, or `easting` and `northing`, or `postcode`
      hint: name the headings of one of the three

    atlas.toml:47: error: the places of `schools` are given by postcode, and no file says where postcodes are
      hint: add a `[[postcodes]]` section
    "#);
}

#[test]
fn points_with_faults() {
    let csv = "name,lon,lat\nOne,-1.95,52.05\nTwo,,\nThree,west,52.05\nFour,-1.95,520.5\nFive,-1.95,\nSix,-3,51\n";
    assert_snapshot!(points("lon = \"lon\"\nlat = \"lat\"\nlabel = \"name\"", csv).problems(), @r#"
    schools.csv:4: error: this cell should hold a coordinate, which is a number
      column: `lon`
      value: `west`
      hint: mend the cell, or leave both coordinates empty where there is no place

    schools.csv:5: error: longitude is -180 to 180 and latitude -90 to 90, both in degrees
      column: `lon`
      value: `-1.95, 520.5`
      hint: look whether the columns are exchanged, and whether these are degrees or metres

    schools.csv:6: error: this cell should hold a coordinate, which is a number
      column: `lat`
      value: ``
      hint: mend the cell, or leave both coordinates empty where there is no place

    schools.csv: warning: rows without a place, left out of `schools`: 1
      hint: fill in where they are

    schools.csv: note: points of `schools` outside the atlas: 1 of 2
    "#);
}

#[test]
fn points_with_attributes_that_are_not_there_or_named_twice() {
    let told = points("lon = \"lon\"\nlat = \"lat\"\nattributes = [\"phase\"]", "name,lon,lat,pfase\n").problems();
    assert!(told.contains("`phase`") && told.contains("`pfase`"), "{told}");
    let told = points("lon = \"lon\"\nlat = \"lat\"\nattributes = [\"a\", \"a\"]", "lon,lat,a\n").problems();
    assert!(told.contains("names `a` twice"), "{told}");
}

#[test]
fn points_outside_the_national_grid() {
    assert_snapshot!(points("easting = \"e\"\nnorthing = \"n\"", "e,n\n52.05,-1.95\n").problems(), @r#"
    schools.csv:2: error: 52.05, -1.95 lies outside OSTN15, the transformation of the British National Grid
      column: `e`
      value: `52.05, -1.95`
      hint: look whether the columns are exchanged, and whether these are degrees or metres
    "#);
}

#[test]
fn points_with_exchanged_coordinates() {
    assert_snapshot!(points("lon = \"lon\"\nlat = \"lat\"", "lon,lat\n52.05,-1.95\n").problems(), @r#"
    schools.csv: error: the points of `schools` have longitude and latitude exchanged
      hint: exchange `lon` and `lat`
    "#);
}

#[test]
fn points_that_all_lie_elsewhere() {
    assert_snapshot!(points("lon = \"lon\"\nlat = \"lat\"", "lon,lat\n-3,51\n-4,51\n").problems(), @r#"
    schools.csv: warning: no point of `schools` lies in the atlas (2 in the file)
      hint: look at the columns that say where they are
    "#);
}

/// A postcode directory.
fn directory(csv: &str) -> Folder {
    manifest_and("\n[[postcodes]]\nfile = \"postcodes.csv\"\n").with("postcodes.csv", csv)
}

#[test]
fn points_by_postcodes_that_are_unknown() {
    let section = "\n[[points]]\nid = \"schools\"\nname = \"Schools\"\nfile = \"schools.csv\"\npostcode = \"pcd\"\n";
    let folder = directory("pcds,lat,long\nAB1 1AA,52.05,-1.95\n").adding("atlas.toml", section);
    assert_snapshot!(folder.with("schools.csv", "pcd\nab11aa\nZZ9 9ZZ\nnowhere\n\"\"\n").problems(), @r#"
    schools.csv:4: error: this is not a postcode such as `WR4 9PE`
      column: `pcd`
      value: `nowhere`
      hint: mend the cell, or leave it empty where there is none

    schools.csv: warning: postcodes that are not among those of the atlas, left out of `schools`: 1
      value: `ZZ9 9ZZ`
      hint: they lie outside the atlas, or the `[[postcodes]]` file is older than they are

    postcodes.csv: note: 1 row lies in the atlas; postcodes are allocated to areas by their places
    "#);
}

#[test]
fn a_directory_without_postcodes() {
    assert_snapshot!(directory("code,lat,long\nAB1 1AA,52.05,-1.95\n").problems(), @r#"
    postcodes.csv:1: error: no column is known as one of postcodes
      hint: head it with one of: pcds, pcd8, pcd7, pcd2, pcd, postcode, pcode
    "#);
}

#[test]
fn a_directory_that_says_nothing_of_places() {
    assert_snapshot!(directory("pcds,name\nAB1 1AA,Somewhere\n").problems(), @r#"
    postcodes.csv: error: the file says neither where postcodes are nor in which areas of the atlas
      hint: add columns `lat` and `long`, or `oseast1m` and `osnrth1m`, or one of the atlas's area codes
    "#);
}

#[test]
fn a_directory_with_faults() {
    assert_snapshot!(directory("pcd,oseast1m,osnrth1m\nAB1 1AA,here,there\nnowhere,400000,250000\n").problems(), @r#"
    postcodes.csv:2: error: this cell should hold a coordinate, which is a number
      column: `oseast1m`
      value: `here`
      hint: mend the cell, or leave both coordinates empty where there is no place

    postcodes.csv:3: warning: this is not a postcode, and is left out
      column: `pcd`
      value: `nowhere`
      hint: mend the cell, or take the row out

    postcodes.csv: warning: none of the postcodes lies in the atlas
      hint: look whether this is the directory of the right place
    "#);
}

#[test]
fn a_directory_of_another_place() {
    assert_snapshot!(directory("pcds,lat,long\nAB1 1AA,57.1,-2.1\n").problems(), @r#"
    postcodes.csv: warning: none of the postcodes lies in the atlas
      hint: look whether this is the directory of the right place
    "#);
}

//! Whatever stands in a file, reading it gives an edition or problems.

use proptest::prelude::*;

use crate::fixture::{Folder, MANIFEST, squares};

/// Bytes of any kind, or a passage of a good file replaced by any text.
fn damaged(good: String) -> impl Strategy<Value = Vec<u8>> {
    let anything = proptest::collection::vec(any::<u8>(), 0..400);
    let length = good.len();
    let torn =
        (0..length, 0..40usize, "\\PC{0,12}|[\\[\\]{}\",=#\\n0-9.-]{0,12}").prop_map(move |(start, gone, text)| {
            let mut bytes = good.clone().into_bytes();
            bytes.splice(start..(start + gone).min(length), text.into_bytes());
            bytes
        });
    prop_oneof![1 => anything, 4 => torn]
}

/// Either there is an edition, or at least one problem says why not.
fn is_explained(folder: &Folder) -> bool {
    let (edition, report) = folder.read();
    let errors = report.problems.iter().filter(|problem| problem.to_string().contains("error: ")).count();
    edition.is_some() == (errors == 0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_manifest_is_read_or_refused(bytes in damaged(MANIFEST.to_owned())) {
        prop_assert!(is_explained(&Folder::tiny().with("atlas.toml", bytes)));
    }

    #[test]
    fn any_table_is_read_or_refused(bytes in damaged("CODE,People\nA1,100\nA2,\"3,000\"\nA3,[c]\nA4,4 [p]\n".to_owned())) {
        prop_assert!(is_explained(&Folder::tiny().with("people.csv", bytes)));
    }

    #[test]
    fn any_lookup_is_read_or_refused(bytes in damaged("CODE,DISTRICT,DISTRICT_NAME\nA1,W,West\nA2,E,East\nA3,W,West\nA4,E,East\n".to_owned())) {
        prop_assert!(is_explained(&Folder::tiny().with("lookup.csv", bytes)));
    }

    #[test]
    fn any_boundaries_are_read_or_refused(bytes in damaged(squares())) {
        prop_assert!(is_explained(&Folder::tiny().with("areas.geojson", bytes)));
    }

    #[test]
    fn any_file_of_indicators_is_read_or_refused(bytes in damaged("id,name,kind,per,themes\na,A,count,,\nb,B,rate,1000,X / Y | Z\n".to_owned())) {
        let folder = Folder::tiny().adding("atlas.toml", "\n[[indicators]]\nfile = \"i.csv\"\n").with("i.csv", bytes);
        prop_assert!(is_explained(&folder));
    }
}

/// A row of a hundred thousand headings is read in the time of a hundred thousand headings.
#[test]
fn very_wide_tables_are_read() {
    let headings = "Persons,".repeat(100_000);
    let row = "1,".repeat(100_000);
    let folder = Folder::tiny()
        .with("people.csv", format!("CODE,{headings}People\nA1,{row}100\nA2,{row}300\nA3,{row}200\nA4,{row}400\n"));
    assert_eq!(folder.id(), Folder::tiny().id());
}

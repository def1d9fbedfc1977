//! The demo atlas, which is also the format by example.

use std::path::Path;

use tessera_atlas::read_atlas;

#[test]
fn the_demo_atlas_has_no_problem() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (edition, report) = read_atlas(&root);
    let problems: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(edition.is_some());
    for table in &report.tables {
        assert_eq!((table.matched, table.without_value.len()), (table.rows, 0), "{}", table.file);
    }
}

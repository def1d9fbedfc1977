//! What the documentation shows is what is read.

use tessera_atlas::manifest::read_manifest;
use tessera_atlas::problem::{Problems, Severity};

const FORMAT: &str = include_str!("../../../../docs/atlas-format.md");

#[test]
fn the_documented_manifest_is_read_without_a_fault() {
    let (_, example) = FORMAT.split_once("```toml\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    let mut problems = Problems::default();
    let manifest = read_manifest(example, &mut problems).unwrap();
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems.count(Severity::Error), 0, "{}", told.join("\n"));
    // Every kind of section is shown, and what is marked as not used is said not to be.
    assert_eq!((manifest.geographies.len(), manifest.tables.len(), manifest.indicators.len()), (3, 3, 1));
    assert!(problems.iter().all(|problem| problem.kind == "not-alive"));
    for section in ["context", "flow"] {
        assert!(told.iter().any(|problem| problem.contains(section)), "{section}");
    }
}

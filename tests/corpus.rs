//! The seeds of the fuzz targets, each taken through its target once: `make fuzz` goes on from there.

#![expect(clippy::expect_used, clippy::panic, reason = "a target fails by panicking")]

#[path = "fuzz/src/targets.rs"]
mod targets;

use std::fs;
use std::path::Path;

#[test]
fn every_seed_is_read_or_refused() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz/corpus");
    for (name, target) in targets::ALL {
        let seeds = fs::read_dir(corpus.join(name)).expect("every target has a folder of seeds");
        let mut count = 0;
        for seed in seeds {
            let seed = seed.expect("the folder can be listed").path();
            println!("{}", seed.display());
            target(&fs::read(&seed).expect("a seed is a file"));
            count += 1;
        }
        assert!(count > 0, "{name} has a seed");
    }
}

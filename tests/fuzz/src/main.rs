//! Runs the target that `TARGET` names under libFuzzer.

#![no_main]

mod targets;

use std::sync::LazyLock;

/// The target of this run.
static TARGET: LazyLock<targets::Target> = LazyLock::new(|| {
    let name = std::env::var("TARGET").unwrap_or_default();
    let target = targets::ALL.iter().find(|(known, _)| *known == name).map(|(_, target)| *target);
    target.unwrap_or_else(|| panic!("TARGET is one of: {:?}", targets::ALL.map(|(known, _)| known)))
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| TARGET(bytes));

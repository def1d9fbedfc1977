//! Runs the target that `TARGET` names under libFuzzer.

#![no_main]

mod targets;

use std::panic::{self, Location};
use std::sync::LazyLock;

/// Libraries whose failed assertions are caught, and told as faults of the file.
const CAUGHT: [&str; 2] = ["/parquet-", "/calamine-"];

/// The target of this run. Every panic ends it but those that are caught.
static TARGET: LazyLock<targets::Target> = LazyLock::new(|| {
    let end = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let file = panic.location().map(Location::file).unwrap_or_default();
        if !CAUGHT.iter().any(|library| file.contains(library)) {
            end(panic);
        }
    }));
    let name = std::env::var("TARGET").unwrap_or_default();
    let target = targets::ALL.iter().find(|(known, _)| *known == name).map(|(_, target)| *target);
    target.unwrap_or_else(|| panic!("TARGET is one of: {:?}", targets::ALL.map(|(known, _)| known)))
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| TARGET(bytes));

//! What is left of a process that dies while it holds raw numbers: where it happened, and nothing of what it held.

use std::panic::{self, Location};

use crate::say;

/// Leaves no picture of the memory behind, and says of a panic only where it happened: its message might quote a number.
pub(crate) fn leave_no_numbers() {
    leave_no_core();
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        // A handler to which the system pipes core dumps may disregard the limit. This forbids them.
        if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
            say(&format!("warning: core dumps cannot be forbidden: {error}"));
        }
    }
    panic::set_hook(Box::new(|panic| say(&told(panic.location()))));
}

/// Sets the limit of core dumps to nothing, for this process and those that it starts.
pub(crate) fn leave_no_core() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        if let Err(error) = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }) {
            say(&format!("warning: core dumps cannot be forbidden: {error}"));
        }
    }
}

/// "error: a fault of the program, at src/lib.rs:3; nothing was published"
fn told(location: Option<&Location<'_>>) -> String {
    let place = location.map(|at| format!(", at {}:{}", at.file(), at.line())).unwrap_or_default();
    format!("error: a fault of the program{place}; nothing was published. Please report it, with this line alone")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_by_its_place_alone() {
        let (sender, receiver) = std::sync::mpsc::channel();
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| drop(sender.send((told(panic.location()), panic.to_string())))));
        let number = std::hint::black_box(1_234_567);
        let died = panic::catch_unwind(|| assert_eq!(number, 0)).is_err();
        panic::set_hook(before);
        let (told, as_usual) = receiver.recv().unwrap();
        assert!(died && told.contains("crash.rs") && !told.contains("1234567"), "{told}");
        assert!(as_usual.contains("1234567"), "the usual message quotes it");
    }
}

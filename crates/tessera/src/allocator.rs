//! The allocator, and how a server has it give memory back.

/// What one thread frees, others may have: the C library's own allocator keeps much of it for threads that do not need it, and a server
/// that computes on many took twice the memory that it used.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many milliseconds memory that was freed waits until it is given back. The allocator reads it before the program begins.
#[cfg(unix)]
const DELAY: &str = "MIMALLOC_PURGE_DELAY";

/// Has memory given back as soon as it is freed. Left to itself, a thread does so when it next asks for some, and threads that
/// have computed something large may be idle for long. The allocator is told by the environment alone, so the program begins once
/// more, as the same process, unless the environment says something already.
pub(crate) fn give_memory_back_at_once() {
    #[cfg(unix)]
    {
        use std::env;
        use std::os::unix::process::CommandExt;
        use std::process::Command;

        let mut arguments = env::args_os();
        let (Some(name), Ok(program), None) = (arguments.next(), env::current_exe(), env::var_os(DELAY)) else {
            return;
        };
        // Where this fails, there is only more memory taken.
        let _ = Command::new(program).arg0(name).args(arguments).env(DELAY, "0").exec();
    }
}

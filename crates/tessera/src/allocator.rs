//! The allocator, and how a server has it give memory back.

/// What one thread frees, others may have: the C library's own allocator keeps much of it for threads that do not need it, and a server
/// that computes on many took twice the memory that it used.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How the allocator is told; it reads the environment before the program begins. Memory that was freed waits no milliseconds until it is
/// given back, and comes in no huge pages: of these, 2 MiB are in memory as long as any part of them is.
#[cfg(unix)]
const SETTINGS: [(&str, &str); 2] = [("MIMALLOC_PURGE_DELAY", "0"), ("MIMALLOC_ALLOW_THP", "0")];

/// Has memory given back as soon as it is freed. Left to itself, a thread does so when it next asks for some, and threads that
/// have computed something large may be idle for long. The allocator is told by the environment alone, so the program begins once
/// more, as the same process, unless the environment says something already.
pub(crate) fn give_memory_back_at_once() {
    #[cfg(unix)]
    {
        use std::env;
        use std::os::unix::process::CommandExt;
        use std::process::Command;

        let unsaid = SETTINGS.into_iter().filter(|(name, _)| env::var_os(name).is_none()).collect::<Vec<_>>();
        let mut arguments = env::args_os();
        let (Some(name), Ok(program), false) = (arguments.next(), env::current_exe(), unsaid.is_empty()) else {
            return;
        };
        // Where this fails, there is only more memory taken.
        let _ = Command::new(program).arg0(name).args(arguments).envs(unsaid).exec();
    }
}

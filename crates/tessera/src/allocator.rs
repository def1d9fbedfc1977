//! The allocator, and how it is had to give memory back.

/// What one thread frees, others may have: the C library's own allocator keeps much of it for threads that do not need it, and a server
/// that computes on many took twice the memory that it used.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What the allocator is told; it reads the environment before the program begins.
type Setting = (&'static str, &'static str);

/// No huge pages: of these, 2 MiB are in memory as long as any part of them is.
pub(crate) const NO_HUGE_PAGES: Setting = ("MIMALLOC_ALLOW_THP", "0");

/// Memory that was freed is given back at once. Left to itself, a thread does so when it next asks for some, and the threads of a
/// server that have computed something large may be idle for long.
pub(crate) const GIVEN_BACK_AT_ONCE: Setting = ("MIMALLOC_PURGE_DELAY", "0");

/// Memory that was freed is kept: a command that is soon at its end mostly asks for as much again.
pub(crate) const KEPT: Setting = ("MIMALLOC_PURGE_DELAY", "-1");

/// Tells the allocator something. It is told by the environment alone, so the program begins once more, as the same process, unless
/// the environment says something already.
pub(crate) fn begin_with(settings: &[Setting]) {
    #[cfg(unix)]
    {
        use std::env;
        use std::os::unix::process::CommandExt;
        use std::process::Command;

        let unsaid = settings.iter().copied().filter(|(name, _)| env::var_os(name).is_none()).collect::<Vec<_>>();
        let mut arguments = env::args_os();
        let (Some(name), Ok(program), false) = (arguments.next(), env::current_exe(), unsaid.is_empty()) else {
            return;
        };
        // Where this fails, there is only more memory taken.
        let _ = Command::new(program).arg0(name).args(arguments).envs(unsaid).exec();
    }
}

//! The command line: `tessera serve`, `tessera check` and `tessera build`.
//!
//! Results go to standard output, progress and problems to standard error. Exit codes: 0 done, 1 warnings with
//! `--strict`, 2 bad input or a fault of the machine.

mod allocator;
mod build;
mod check;
mod crash;
mod progress;
mod publishing;
mod serve;
mod signals;
mod site;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgGroup, Parser, Subcommand, ValueEnum};

use crate::build::BuildArguments;
use crate::serve::ServeArguments;

/// The exit code of bad input, and of a fault of the machine.
const FAILED: u8 = 2;
/// Told to stop before it was done.
const CUT_SHORT: i32 = 130;

/// An atlas server for small-area statistics.
#[derive(Debug, Parser)]
#[command(name = "tessera", version, about, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read an atlas folder and serve it
    Serve(ServeArguments),
    /// Write the edition of an atlas folder, or its site of plain files, and print its id
    #[command(group = ArgGroup::new("written").args(["out", "static"]).required(true).multiple(true))]
    Build {
        /// The folder that holds atlas.toml
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// The folder to write; an edition that stands there makes way
        #[arg(long, value_name = "PATH")]
        out: Option<PathBuf>,
        /// The folder to write as a site of plain files, for any file server; a site that stands there makes way
        #[arg(long = "static", id = "static", value_name = "PATH")]
        site: Option<PathBuf>,
        /// A store whose editions stay readable: what they show does not help to work out what this one hides
        #[arg(long, value_name = "STORE")]
        beside: Option<PathBuf>,
        /// Take nothing over from the edition before, though it were made from the same
        #[arg(long)]
        anew: bool,
        /// What to print: the id, or a report
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Do not say how far it is
        #[arg(long)]
        quiet: bool,
    },
    /// Judge an atlas folder without publishing it: exit 0 clean or warnings, 1 warnings with --strict, 2 errors
    Check {
        /// The folder that holds atlas.toml
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// How to report
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Take warnings for failures
        #[arg(long)]
        strict: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

fn main() -> ExitCode {
    let command = Arguments::parse().command;
    match &command {
        Command::Serve(_) => {
            allocator::begin_with(&[allocator::NO_HUGE_PAGES, allocator::GIVEN_BACK_AT_ONCE]);
            crash::leave_no_core();
        }
        Command::Build { .. } | Command::Check { .. } => {
            allocator::begin_with(&[allocator::NO_HUGE_PAGES, allocator::KEPT]);
            crash::leave_no_numbers();
        }
    }
    match command {
        Command::Serve(arguments) => serve::serve(&arguments),
        Command::Build { dir, out, site, beside, anew, format, quiet } => {
            let (dir, out, site, beside) = (dir.as_path(), out.as_deref(), site.as_deref(), beside.as_deref());
            build::build(&BuildArguments { dir, out, site, beside, anew, format, quiet })
        }
        Command::Check { dir, format, strict } => check::check(&dir, format, strict),
    }
}

/// Speaks on standard error. Where that is gone there is nobody to tell.
fn say(text: &str) {
    drop(writeln!(io::stderr(), "{text}"));
}

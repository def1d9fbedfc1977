//! The command line: `tessera serve` and `tessera check`.
//!
//! Results go to standard output, progress and problems to standard error. Exit codes: 0 done, 1 warnings with
//! `--strict`, 2 bad input or a fault of the machine.

mod check;
mod serve;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

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
    Serve {
        /// The folder that holds atlas.toml
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// Address and port to listen on; port 0 takes a free one
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: String,
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
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_env("TESSERA_LOG").unwrap_or_else(|_| "info".into()))
        .init();
    match arguments.command {
        Command::Serve { dir, listen } => serve::serve(&dir, &listen),
        Command::Check { dir, format, strict } => check::check(&dir, format, strict),
    }
}

//! What a process leaves behind that dies while it holds raw numbers: no picture of its memory.
#![cfg(target_os = "linux")]

use std::fs;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::harness::{Server, project, wait_until};
use crate::squares::Folder;

/// The limits of core dumps, soft and hard, as the system tells them.
fn core_limits(process: u32) -> Option<String> {
    let limits = fs::read_to_string(format!("/proc/{process}/limits")).ok()?;
    let line = limits.lines().find(|line| line.starts_with("Max core file size"))?;
    Some(line.split_whitespace().skip(4).take(2).collect::<Vec<_>>().join(" "))
}

/// Starts a command where core dumps are wanted, in a folder of its own.
fn with_core_dumps(command: &[&str], folder: &TempDir) -> Child {
    Command::new("sh")
        .args(["-c", "ulimit -c \"$(ulimit -H -c)\"; exec \"$@\"", "sh"])
        .args(command)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Waits until the limits of a running process are these.
fn wait_for_limits(child: &mut Child, expected: &str) {
    wait_until("the limit of core dumps", || {
        let is_so = core_limits(child.id()).as_deref() == Some(expected);
        assert!(is_so || child.try_wait().unwrap().is_none(), "it ended with other limits");
        is_so
    });
}

#[test]
fn a_build_or_check_that_is_killed_leaves_no_core_dump() {
    let (project, out) = (project(), TempDir::new().unwrap());
    let (project, out) = (project.to_str().unwrap(), out.path().join("edition"));
    let program = env!("CARGO_BIN_EXE_tessera");
    for command in [vec![program, "build", project, "--out", out.to_str().unwrap()], vec![program, "check", project]] {
        let folder = TempDir::new().unwrap();
        let mut child = with_core_dumps(&command, &folder);
        wait_for_limits(&mut child, "0 0");
        assert!(Command::new("kill").args(["-s", "ABRT", &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), None, "it was killed");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "a core dump is left");
    }
}

#[test]
fn another_program_keeps_the_limit_that_it_is_given() {
    // Or else the test above would tell nothing.
    let folder = TempDir::new().unwrap();
    let mut child = with_core_dumps(&["sleep", "30"], &folder);
    let hard = core_limits(std::process::id()).unwrap().split(' ').nth(1).unwrap().to_owned();
    if hard == "0" {
        println!("skipped: core dumps are forbidden here");
    } else {
        wait_for_limits(&mut child, &format!("{hard} {hard}"));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn the_server_leaves_no_core_dump_either() {
    let server = Server::start(Folder::squares().path());
    assert_eq!(core_limits(server.id()).as_deref(), Some("0 0"));
}

//! `tessera serve` and `tessera check`: what they say, where they say it, and with which exit code.

use std::net::TcpListener;

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::harness::{demo_edition, run};
use crate::squares::Folder;

#[test]
fn check_of_a_clean_atlas_exits_0_and_names_the_edition() {
    let checked = run(&["check", "."]);
    assert_eq!((checked.code(), checked.err().as_str()), (Some(0), ""), "{}", checked.out());
    assert!(
        checked
            .out()
            .ends_with(&format!("0 errors, 0 warnings: this folder would publish edition {}\n", demo_edition())),
        "{}",
        checked.out()
    );
    assert!(checked.out().contains(
        "data/crime-2018-07.csv → lsoa11: 1388 rows, 1388 matched, 0 elsewhere, 0 unmatched, 0 duplicates; 0 areas without a value"
    ));
    assert_eq!(run(&["check", "--strict"]).code(), Some(0), "the folder is the current one unless named");
}

#[test]
fn check_of_an_atlas_with_warnings_exits_1_only_where_they_count() {
    let folder = Folder::squares();
    for (arguments, code) in [
        (vec!["check", folder.argument()], 0),
        (vec!["check", "--strict", folder.argument()], 1),
        (vec!["check", folder.argument(), "--strict", "--format", "json"], 1),
    ] {
        let checked = run(&arguments);
        assert_eq!(checked.code(), Some(code), "{arguments:?}: {}", checked.out());
    }
    let text = run(&["check", folder.argument()]).out();
    assert!(text.contains("warning: `secret-visits` is withheld"), "{text}");
}

#[test]
fn check_of_a_broken_atlas_exits_2_and_names_place_value_and_cure() {
    let folder = Folder::squares();
    folder.replace("values.csv", "SW,1000,10,", "SW,1000,#REF!,");
    let checked = run(&["check", folder.argument()]);
    assert_eq!((checked.code(), checked.err().as_str()), (Some(2), ""));
    let text = checked.out();
    assert!(text.contains("values.csv:2: error: this is a spreadsheet error, not a number"), "{text}");
    for line in [
        "\n  column: `need`\n",
        "\n  value: `#REF!`\n",
        "\n  hint: mend the formula in the workbook and export again\n",
    ] {
        assert!(text.contains(line), "{text}");
    }
    assert!(text.trim_end().ends_with("1 error, 2 warnings: nothing would be published"), "{text}");
}

#[test]
fn check_reports_as_json_for_programs() {
    let folder = Folder::squares();
    folder.replace("values.csv", "SW,1000,10,", "SW,1000,#REF!,");
    folder.append("values.csv", "XX,1,1,1,1,1,1,1,1,1\n");
    let checked = run(&["check", "--format", "json", folder.argument()]);
    assert_eq!((checked.code(), checked.err().as_str()), (Some(2), ""));
    let report: Value = serde_json::from_str(&checked.out()).unwrap();
    assert_json_snapshot!(report);
    let clean: Value = serde_json::from_str(&run(&["check", "--format", "json"]).out()).unwrap();
    assert_eq!(
        (&clean["edition"], &clean["errors"], &clean["warnings"]),
        (&json!(demo_edition()), &json!(0), &json!(0))
    );
}

#[test]
fn check_tells_every_fault_at_once() {
    let folder = Folder::squares();
    folder.replace("values.csv", "SW,1000,10,", "SW,1000,-,");
    folder.replace("halves.csv", "WEST,West\n", "EAST,East\nNW,WEST,West\n");
    folder.replace("atlas.toml", "publisher =", "publishr =");
    let text = run(&["check", folder.argument()]).out();
    assert!(text.contains("did you mean `publisher`?"), "{text}");
    folder.replace("atlas.toml", "publishr =", "publisher =");
    let text = run(&["check", folder.argument()]).out();
    assert!(text.contains("`NW` has two parents") && text.contains("a dash has no meaning"), "{text}");
}

#[test]
fn what_a_file_holds_cannot_steer_the_terminal() {
    let folder = Folder::squares();
    folder.replace("values.csv", "SW,1000,10,", "SW,1000,\u{1b}[31m\u{202e}evil,");
    let text = run(&["check", folder.argument()]).out();
    assert!(text.contains("\\u{1b}[31m\\u{202e}evil"), "{text}");
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
}

#[test]
fn a_folder_without_an_atlas_is_said_to_be_one() {
    let folder = Folder::empty();
    for command in ["check", "serve"] {
        let finished = run(&[command, folder.argument()]);
        assert_eq!(finished.code(), Some(2), "{command}");
        let said = finished.out() + &finished.err();
        assert!(
            said.contains("atlas.toml: error: there is no `atlas.toml` in this folder") && said.contains("\n  hint: "),
            "{said}"
        );
    }
    let finished = run(&["check", "no/such/folder"]);
    assert_eq!(finished.code(), Some(2));
    assert!(finished.out().contains("error: "), "{}", finished.out());
}

#[test]
fn serve_of_a_broken_atlas_exits_2_and_serves_nothing() {
    let folder = Folder::squares();
    folder.replace("values.csv", "SW,1000,10,", "SW,1000,#REF!,");
    let served = run(&["serve", folder.argument(), "--listen", "127.0.0.1:0"]);
    assert_eq!((served.code(), served.out().as_str()), (Some(2), ""), "results go to standard output: there are none");
    let said = served.err();
    for part in [
        "values.csv:2: error: ",
        "column: `need`",
        "value: `#REF!`",
        "hint: mend the formula",
        "nothing is served: mend the error and start again",
    ] {
        assert!(said.contains(part), "no `{part}` in {said}");
    }
}

#[test]
fn serve_on_a_port_in_use_exits_2_with_a_hint() {
    let folder = Folder::squares();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let served = run(&["serve", folder.argument(), "--listen", &address]);
    assert_eq!((served.code(), served.out().as_str()), (Some(2), ""));
    assert!(served.err().contains(&format!("error: cannot listen on `{address}`: ")), "{}", served.err());
    assert!(
        served.err().contains("\n  hint: stop what uses the port, or choose another with `--listen "),
        "{}",
        served.err()
    );
}

#[test]
fn serve_on_what_is_no_address_exits_2_and_says_so() {
    let folder = Folder::squares();
    for (address, said) in [
        ("nonsense", "name an address and a port from 0 to 65535: `127.0.0.1:8080`"),
        ("127.0.0.1:99999", "name an address and a port from 0 to 65535: `127.0.0.1:8080`"),
        ("", "name an address and a port from 0 to 65535: `127.0.0.1:8080`"),
        ("203.0.113.5:8080", "hint: name an address of this machine"),
    ] {
        let served = run(&["serve", folder.argument(), "--listen", address]);
        assert_eq!((served.code(), served.out().as_str()), (Some(2), ""), "{address}");
        assert!(served.err().contains(said), "{}", served.err());
        assert!(!folder.path().join(".tessera").exists(), "nothing was built");
    }
}

#[test]
fn serve_tells_warnings_and_serves_all_the_same() {
    let folder = Folder::squares();
    let server = folder.serve();
    assert!(server.log().contains("warning: `secret-visits` is withheld"), "{}", server.log());
    assert!(server.log().contains("0 errors, 2 warnings"), "{}", server.log());
    assert_eq!(server.get("/readyz").status, 200);
}

#[cfg(unix)]
#[test]
fn serve_stops_when_it_is_told_to_and_exits_0() {
    for signal in ["TERM", "INT"] {
        let folder = Folder::squares();
        let server = folder.serve();
        // A connection that stays open: a browser's does.
        assert_eq!(server.get("/readyz").status, 200);
        server.signal(signal);
        assert_eq!(server.wait(), Some(0), "{signal}");
        assert!(server.log().contains("stopping"), "{}", server.log());
    }
}

#[test]
fn the_version_and_help_are_told_on_standard_output() {
    let version = run(&["--version"]);
    assert_eq!((version.code(), version.out()), (Some(0), format!("tessera {}\n", env!("CARGO_PKG_VERSION"))));
    let help = run(&["--help"]);
    assert_eq!(help.code(), Some(0));
    for word in ["serve", "check"] {
        assert!(help.out().contains(word), "{}", help.out());
    }
    let help = run(&["check", "--help"]).out();
    assert!(help.contains("--strict") && help.contains("--format") && help.contains("exit 0"), "{help}");
}

#[test]
fn what_the_program_does_not_know_exits_2() {
    for arguments in
        [&["serve", "--port", "80"][..], &["check", "--format", "xml"], &["bild"], &["check", ".", "another"], &[]]
    {
        let finished = run(arguments);
        assert_eq!((finished.code(), finished.out().as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!finished.err().is_empty(), "{arguments:?}");
    }
    assert!(run(&["serv"]).err().contains("similar subcommand exists: 'serve'"));
}

#[test]
fn an_atlas_cannot_reach_out_of_its_folder() {
    let folder = Folder::squares();
    folder.replace("atlas.toml", "file = \"values.csv\"", "file = \"../values.csv\"");
    let checked = run(&["check", folder.argument()]);
    assert_eq!(checked.code(), Some(2));
    assert!(checked.out().contains("../values.csv") && checked.out().contains("error: "), "{}", checked.out());
}

#[test]
fn build_says_on_standard_error_how_far_it_is_and_what_it_made() {
    let folder = Folder::squares();
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("edition");
    let build = |more: &[&str]| {
        let arguments = ["build", folder.argument(), "--out", out.to_str().unwrap()];
        let built = run(&[&arguments[..], more].concat());
        assert_eq!(built.code(), Some(0), "{}", built.err());
        built
    };
    let first = build(&[]);
    let (lines, id) = (first.err(), first.out());
    let stages = ["geographies", "tables", "indicators", "tiles"];
    let told: Vec<&str> = lines.lines().filter(|line| line.contains(", after ")).collect();
    assert_eq!(told.iter().map(|line| line.split(':').next().unwrap()).collect::<Vec<_>>(), stages, "{lines}");
    for line in told {
        let (done, rest) = line.split_once(": ").unwrap().1.split_once(" of ").unwrap();
        let (total, after) = rest.split_once(", after ").unwrap();
        assert_eq!(done, total, "{line}");
        assert!(after.strip_suffix(" s").unwrap().parse::<f64>().unwrap() >= 0.0, "{line}");
    }
    let columns = |lines: &str| {
        let line = lines.lines().find_map(|line| line.strip_prefix("columns: ")).unwrap().to_owned();
        let (made, before) = line.strip_suffix(" as before").unwrap().split_once(" made, ").unwrap();
        (made.parse::<usize>().unwrap(), before.parse::<usize>().unwrap())
    };
    let (all, none) = columns(&lines);
    assert!(all > 3 && none == 0, "{lines}");
    let second = build(&[]);
    assert_eq!((columns(&second.err()), second.out()), ((0, all), id.clone()));
    assert_eq!(columns(&build(&["--anew"]).err()), (all, 0));
    let quiet = build(&["--quiet"]);
    assert!(!quiet.err().contains(", after ") && !quiet.err().contains("columns: "), "{}", quiet.err());
    folder.replace("values.csv", "SW,1000,10,", "SW,1000,11,");
    let (made, before) = columns(&build(&[]).err());
    assert!(made > 0 && made + before == all, "{made} made, {before} as before, of {all}");
}

//! What not everybody may see does not exist: not found, not listed, not counted, not suggested.

use crate::harness::{Server, run};
use crate::squares::{self, Folder};

/// Words that stand only in what is withheld.
const SECRETS: [&str; 5] = ["secret", "clandestine", "inner-circle", "31337", "visit"];

fn assert_silent(server: &Server, path: &str) {
    let answer = server.get(path);
    let text = String::from_utf8_lossy(&answer.body).to_lowercase();
    // What the reader wrote may be repeated to them.
    let asked = path.to_lowercase();
    for secret in SECRETS.iter().filter(|secret| !asked.contains(*secret)) {
        assert!(!text.contains(secret), "{path} speaks of {secret}: {text}");
    }
}

#[test]
fn a_withheld_indicator_is_refused_as_one_that_never_was() {
    let (server, _folder) = squares::serve();
    let templates = [
        "/api/v1/{edition}/values/square/ID",
        "/api/v1/{edition}/values/square/ID.csv",
        "/api/v1/{edition}/values/square/ID?period=all",
        "/api/v1/{edition}/values/half/ID",
        "/api/v1/{edition}/classes/square/ID",
        "/api/v1/{edition}/layers/square.geojson?indicator=ID",
        "/api/v1/{edition}/compare?geography=square&areas=NE&indicators=ID",
        "/api/v1/{edition}/compare?geography=square&areas=NE&indicators=need,ID",
    ];
    for template in templates {
        for withheld in ["secret-visits", "secret-visit-rate"] {
            let never_was = "qqqqqq-qqqqqq";
            let withheld_answer = server.get(&template.replace("ID", withheld));
            let unknown_answer = server.get(&template.replace("ID", never_was));
            assert_eq!(withheld_answer.status, unknown_answer.status, "{template}");
            assert_eq!(withheld_answer.text().replace(withheld, never_was), unknown_answer.text(), "{template}");
        }
    }
    let theme = server.problem("/api/v1/{edition}/compare?geography=square&areas=NE&theme=Clandestine");
    assert_eq!(theme["type"], "/problems/unknown-theme");
}

#[test]
fn no_answer_and_no_suggestion_names_it() {
    let (server, _folder) = squares::serve();
    for path in [
        "/",
        "/?indicator=secret-visits",
        "/api/v1/atlas",
        "/api/v1/{edition}/catalog",
        "/api/v1/{edition}/areas/square",
        "/api/v1/{edition}/areas/square?q=secre",
        "/api/v1/{edition}/values/square/secre-visit",
        "/api/v1/{edition}/values/square/secretvisits",
        "/api/v1/{edition}/values/square/secre",
        "/api/v1/{edition}/classes/square/secret-visit",
        "/api/v1/{edition}/compare?geography=square&areas=NE&indicators=secret-visi",
        "/api/v1/{edition}/compare?geography=square&areas=NE&theme=Clandestin",
        "/api/v1/{edition}/compare?geography=square&areas=NE&theme=Need",
        "/api/v1/{edition}/layers/square.geojson?indicator=secret-visi",
        "/secret-visits",
    ] {
        assert_silent(&server, path);
    }
    let suggestion = server.problem("/api/v1/{edition}/values/square/secret-visit");
    assert_eq!(suggestion["detail"], "`secret-visit` is not in this atlas.");
}

#[test]
fn the_edition_does_not_change_with_what_is_withheld() {
    let (server, folder) = squares::serve();
    let other = Folder::squares();
    other.write("visits.csv", &folder.read("visits.csv").replace("31337", "42"));
    assert_eq!(other.serve().edition(), server.edition());
}

#[test]
fn a_restricted_opening_view_falls_back_to_what_may_be_seen() {
    let folder = Folder::squares();
    folder.replace("atlas.toml", "indicator = \"thefts\"\n", "");
    let server = folder.serve();
    assert_eq!(server.json("/api/v1/atlas")["view"]["indicator"], "residents", "the first of the atlas");
}

#[test]
fn a_remark_on_what_is_withheld_is_withheld_with_it() {
    let folder = Folder::squares();
    folder.append("notes.csv", "SW,secret-visits,2019,Clandestine remark\n");
    let server = folder.serve();
    for path in ["areas/square", "values/square/thefts", "compare?geography=square&areas=SW&indicators=thefts"] {
        assert_silent(&server, &format!("/api/v1/{{edition}}/{path}"));
    }
}

#[test]
fn what_would_give_the_withheld_away_is_not_published() {
    let folder = Folder::squares();
    folder.append("atlas.toml", "\n[[breakdown]]\ntotal = \"thefts\"\nparts = [\"share\", \"secret-visits\"]\n");
    let checked = run(&["check", folder.argument()]);
    assert_eq!(checked.code(), Some(2));
    let said = checked.out();
    assert!(said.contains("`secret-visits` is withheld, but follows from the rest of its breakdown"), "{said}");
}

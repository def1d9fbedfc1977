//! `GET /api/v1/atlas`

use insta::assert_json_snapshot;

use crate::harness::{demo, shown};
use crate::squares;

#[test]
fn the_atlas_says_what_it_is_and_what_opens_first() {
    assert_json_snapshot!(shown(&demo().json("/api/v1/atlas")));
}

#[test]
fn what_the_manifest_does_not_say_is_worked_out() {
    let (server, _folder) = squares::serve();
    let atlas = server.json("/api/v1/atlas");
    assert_eq!(atlas["view"], serde_json::json!({ "geography": "square", "indicator": "thefts", "period": "2019" }));
    assert_json_snapshot!(shown(&atlas));
}

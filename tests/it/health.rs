//! `GET /healthz` and `GET /readyz`

use serde_json::json;

use crate::harness::{demo, demo_edition};

#[test]
fn the_server_says_that_it_lives_and_is_ready_and_nobody_keeps_that() {
    let server = demo();
    for (path, expected) in
        [("/healthz", json!({ "status": "ok" })), ("/readyz", json!({ "status": "ready", "edition": demo_edition() }))]
    {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("cache-control")), (200, Some("no-store")), "{path}");
        assert_eq!(answer.json(), expected);
        assert_eq!(answer.header("tessera-edition"), Some(demo_edition().as_str()));
    }
}

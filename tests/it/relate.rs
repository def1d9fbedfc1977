//! `GET /api/v1/{edition}/relate/{geography}`

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::demo::{by_lsoa, districts};
use crate::harness::{assert_close, demo, numbers, shown};
use crate::squares::{self, Folder};

fn relate(query: &str) -> Value {
    demo().json(&format!("/api/v1/{{edition}}/relate/{query}"))
}

/// Crimes of a type in July 2018 for each resident, in the order of the LSOAs' codes.
fn rates(kind: &str) -> Vec<f64> {
    let residents = by_lsoa("census2011.csv", "Residents");
    by_lsoa("crime-2018-07.csv", kind).iter().map(|(code, crimes)| crimes / residents[code] * 1000.0).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Pearson's r, and slope and intercept of the line of least squares.
fn pearson(x: &[f64], y: &[f64]) -> (f64, f64, f64) {
    let (mean_x, mean_y) = (mean(x), mean(y));
    let sum =
        |term: &dyn Fn(f64, f64) -> f64| -> f64 { x.iter().zip(y).map(|(x, y)| term(x - mean_x, y - mean_y)).sum() };
    let (xx, yy, xy) = (sum(&|x, _| x * x), sum(&|_, y| y * y), sum(&|x, y| x * y));
    (xy / (xx * yy).sqrt(), xy / xx, mean_y - xy / xx * mean_x)
}

/// Ranks from the lowest; ties share the mean of theirs.
fn mid_ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let below = values.iter().filter(|other| *other < value).count() as f64;
        let same = values.iter().filter(|other| *other == value).count() as f64;
        below + (same + 1.0) / 2.0
    };
    values.iter().map(rank).collect()
}

#[test]
fn a_relation_comes_with_its_pairs_and_a_sentence() {
    assert_json_snapshot!(shown(&relate("lsoa11?x=burglary&y=robbery")));
}

#[test]
fn correlations_and_line_are_those_of_the_published_values() {
    let answer = relate("lsoa11?x=burglary@2018-07&y=robbery@2018-07");
    let (x, y) = (rates("Burglary"), rates("Robbery"));
    let (r, slope, intercept) = pearson(&x, &y);
    let (rho, ..) = pearson(&mid_ranks(&x), &mid_ranks(&y));
    assert_close(answer["pearson"]["coefficient"].as_f64().unwrap(), r);
    assert_close(answer["spearman"]["coefficient"].as_f64().unwrap(), rho);
    assert_close(answer["line"]["determination"].as_f64().unwrap(), r * r);
    for (member, value) in [("slope", slope), ("intercept", intercept)] {
        let limits = &answer["line"][member];
        assert_close(limits["value"].as_f64().unwrap(), value);
        let (lower, upper) = (limits["lower"].as_f64().unwrap(), limits["upper"].as_f64().unwrap());
        assert!(lower < value && value < upper);
        assert_close((lower + upper) / 2.0, value);
    }
    for (member, values) in [("x", x), ("y", y)] {
        for (actual, expected) in numbers(&answer["pairs"][member]).into_iter().zip(values) {
            assert_close(actual.unwrap(), expected);
        }
    }
    assert_eq!(answer["n"], 1388);
}

#[test]
fn each_indicator_has_its_own_period_the_newest_unless_said() {
    let answer = relate("lsoa11?x=crime@2016-07&y=crime");
    assert_eq!((&answer["x"]["period"], &answer["y"]["period"]), (&json!("2016-07"), &json!("2018-07")));
    let sentence = answer["sentence"].as_str().unwrap();
    assert!(
        sentence.contains("Recorded crime, July 2016 and Recorded crime, July 2018 go together strongly"),
        "{sentence}"
    );
    assert!(!sentence.contains("because") && sentence.contains("does not say why"), "{sentence}");
}

#[test]
fn within_leaves_all_other_areas_out() {
    let answer = relate("lsoa11?x=burglary&y=robbery&within=lad11:E08000033");
    let inside: Vec<bool> = districts().into_values().map(|district| district == "E08000033").collect();
    for axis in ["x", "y"] {
        let given: Vec<bool> = numbers(&answer["pairs"][axis]).iter().map(Option::is_some).collect();
        assert!(given == inside, "{axis}");
    }
    assert_eq!(answer["n"], inside.iter().filter(|inside| **inside).count());
    assert!(answer["sentence"].as_str().unwrap().contains(" in Calderdale,"), "{answer}");
}

#[test]
fn an_area_without_one_of_the_values_is_no_pair() {
    let (server, _folder) = squares::serve();
    let answer = server.json("/api/v1/{edition}/relate/square?x=need&y=share");
    assert_eq!(numbers(&answer["pairs"]["x"]), [Some(40.0), Some(20.0), None, Some(10.0)]);
    assert_eq!(numbers(&answer["pairs"]["y"]), [Some(50.0), Some(25.0), None, Some(12.5)]);
    assert_eq!((&answer["n"], &answer["spearman"]["coefficient"]), (&json!(3), &json!(1.0)));
}

#[test]
fn ranks_and_deciles_have_an_order_and_no_line() {
    let (server, _folder) = squares::serve();
    let answer = server.json("/api/v1/{edition}/relate/square?x=place&y=need");
    assert_eq!((&answer["line"], &answer["pearson"]), (&Value::Null, &Value::Null));
    // 4, 3, 2, 1 and 40, 20, 20, 10
    let (rho, ..) = pearson(&[4.0, 3.0, 2.0, 1.0], &[4.0, 2.5, 2.5, 1.0]);
    assert_close(answer["spearman"]["coefficient"].as_f64().unwrap(), rho);
    assert_eq!(answer["note"], "“Place among all” is a rank: it tells an order and no distances, so there is no line.");
    assert!(!answer["sentence"].as_str().unwrap().contains("Pearson"));
}

#[test]
fn too_little_to_relate_is_an_answer_that_says_so() {
    let (server, _folder) = squares::serve();
    let few = server.json("/api/v1/{edition}/relate/half?x=need&y=residents");
    assert_eq!((&few["n"], &few["spearman"]), (&json!(2), &Value::Null));
    let sentence = few["sentence"].as_str().unwrap();
    assert!(sentence.starts_with("Nothing can be said of Score of need, 2019 and Residents, 2019 together: only 2 "));
    assert!(sentence.ends_with(" in Squareland have both, and it takes 3."), "{sentence}");
    let same = Folder::squares();
    same.replace("values.csv", "SW,1000,10", "SW,1000,20");
    same.replace("values.csv", "NE,4000,40", "NE,4000,20");
    let same = same.serve().json("/api/v1/{edition}/relate/square?x=need&y=residents");
    assert!(same["sentence"].as_str().unwrap().ends_with("one of them is the same in all 4 squares in Squareland."));
}

#[test]
fn what_cannot_be_related_is_refused() {
    let server = Folder::squares().serve();
    for (query, kind, parameter, reason) in [
        ("square?x=sort&y=need", "not-applicable", "x", "“Sort of place” is a category"),
        ("square?x=need&y=sort", "not-applicable", "y", "“Sort of place” is a category"),
        ("square?x=need", "bad-parameter", "y", "`y` is needed"),
        ("square?x=needs&y=share", "unknown-indicator", "x", "Did you mean `need`?"),
        ("square?x=need&y=share@1999", "unknown-period", "y", "2019"),
        ("square?x=need&y=share@then", "bad-parameter", "y", "then"),
        ("square?x=need&y=share&z=sort", "unknown-parameter", "z", "Read here: x, y, within"),
        ("square?x=need&y=share&within=half:NORTH", "unknown-area", "within", "No area"),
    ] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/relate/{query}"));
        let named = (problem["type"].as_str().unwrap(), problem["status"].as_u64(), &problem["parameter"]);
        assert_eq!(named, (format!("/problems/{kind}").as_str(), Some(400), &json!(parameter)), "{query}");
        assert!(problem["detail"].as_str().unwrap().contains(reason), "{problem}");
    }
    let problem = server.problem("/api/v1/{edition}/relate/country?x=need&y=share");
    assert_eq!((&problem["type"], &problem["parameter"]), (&json!("/problems/not-published-here"), &json!("y")));
}

//! `GET /api/v1/{edition}/inequality/{geography}/{indicator}`

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::demo::by_lsoa;
use crate::harness::{assert_close, demo, numbers, shown};
use crate::squares::{self, Folder};

fn inequality(query: &str) -> Value {
    demo().json(&format!("/api/v1/{{edition}}/inequality/{query}"))
}

#[test]
fn inequality_comes_with_its_quantiles_and_a_sentence() {
    assert_json_snapshot!(shown(&inequality("lsoa11/crime?by=crime@2016-07")));
}

#[test]
fn the_value_of_a_fifth_is_the_ratio_of_its_sums() {
    let answer = inequality("lsoa11/crime?by=crime@2016-07&period=2018-07");
    let residents: Vec<f64> = by_lsoa("census2011.csv", "Residents").into_values().collect();
    let crimes: Vec<f64> = by_lsoa("crime-2018-07.csv", "All crime").into_values().collect();
    let fifths = numbers(&answer["quantile"]);
    let quantiles = answer["quantiles"].as_array().unwrap();
    assert_eq!(
        (quantiles.len(), &answer["by"]["parts"], &answer["weighted_by"]),
        (5, &json!(5), &json!("denominators"))
    );
    for (quantile, fifth) in quantiles.iter().zip(1..) {
        let sum = |numbers: &[f64]| -> f64 {
            numbers
                .iter()
                .zip(&fifths)
                .filter(|(_, own)| **own == Some(f64::from(fifth)))
                .map(|(number, _)| number)
                .sum()
        };
        assert_close(quantile["value"].as_f64().unwrap(), sum(&crimes) / sum(&residents) * 1000.0);
        assert_close(quantile["population"].as_f64().unwrap(), sum(&residents));
    }
    let areas: u64 = quantiles.iter().map(|quantile| quantile["areas"].as_u64().unwrap()).sum();
    assert_eq!((areas, &answer["n"]), (1388, &json!(1388)));
}

#[test]
fn the_slope_index_is_that_of_the_line_through_the_quantiles_and_a_line_that_leaves_them_has_no_relative_one() {
    let answer = inequality("lsoa11/crime?by=crime@2016-07");
    let quantiles = answer["quantiles"].as_array().unwrap();
    let part = |member: &str| quantiles.iter().map(|own| own[member].as_f64().unwrap()).collect::<Vec<f64>>();
    let (values, people) = (part("value"), part("population"));
    let all: f64 = people.iter().sum();
    let middles: Vec<f64> =
        (0..values.len()).map(|i| (people[..i].iter().sum::<f64>() + people[i] / 2.0) / all).collect();
    let weighted =
        |numbers: &[f64]| numbers.iter().zip(&people).map(|(number, people)| number * people).sum::<f64>() / all;
    let (mean_x, mean_y) = (weighted(&middles), weighted(&values));
    let products: Vec<f64> = middles.iter().zip(&values).map(|(x, y)| (x - mean_x) * (y - mean_y)).collect();
    let squares: Vec<f64> = middles.iter().map(|x| (x - mean_x).powi(2)).collect();
    let slope = weighted(&products) / weighted(&squares);
    let at_most_deprived = mean_y - slope * mean_x;
    assert_close(answer["slope_index"].as_f64().unwrap(), -slope);
    // It would be 33 times as much, where the fifths themselves are five times apart.
    assert!(at_most_deprived + slope < mean_y / 10.0 && answer["relative_index"].is_null(), "{answer}");
    assert_close(answer["gap"].as_f64().unwrap(), values[0] - values[4]);
    assert_close(answer["ratio"].as_f64().unwrap(), values[0] / values[4]);
    assert!(answer["slope_index"].as_f64().unwrap() > 0.0, "where there was more crime there is more");
}

#[test]
fn the_bad_end_of_the_other_measure_is_the_most_deprived() {
    let (server, _folder) = squares::serve();
    let by = |by: &str| server.json(&format!("/api/v1/{{edition}}/inequality/square/share?by={by}"));
    // NE has decile 10, NW 5, SE 1 and no share, SW 1; high is good.
    let tenths = by("tenth");
    assert_eq!((&tenths["by"]["most_deprived"], &tenths["by"]["parts"]), (&json!("lowest"), &json!(10)));
    assert_eq!(tenths["quantile"], json!([10, 5, 1, 1]));
    let quantiles: Vec<&Value> =
        tenths["quantiles"].as_array().unwrap().iter().map(|quantile| &quantile["quantile"]).collect();
    assert_eq!((quantiles, &tenths["n"]), (vec![&json!(1), &json!(5), &json!(10)], &json!(3)));
    assert_json_snapshot!(shown(&tenths));
    assert_eq!(by("need")["by"]["most_deprived"], "highest", "high need is bad");
    assert_eq!(by("unweighted")["by"]["most_deprived"], "highest", "neither end is bad");
}

#[test]
fn a_published_decile_of_which_a_high_one_is_bad_is_turned_round() {
    let folder = Folder::squares();
    folder.replace(
        "atlas.toml",
        "kind = \"decile\"\npolarity = \"high-is-good\"",
        "kind = \"decile\"\npolarity = \"high-is-bad\"",
    );
    let answer = folder.serve().json("/api/v1/{edition}/inequality/square/share?by=tenth");
    assert_eq!((&answer["quantile"], &answer["by"]["most_deprived"]), (&json!([1, 6, 10, 10]), &json!("highest")));
    assert!(answer["gap"].as_f64().unwrap() > 0.0, "NE has the highest share");
}

#[test]
fn too_few_quantiles_are_an_answer_that_says_so() {
    let (server, _folder) = squares::serve();
    // Four squares are no five fifths.
    let answer = server.json("/api/v1/{edition}/inequality/square/share?by=need");
    assert_eq!((&answer["slope_index"], &answer["gap"], &answer["n"]), (&Value::Null, &Value::Null, &json!(0)));
    assert_eq!(
        answer["sentence"],
        "Share, 2019: values are known in 0 of the fifths by Score of need, 2019, and inequality is measured over 3 or more."
    );
}

#[test]
fn what_inequality_says_nothing_of_is_refused() {
    let server = Folder::squares().serve();
    for (path, status, kind, parameter, reason) in [
        ("square/need?by=tenth", 400, "not-applicable", "indicator", "`need` is a score"),
        ("square/tenth?by=tenth", 400, "not-applicable", "indicator", "`tenth` is a decile"),
        ("square/residents?by=tenth", 400, "not-applicable", "indicator", "`residents` is a count"),
        ("square/share?by=sort", 400, "not-applicable", "by", "name a decile, a score"),
        ("square/share?by=residents", 400, "not-applicable", "by", "name a decile, a score"),
        ("square/share", 400, "bad-parameter", "by", "`by` is needed"),
        ("square/share?by=tenth@1999", 400, "unknown-period", "by", "2019"),
        ("square/share?by=tenth&period=1999", 400, "unknown-period", "period", "2019"),
        ("square/share?by=tenths", 400, "unknown-indicator", "by", "Did you mean `tenth`?"),
        ("square/shares?by=tenth", 404, "unknown-indicator", "indicator", "Did you mean `share`?"),
    ] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/inequality/{path}"));
        let named = (problem["type"].as_str().unwrap(), problem["status"].as_u64(), &problem["parameter"]);
        assert_eq!(named, (format!("/problems/{kind}").as_str(), Some(status), &json!(parameter)), "{path}");
        assert!(problem["detail"].as_str().unwrap().contains(reason), "{problem}");
    }
}

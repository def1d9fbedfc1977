//! `GET /api/v1/{edition}/hotspots/{geography}/{indicator}`

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::demo::{by_lsoa, crime_rates, districts};
use crate::harness::{Server, assert_close, demo, numbers, shown, texts};
use crate::squares::{self, Folder};

fn hotspots(query: &str) -> Value {
    demo().json(&format!("/api/v1/{{edition}}/hotspots/{query}"))
}

/// The neighbours of each LSOA, as the server says elsewhere.
fn neighbours() -> Vec<Vec<usize>> {
    let answer = demo().json("/api/v1/{edition}/neighbours/lsoa11");
    let whole = |array: &Value| numbers(array).into_iter().map(|number| number.unwrap() as usize).collect::<Vec<_>>();
    let (offsets, indices) = (whole(&answer["offsets"]), whole(&answer["indices"]));
    offsets.windows(2).map(|ends| indices[ends[0]..ends[1]].to_vec()).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Gi* by the formula, of areas that all have a value and a neighbour.
fn gi_star(values: &[f64], neighbours: &[Vec<usize>]) -> Vec<f64> {
    let n = values.len() as f64;
    let mean = mean(values);
    let deviation = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n).sqrt();
    let of = |(own, around): (&f64, &Vec<usize>)| {
        let members = around.len() as f64 + 1.0;
        let sum = own + around.iter().map(|neighbour| values[*neighbour]).sum::<f64>();
        (sum - mean * members) / (deviation * ((n * members - members * members) / (n - 1.0)).sqrt())
    };
    values.iter().zip(neighbours).map(of).collect()
}

/// The p that the false discovery rate lets through.
fn discoveries(p: &[Option<f64>], rate: f64) -> Vec<bool> {
    let mut ascending: Vec<f64> = p.iter().flatten().copied().collect();
    ascending.sort_by(f64::total_cmp);
    let m = ascending.len() as f64;
    let largest =
        ascending.iter().zip(1..).filter(|(p, i)| **p <= f64::from(*i) * rate / m + 1e-12).map(|(p, _)| *p).last();
    p.iter().map(|p| p.is_some_and(|p| largest.is_some_and(|largest| p <= largest))).collect()
}

fn bools(array: &Value) -> Vec<bool> {
    array.as_array().unwrap().iter().map(|member| member.as_bool().unwrap()).collect()
}

/// What must hold of any answer.
fn assert_consistent(server: &Server, answer: &Value) {
    let codes =
        server.json(&format!("/api/v1/{{edition}}/areas/{}?fields=code", answer["geography"].as_str().unwrap()));
    let codes = texts(&codes["columns"]["code"]);
    for member in ["statistic", "p", "p_normal", "significant", "class"] {
        assert_eq!(answer[member].as_array().unwrap().len(), codes.len(), "{member}");
    }
    let is_by_normal = answer["kinds_by"] == "normal";
    assert_eq!(
        answer["by_permutation"].is_object(),
        is_by_normal,
        "what groups and pockets are not by stands beside them"
    );
    let shown = if is_by_normal { &answer["by_normal"] } else { answer };
    assert_eq!((&answer["groups"], &answer["pockets"]), (&shown["groups"], &shown["pockets"]));
    let by_permutation = if is_by_normal { &answer["by_permutation"] } else { answer };
    assert_eq!((&answer["significant"], &answer["class"]), (&by_permutation["significant"], &by_permutation["class"]));
    for findings in [by_permutation, &answer["by_normal"]] {
        if findings.is_null() {
            continue;
        }
        let (significant, class) = (bools(&findings["significant"]), texts(&findings["class"]));
        let mut named: Vec<&str> = texts(&findings["pockets"]);
        for group in findings["groups"].as_array().unwrap() {
            let members = texts(&group["areas"]);
            assert!(members.len() > 1 && members.contains(&group["peak"].as_str().unwrap()), "{group}");
            for code in &members {
                assert_eq!(class[codes.iter().position(|own| own == code).unwrap()], group["class"]);
            }
            named.extend(members);
        }
        named.sort_unstable();
        let expected: Vec<&str> =
            codes.iter().zip(&significant).filter(|(_, significant)| **significant).map(|(code, _)| *code).collect();
        assert_eq!(named, expected, "every significant area is in a group or a pocket, once");
        for (class, significant) in class.into_iter().zip(significant) {
            assert_eq!(class != "none", significant);
        }
    }
    assert!(!answer["sentence"].as_str().unwrap().is_empty());
}

#[test]
fn hotspots_come_with_their_evidence_and_the_finding() {
    assert_json_snapshot!(shown(&hotspots("lsoa11/crime")));
}

#[test]
fn the_statistic_is_gi_star_of_the_values_and_the_neighbours_that_the_server_publishes() {
    let answer = hotspots("lsoa11/crime?period=2018-07");
    let expected = gi_star(&crime_rates("2018-07"), &neighbours());
    for (actual, expected) in numbers(&answer["statistic"]).into_iter().zip(expected) {
        assert_close(actual.unwrap(), expected);
    }
    assert_eq!((&answer["n"], &answer["tested"], &answer["islands"]), (&json!(1388), &json!(1388), &json!([])));
    assert_consistent(&demo(), &answer);
}

#[test]
fn what_is_significant_passes_the_false_discovery_rate_that_was_asked_for() {
    for (query, rate) in [("", 0.05), ("&fdr=0.1", 0.1), ("&fdr=0.2", 0.2)] {
        let answer = hotspots(&format!("lsoa11/crime?permutations=9999{query}"));
        assert_eq!(answer["fdr"], json!(rate));
        assert_eq!(bools(&answer["significant"]), discoveries(&numbers(&answer["p"]), rate), "{query}");
        assert!(bools(&answer["significant"]).contains(&true), "{query}");
        assert_eq!(answer["by_normal"], Value::Null, "permutation found something");
        assert_consistent(&demo(), &answer);
    }
}

#[test]
fn local_moran_tells_areas_that_are_like_their_neighbours_from_those_that_are_not() {
    let answer = hotspots("lsoa11/crime?hotspot=local-moran&permutations=9999&fdr=0.1");
    let values = crime_rates("2018-07");
    let mean = mean(&values);
    for ((position, class), around) in texts(&answer["class"]).into_iter().enumerate().zip(neighbours()) {
        let lag = around.iter().map(|neighbour| values[*neighbour] - mean).sum::<f64>();
        let expected = match (values[position] > mean, lag > 0.0) {
            (true, true) => "high-high",
            (false, false) => "low-low",
            (true, false) => "high-low",
            (false, true) => "low-high",
        };
        assert!(class == "none" || class == expected, "{position}: {class}, {expected}");
    }
    assert_eq!(answer["hotspot"], "local-moran");
    assert_consistent(&demo(), &answer);
}

#[test]
fn a_seed_repeats_an_answer_and_another_draws_anew() {
    let of = |seed: u32| hotspots(&format!("lsoa11/crime?permutations=99&seed={seed}"))["p"].clone();
    assert_eq!(of(7), of(7));
    assert_ne!(of(7), of(8));
    assert_eq!(hotspots("lsoa11/crime?permutations=99&seed=1")["p"], hotspots("lsoa11/crime?permutations=99")["p"]);
}

#[test]
fn too_few_permutations_are_undecided_and_the_normal_approximation_stands_beside_them() {
    // Two areas of 1,388 would need 2/(R + 1) of 2/1388 of a thousandth.
    let answer = hotspots("lsoa11/crime?permutations=99&fdr=0.0001");
    assert_eq!(answer["outcome"], "undecided at 99");
    assert!(!bools(&answer["significant"]).contains(&true));
    assert!(!answer["groups"].as_array().unwrap().is_empty(), "those that the map shows");
    assert_eq!(answer["by_permutation"]["groups"], json!([]));
    let smallest = numbers(&answer["p"]).into_iter().flatten().filter(|p| *p <= 0.02).count() as f64;
    let needed = (2.0 * 1388.0 / (smallest * 0.0001)).ceil() - 1.0;
    assert_eq!(answer["needed"], json!(needed as u64));
    assert_eq!(answer["offered"], Value::Null, "more than 9,999");
    assert_eq!(bools(&answer["by_normal"]["significant"]), discoveries(&numbers(&answer["p_normal"]), 0.0001));
    let (sentence, note) = (answer["sentence"].as_str().unwrap(), answer["note"].as_str().unwrap());
    assert!(
        sentence.contains("which a first test finds unlikely by chance") && !sentence.contains("permutations"),
        "{sentence}"
    );
    assert!(note.contains("99 times cannot decide, it would take "), "{note}");
    assert_consistent(&demo(), &answer);
}

#[test]
fn within_leaves_all_other_areas_out() {
    let answer = hotspots("lsoa11/crime?within=lad11:E08000033");
    let inside: Vec<bool> = districts().into_values().map(|district| district == "E08000033").collect();
    let given: Vec<bool> = numbers(&answer["statistic"]).iter().map(Option::is_some).collect();
    assert!(given == inside);
    // Neighbours in other districts do not count, and the areas that have any are at the edge.
    let codes: Vec<String> = districts().into_keys().collect();
    let edge = texts(&answer["edge"]);
    for (position, around) in neighbours().iter().enumerate().filter(|(position, _)| inside[*position]) {
        let adjoins_outside = edge.contains(&codes[position].as_str());
        let rook = demo_rook()[position].iter().any(|neighbour| !inside[*neighbour]);
        assert!(adjoins_outside || !rook, "{position} {around:?}");
    }
    assert!(edge.len() < inside.iter().filter(|inside| **inside).count());
    assert_eq!(answer["within"], "lad11:E08000033");
    assert_consistent(&demo(), &answer);
}

fn demo_rook() -> Vec<Vec<usize>> {
    let answer = demo().json("/api/v1/{edition}/neighbours/lsoa11?rule=rook");
    let whole = |array: &Value| numbers(array).into_iter().map(|number| number.unwrap() as usize).collect::<Vec<_>>();
    let (offsets, indices) = (whole(&answer["offsets"]), whole(&answer["indices"]));
    offsets.windows(2).map(|ends| indices[ends[0]..ends[1]].to_vec()).collect()
}

#[test]
fn the_highest_areas_are_listed_whatever_their_neighbours() {
    let answer = hotspots("lsoa11/crime");
    let mut ranked: Vec<(f64, String)> = crime_rates("2018-07").into_iter().zip(districts().into_keys()).collect();
    // Ties in the order of their codes.
    ranked.sort_by(|one, next| next.0.total_cmp(&one.0).then(one.1.cmp(&next.1)));
    let codes: Vec<&str> = ranked.iter().map(|(_, code)| code.as_str()).collect();
    assert_eq!(texts(&answer["highest"]), codes[..10]);
    ranked.sort_by(|one, next| one.0.total_cmp(&next.0).then(one.1.cmp(&next.1)));
    let codes: Vec<&str> = ranked.iter().map(|(_, code)| code.as_str()).collect();
    assert_eq!(texts(&answer["lowest"]), codes[..10]);
}

#[test]
fn smoothing_draws_the_rates_of_small_populations_towards_the_others() {
    let residents: Vec<f64> = by_lsoa("census2011.csv", "Residents").into_values().collect();
    let rates: Vec<f64> = crime_rates("2018-07").into_iter().map(|rate| rate / 1000.0).collect();
    let people: f64 = residents.iter().sum();
    let mean = rates.iter().zip(&residents).map(|(rate, people)| rate * people).sum::<f64>() / people;
    let spread =
        rates.iter().zip(&residents).map(|(rate, people)| people * (rate - mean).powi(2)).sum::<f64>() / people;
    let variance = (spread - mean / (people / residents.len() as f64)).max(0.0);
    let answer = hotspots("lsoa11/crime?smooth=global&period=2018-07");
    assert_eq!(answer["smooth"], "global");
    for ((smoothed, rate), people) in numbers(&answer["smoothed"]).into_iter().zip(&rates).zip(&residents) {
        assert_close(smoothed.unwrap(), 1000.0 * (mean + (rate - mean) * variance / (variance + mean / people)));
    }
    let spatial = hotspots("lsoa11/crime?smooth=spatial&period=2018-07");
    assert_ne!(spatial["smoothed"], answer["smoothed"]);
    assert_ne!(spatial["statistic"], answer["statistic"]);
    assert_eq!(spatial["highest"], answer["highest"], "the highest are those of the published rates");
    assert_eq!(hotspots("lsoa11/crime")["smoothed"], Value::Null);
    assert_consistent(&demo(), &spatial);
}

#[test]
fn what_hotspots_say_nothing_of_is_refused_with_the_reason() {
    let server = Folder::with_extras().serve();
    for (path, parameter, reason) in [
        ("square/tenth", "indicator", "“Tenth of need” is a decile"),
        ("square/place", "indicator", "ranks are not added up"),
        ("square/sort", "indicator", "categories are not added up"),
        ("quarter/residents", "geography", "overlap"),
        ("square/need?smooth=global", "smooth", "a rate or proportion"),
        ("square/share?smooth=spatial", "smooth", "numerators and denominators"),
    ] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/hotspots/{path}"));
        let named = (&problem["type"], &problem["status"], &problem["parameter"]);
        assert_eq!(named, (&json!("/problems/not-applicable"), &json!(400), &json!(parameter)), "{path}");
        assert!(problem["detail"].as_str().unwrap().contains(reason), "{problem}");
    }
    let problem = server.problem("/api/v1/{edition}/hotspots/country/need");
    assert_eq!(problem["type"], "/problems/no-shape");
}

#[test]
fn parameters_that_cannot_be_read_are_refused() {
    for (query, parameter, reason) in [
        ("permutations=100", "permutations", "99, 999 or 9999 are possible"),
        ("permutations=many", "permutations", "whole number"),
        ("fdr=0", "fdr", "between 0 and 1"),
        ("fdr=1", "fdr", "between 0 and 1"),
        ("fdr=nan", "fdr", "between 0 and 1"),
        ("fdr=few", "fdr", "a number"),
        ("seed=-1", "seed", "whole number"),
        ("hotspot=warm", "hotspot", "gi-star"),
        ("smooth=yes", "smooth", "spatial"),
        ("period=1999", "period", "2018-07"),
        ("within=lad11:X", "within", "No area"),
    ] {
        let problem = demo().problem(&format!("/api/v1/{{edition}}/hotspots/lsoa11/crime?{query}"));
        assert_eq!((&problem["status"], &problem["parameter"]), (&json!(400), &json!(parameter)), "{query}");
        assert!(problem["detail"].as_str().unwrap().contains(reason), "{problem}");
    }
}

#[test]
fn too_little_to_test_is_an_answer_that_says_so() {
    let (server, _folder) = squares::serve();
    let few = server.json("/api/v1/{edition}/hotspots/half/residents");
    assert_eq!(
        (&few["outcome"], &few["moran"], &few["statistic"]),
        (&json!("not tested"), &Value::Null, &json!([null, null]))
    );
    assert_eq!((&few["significant"], &few["class"]), (&json!([false, false]), &json!(["none", "none"])));
    let sentence = few["sentence"].as_str().unwrap();
    assert!(sentence.ends_with(" in Squareland have a value to go by, and hotspots need at least 3."), "{sentence}");
    assert_consistent(&server, &few);

    let same = Folder::squares();
    same.replace("values.csv", "SW,1000,10", "SW,1000,20");
    same.replace("values.csv", "NE,4000,40", "NE,4000,20");
    let same = same.serve().json("/api/v1/{edition}/hotspots/square/need");
    assert_eq!(same["sentence"], "Score of need, 2019: all squares with a value in Squareland have the same.");
}

#[test]
fn areas_without_a_value_are_null_and_part_of_nothing() {
    let (server, _folder) = squares::serve();
    // Of four squares around a point three have a share, and each of them adjoins the others.
    let answer = server.json("/api/v1/{edition}/hotspots/square/share?permutations=99");
    assert_json_snapshot!(shown(&answer));
    assert_eq!((&answer["n"], &answer["statistic"][2]), (&json!(3), &Value::Null));
    assert_consistent(&server, &answer);
}

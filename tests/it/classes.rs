//! `GET /api/v1/{edition}/classes/{geography}/{indicator}`

use std::collections::BTreeMap;

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::demo::{by_code, by_lsoa, crime_rates, districts};
use crate::harness::{Server, assert_close, demo, numbers, shown};
use crate::squares::{self, Folder};

fn classes(query: &str) -> Value {
    demo().json(&format!("/api/v1/{{edition}}/classes/{query}"))
}

fn plain(array: &Value) -> Vec<f64> {
    numbers(array).into_iter().map(Option::unwrap).collect()
}

/// R's `quantile(values, share, type = 7)`.
fn type_7(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = share * (sorted.len() - 1) as f64;
    let below = sorted[place.floor() as usize];
    below + (sorted[place.ceil() as usize] - below) * place.fract()
}

/// Each class is (lower, upper], the first closed below.
fn class_of(value: f64, breaks: &[f64]) -> u64 {
    breaks[1..breaks.len() - 1].iter().filter(|upper| value > **upper).count() as u64
}

#[test]
fn classes_come_with_people_ranks_and_the_finding() {
    assert_json_snapshot!(shown(&classes("lsoa11/crime")));
}

#[test]
fn quantile_breaks_are_those_of_an_independent_program() {
    let answer = classes("lsoa11/crime?method=quantile&k=5&period=2018-07");
    let expected =
        [0.0, 5.526995784033726, 8.952554663344975, 12.695426861597902, 19.204022936959237, 248.68189806678384];
    for (actual, expected) in plain(&answer["breaks"]).into_iter().zip(expected) {
        assert_close(actual, expected);
    }
    assert_eq!(answer["counts"], json!([278, 277, 278, 277, 278]));
    assert_eq!((&answer["n"], &answer["missing"]), (&json!(1388), &json!(0)));
}

#[test]
fn quantile_breaks_are_of_type_7_for_every_number_of_classes_and_month() {
    for month in ["2016-07", "2017-07", "2018-07"] {
        let rates = crime_rates(month);
        for k in 2..=12 {
            let answer = classes(&format!("lsoa11/crime?k={k}&period={month}"));
            let breaks = plain(&answer["breaks"]);
            assert_eq!(breaks.len(), k + 1);
            for (step, actual) in breaks.iter().enumerate() {
                assert_close(*actual, type_7(&rates, step as f64 / k as f64));
            }
            assert_eq!(plain(&answer["counts"]).iter().sum::<f64>(), 1388.0);
        }
    }
}

#[test]
fn equal_breaks_are_of_equal_width() {
    let answer = classes("lsoa11/crime?method=equal");
    for (step, actual) in plain(&answer["breaks"]).into_iter().enumerate() {
        assert_close(actual, 248.68189806678384 / 5.0 * step as f64);
    }
    assert_eq!(answer["counts"], json!([1369, 13, 3, 1, 2]));
}

#[test]
fn a_class_is_open_below_and_closed_above() {
    for query in ["lsoa11/crime", "lsoa11/crime?method=equal&k=7", "lsoa11/density?k=4", "lad11/crime"] {
        let answer = classes(query);
        let breaks = plain(&answer["breaks"]);
        let values = demo().json(&format!("/api/v1/{{edition}}/values/{}", query.split('?').next().unwrap()));
        let values = plain(&values["periods"].as_object().unwrap().values().next().unwrap()["values"]);
        let mut counts = vec![0; breaks.len() - 1];
        for (value, class) in values.into_iter().zip(answer["classes"].as_array().unwrap()) {
            assert_eq!(class.as_u64(), Some(class_of(value, &breaks)), "{value} in {breaks:?}");
            counts[class.as_u64().unwrap() as usize] += 1;
        }
        assert_eq!(answer["counts"], json!(counts), "{query}");
    }
}

#[test]
fn natural_breaks_fit_better_than_any_other_classes_of_their_number() {
    let fit = |method: &str| {
        let answer = classes(&format!("lsoa11/crime?method={method}&k=5"));
        assert_eq!((&answer["method"], &answer["requested_k"]), (&json!(method), &json!(5)));
        answer["goodness_of_variance_fit"].as_f64().unwrap()
    };
    let natural = fit("jenks");
    for method in ["quantile", "equal", "pretty"] {
        assert!(natural >= fit(method), "{method}");
    }
    let answer = classes("lsoa11/crime?method=jenks&k=5");
    let breaks = plain(&answer["breaks"]);
    let rates = crime_rates("2018-07");
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let squares = |values: &[f64]| values.iter().map(|value| (value - mean(values)).powi(2)).sum::<f64>();
    let members =
        |class: u64| -> Vec<f64> { rates.iter().copied().filter(|rate| class_of(*rate, &breaks) == class).collect() };
    let within: f64 = (0..5).map(|class| squares(&members(class))).sum();
    assert_close(natural, 1.0 - within / squares(&rates));
}

#[test]
fn every_method_has_its_own_breaks() {
    let breaks = |query: &str| plain(&classes(&format!("lsoa11/crime?{query}"))["breaks"]);
    assert_eq!(breaks("method=pretty&k=5"), [0.0, 50.0, 100.0, 150.0, 200.0, 250.0]);
    let rates = crime_rates("2018-07");
    let mean = rates.iter().sum::<f64>() / 1388.0;
    let deviation = (rates.iter().map(|rate| (rate - mean).powi(2)).sum::<f64>() / 1387.0).sqrt();
    let around = breaks("method=stddev&k=3");
    assert_eq!(around.len(), 4, "the number of classes is not heeded: none is below the mean less one deviation");
    for (actual, expected) in around[1..].iter().zip([mean + deviation, mean + 2.0 * deviation]) {
        assert_close(*actual, expected);
    }
    assert_close(breaks("method=headtail")[1], mean);
    assert_eq!(breaks("method=custom&breaks=0,10,20"), [0.0, 10.0, 20.0]);
    assert_eq!(breaks("breaks=0,10,20"), [0.0, 10.0, 20.0], "breaks alone are custom ones");
}

#[test]
fn areas_outside_chosen_breaks_have_no_class_and_the_note_says_how_many() {
    let answer = classes("lsoa11/crime?method=custom&breaks=0,10,20");
    let rates = crime_rates("2018-07");
    let outside = rates.iter().filter(|rate| **rate > 20.0).count();
    assert_eq!((&answer["n"], &answer["missing"], &answer["requested_k"]), (&json!(1388), &json!(0), &json!(2)));
    assert_eq!(numbers(&answer["classes"]).iter().filter(|class| class.is_none()).count(), outside);
    assert_eq!(answer["note"], format!("Of 1,388 areas, {outside} lie outside these classes."));
}

#[test]
fn a_centre_is_a_break_or_the_note_says_why_not() {
    let answer = classes("lsoa11/crime?centre=13.8");
    assert!(plain(&answer["breaks"]).contains(&13.8), "{}", answer["breaks"]);
    assert_eq!(answer["note"], Value::Null);
    let answer = classes("lsoa11/crime?centre=-5");
    assert_eq!(answer["breaks"], classes("lsoa11/crime")["breaks"]);
    assert_eq!(answer["note"], "No break is at −5, which lies outside these classes.");
}

#[test]
fn nearly_all_areas_in_one_class_is_a_warning_that_offers_quantiles() {
    let answer = classes("lsoa11/crime?method=equal");
    let expected = "1,369 of 1,388 areas are in one class. Quantiles would make classes of 278, 277, 278, 277 and 278, with breaks at 5.53, 8.95, 12.7 and 19.2.";
    assert_eq!(answer["note"], expected);
    assert_eq!(answer["crowded"], json!({ "areas": 1369, "quantiles": [278, 277, 278, 277, 278] }));
    let natural = classes("lsoa11/crime?method=jenks");
    assert_eq!((&natural["note"], &natural["crowded"]), (&Value::Null, &Value::Null));

    // By their own quantiles, or in classes that all have the same value, nothing is crowded.
    for query in ["lsoa11/crime", "lad11/crime?method=equal&k=2&within=lad11:E08000035"] {
        assert_eq!(classes(query)["crowded"], Value::Null, "{query}");
    }
}

#[test]
fn classes_of_other_areas_may_hold_nearly_all_that_are_shown() {
    // Two classes of one's own, of which one holds them all.
    let answer = classes("lsoa11/crime?breaks=0,1000,2000");
    assert_eq!((&answer["counts"], &answer["crowded"]["areas"]), (&json!([1388, 0]), &json!(1388)));
    let said = answer["note"].as_str().unwrap();
    assert!(said.starts_with("All 1,388 areas are in one class. Quantiles would make classes of 278, "), "{said}");

    // Quantiles of two areas with few crimes: of all that are shown, one class holds nearly all, and other quantiles are not on offer.
    let rates = crime_rates("2018-07");
    let mut areas: Vec<(f64, String)> = rates.into_iter().zip(districts().into_keys()).collect();
    areas.sort_by(|(one, _), (next, _)| one.total_cmp(next));
    let least: Vec<&str> = areas.iter().map(|(_, code)| code.as_str()).step_by(20).take(2).collect();
    let answer = classes(&format!("lsoa11/crime?k=2&period=2018-07&scope=selection&areas={}", least.join(",")));
    let most = plain(&answer["counts"]).into_iter().fold(0.0, f64::max);
    assert_eq!(answer["crowded"], json!({ "areas": most as u64, "quantiles": null }));
    let said = format!("1,{:03} of 1,388 areas are in one class.", most as u64 - 1000);
    assert_eq!(answer["note"], said);
}

#[test]
fn classes_of_ones_own_begin_with_those_that_there_are() {
    let answer = classes("lsoa11/crime?period=2018-07");
    let rates = crime_rates("2018-07");
    let (breaks, offered) = (plain(&answer["breaks"]), &answer["offered"]);
    let own = plain(&offered["breaks"]);
    assert_eq!((own[0], own[5], &offered["reaching"]), (0.0, 248.7, &Value::Null));
    for rate in &rates {
        assert_eq!(class_of(*rate, &own), class_of(*rate, &breaks), "{rate} in {own:?}");
    }
    // What is offered is taken as it is offered.
    let ask = |breaks: &Value| {
        let bounds: Vec<String> = plain(breaks).iter().map(f64::to_string).collect();
        classes(&format!("lsoa11/crime?period=2018-07&breaks={}", bounds.join(",")))
    };
    for (step, k) in [("breaks", 5), ("more", 6), ("fewer", 4)] {
        let taken = ask(&offered[step]);
        assert_eq!((&taken["breaks"], &taken["k"], &taken["note"]), (&offered[step], &json!(k), &Value::Null));
    }
    let narrow = ask(&json!([5.0, 10.0, 20.0]));
    assert_eq!(narrow["offered"]["reaching"], json!([0.0, 10.0, 248.7]));
    assert_eq!(plain(&ask(&narrow["offered"]["reaching"])["counts"]).iter().sum::<f64>(), 1388.0);
}

#[test]
fn the_histogram_counts_every_area_that_has_a_value() {
    let answer = classes("lsoa11/crime?within=lad11:E08000035");
    let (bins, counts) = (plain(&answer["histogram"]["bins"]), plain(&answer["histogram"]["counts"]));
    assert_eq!((bins.len(), counts.iter().sum::<f64>()), (counts.len() + 1, 482.0));
    assert_eq!((bins[0], bins[bins.len() - 1]), (plain(&answer["breaks"])[0], plain(&answer["breaks"])[5]));
}

#[test]
fn people_are_counted_in_every_class() {
    let answer = classes("lsoa11/crime");
    let mut expected = [0.0; 5];
    for (residents, class) in by_lsoa("census2011.csv", "Residents").values().zip(plain(&answer["classes"])) {
        expected[class as usize] += residents;
    }
    assert_eq!(answer["people"][0]["indicator"], "residents");
    assert_eq!(plain(&answer["people"][0]["values"]), expected);
    assert_eq!(expected.iter().sum::<f64>(), 2_226_058.0);
}

#[test]
fn with_all_periods_the_breaks_hold_for_each() {
    let answer = classes("lsoa11/crime?period=all");
    let months = ["2016-07", "2017-07", "2018-07"];
    let pooled: Vec<f64> = months.iter().flat_map(|month| crime_rates(month)).collect();
    let breaks = plain(&answer["breaks"]);
    for (step, actual) in breaks.iter().enumerate() {
        assert_close(*actual, type_7(&pooled, step as f64 / 5.0));
    }
    for month in months {
        let of_month = &answer["periods"][month];
        let expected: Vec<u64> = crime_rates(month).into_iter().map(|rate| class_of(rate, &breaks)).collect();
        assert_eq!(of_month["classes"], json!(expected), "{month}");
        assert_eq!(plain(&of_month["counts"]).iter().sum::<f64>(), 1388.0);
    }
    assert_eq!(answer["period"], "2018-07");
    for member in ["classes", "counts"] {
        assert_eq!(answer[member], answer["periods"]["2018-07"][member], "{member} speak of the newest");
    }
    assert_eq!(answer["rank"], classes("lsoa11/crime")["rank"]);
    assert_eq!(classes("lsoa11/crime").get("periods"), None);
}

#[test]
fn classes_that_hold_still_are_those_of_all_periods() {
    let all = classes("lsoa11/crime?period=all");
    for month in ["2016-07", "2018-07"] {
        let still = classes(&format!("lsoa11/crime?period={month}&still=true"));
        assert_eq!(still["still"], true);
        assert_eq!(still["breaks"], all["breaks"]);
        assert_eq!(still["classes"], all["periods"][month]["classes"]);
        assert_eq!(still["counts"], all["periods"][month]["counts"]);
        let own = classes(&format!("lsoa11/crime?period={month}"));
        assert_eq!(own["still"], false);
        assert_ne!(own["breaks"], still["breaks"]);
        for member in ["rank", "sentence", "histogram", "n"] {
            assert_eq!(own[member], still[member], "{member} speaks of the period");
        }
    }
    // What was published or chosen is the same anyway, and nothing else is read for it.
    let chosen = "lsoa11/crime?breaks=0,5,10,1000";
    assert_eq!(classes(&format!("{chosen}&still=true")), classes(chosen));
    assert_eq!(classes("lsoa11/residents?still=true")["still"], false, "of one period");
}

#[test]
fn within_limits_breaks_ranks_and_the_finding_to_one_area() {
    let answer = classes("lsoa11/crime?within=lad11:E08000035");
    let in_leeds: Vec<bool> = districts().into_values().map(|district| district == "E08000035").collect();
    let rates: Vec<f64> = crime_rates("2018-07")
        .into_iter()
        .zip(&in_leeds)
        .filter(|(_, inside)| **inside)
        .map(|(rate, _)| rate)
        .collect();
    for (step, actual) in plain(&answer["breaks"]).into_iter().enumerate() {
        assert_close(actual, type_7(&rates, step as f64 / 5.0));
    }
    assert_eq!(
        (&answer["within"], &answer["n"], &answer["missing"]),
        (&json!("lad11:E08000035"), &json!(482), &json!(0))
    );
    for array in [&answer["classes"], &answer["rank"]["values"]] {
        let given: Vec<bool> = numbers(array).iter().map(Option::is_some).collect();
        assert!(given == in_leeds, "null outside");
    }
    assert_eq!((&answer["rank"]["scope"], &answer["rank"]["n"]), (&json!("Leeds"), &json!(482)));
    let sentence = answer["sentence"].as_str().unwrap();
    assert!(sentence.contains("Leeds as a whole is at 14.3"), "{sentence}");
}

#[test]
fn ranks_count_how_many_are_worse_so_that_ties_share_the_smallest() {
    let server = demo();
    for indicator in ["crime", "robbery"] {
        let values = server.json(&format!("/api/v1/{{edition}}/values/lsoa11/{indicator}"));
        let values = plain(&values["periods"]["2018-07"]["values"]);
        let ranks = plain(&classes(&format!("lsoa11/{indicator}"))["rank"]["values"]);
        let mut sorted = values.clone();
        sorted.sort_by(|a, b| b.total_cmp(a));
        for (value, rank) in values.iter().zip(ranks) {
            assert_eq!(rank, 1.0 + sorted.partition_point(|other| other > value) as f64, "{indicator} {value}");
        }
    }
}

#[test]
fn rank_1_is_the_worst_by_polarity() {
    let (server, _folder) = squares::serve();
    let rank =
        |indicator: &str| server.json(&format!("/api/v1/{{edition}}/classes/square/{indicator}"))["rank"].clone();
    let need = rank("need");
    assert_eq!((&need["values"], &need["first"]), (&json!([1, 2, 2, 4]), &json!("highest")), "high is bad; a tie");
    let tenth = rank("tenth");
    assert_eq!((&tenth["values"], &tenth["first"]), (&json!([4, 3, 1, 1]), &json!("lowest")), "high is good");
    let share = rank("share");
    assert_eq!((&share["values"], &share["n"]), (&json!([3, 2, null, 1]), &json!(3)), "no value, no rank");
    assert_eq!(rank("residents")["first"], "highest", "neither end is bad");
}

#[test]
fn equal_values_are_never_split_and_a_note_says_so() {
    let (server, _folder) = squares::serve();
    let answer = server.json("/api/v1/{edition}/classes/square/need?k=4");
    assert_json_snapshot!(shown(&answer));
    assert!(answer["k"].as_u64() < answer["requested_k"].as_u64());
    let members = answer["classes"].as_array().unwrap();
    assert_eq!(members[1], members[2], "both have 20");
}

#[test]
fn the_worst_class_is_that_of_rank_1_and_lies_mostly_in_one_district() {
    // Of the 278 areas above 19.2, counted here by district.
    let rates = crime_rates("2018-07");
    let mut by_district: BTreeMap<String, usize> = BTreeMap::new();
    for ((_, district), rate) in districts().into_iter().zip(rates) {
        *by_district.entry(district).or_default() += usize::from(rate > 19.204022936959237);
    }
    let (code, areas) = by_district.into_iter().max_by_key(|(_, areas)| *areas).unwrap();
    let name = &by_code("lookups/lsoa11-lad11.csv", "LAD11CD", "LAD11NM")[&code];
    let most_in = json!({ "geography": "lad11", "code": code, "name": name, "areas": areas });
    assert_eq!(
        classes("lsoa11/crime?period=2018-07")["worst"],
        json!({ "class": 4, "areas": 278, "most_in": most_in })
    );

    // Nothing larger tells the areas of one district apart, and a district lies in nothing larger.
    for query in [format!("lsoa11/crime?within=lad11:{code}"), "lad11/crime?k=2".to_owned()] {
        let worst = &classes(&query)["worst"];
        assert!(worst["areas"].as_u64().unwrap() > 0 && worst["most_in"].is_null(), "{query}: {worst}");
    }
}

#[test]
fn published_deciles_and_categories_are_their_own_classes() {
    let (server, _folder) = squares::serve();
    let ask =
        |indicator: &str| server.json(&format!("/api/v1/{{edition}}/classes/square/{indicator}?method=equal&k=3"));
    let deciles = ask("tenth");
    assert_json_snapshot!(shown(&deciles));
    let categories = ask("sort");
    assert_eq!((&deciles["method"], &categories["method"]), (&json!("published"), &json!("published")));
    assert_eq!((&deciles["histogram"], &deciles["goodness_of_variance_fit"]), (&Value::Null, &Value::Null));
    assert_eq!((&categories["k"], &categories["counts"]), (&json!(2), &json!([2, 2])));
    assert_eq!(categories["classes"], json!([0, 1, 1, 0]));
    assert_eq!(categories["worst"], Value::Null);
    assert_eq!(plain(&categories["people"][0]["values"]), [5000.0, 3000.0]);
}

#[test]
fn a_decile_is_said_in_words_and_its_areas_are_in_the_order_that_the_publisher_names() {
    let folder = squares::Folder::squares();
    let named = "kind = \"decile\"\nworst = \"most deprived\"\nbest = \"least deprived\"\namong = \"areas in Squaria\"";
    folder.replace("atlas.toml", "kind = \"decile\"", &format!("{named}\nordered_by = \"place\""));
    let server = folder.serve();
    let answer = server.json("/api/v1/{edition}/classes/square/tenth");
    let sentence = answer["sentence"].as_str().unwrap();
    assert!(
        sentence.contains("2 of the 4 squares in Squareland are in the most deprived 10% of areas in Squaria"),
        "{sentence}"
    );
    assert_eq!((&answer["rank"]["values"], &answer["rank"]["first"]), (&json!([4, 3, 2, 1]), &json!("lowest")));
    assert_eq!(answer["rank"]["called"], "most deprived");
    let compared = server.json("/api/v1/{edition}/compare?areas=square:SE&indicators=tenth");
    assert_eq!(compared["indicators"][0]["areas"][0]["rank"]["words"], "2nd most deprived of 4 in Squareland");
    let within = server.json("/api/v1/{edition}/classes/square/tenth?within=half:EAST");
    assert_eq!(within["rank"]["values"], json!([2, null, 1, null]));
    let catalog = server.json("/api/v1/{edition}/catalog");
    let tenth = catalog["indicators"].as_array().unwrap().iter().find(|own| own["id"] == "tenth").unwrap();
    assert_eq!(tenth["tenths"].as_array().unwrap().len(), 10);
    assert_eq!(tenth["tenths"][9], "in the least deprived 10% of areas in Squaria");
    let profile = server.get("/areas/square/SE").text();
    assert!(profile.contains("In the most deprived 10% of areas in Squaria"), "{profile}");
}

#[test]
fn areas_without_value_are_missing_not_zero() {
    let (server, _folder) = squares::serve();
    let answer = server.json("/api/v1/{edition}/classes/square/share?k=2");
    assert_eq!((&answer["n"], &answer["missing"]), (&json!(3), &json!(1)));
    assert_eq!(answer["classes"], json!([1, 0, null, 0]));
    assert_eq!(plain(&answer["breaks"]), [12.5, 25.0, 50.0]);
    assert_eq!(plain(&answer["people"][0]["values"]), [2000.0, 4000.0]);
}

#[test]
fn the_finding_of_a_rank_names_places() {
    let folder = Folder::squares();
    let named = "out_of = 400\nworst = \"most deprived\"\nbest = \"least deprived\"\namong = \"areas in Squareland\"\n";
    folder.replace("atlas.toml", "out_of = 400\n", named);
    let answer = folder.serve().json("/api/v1/{edition}/classes/square/place");
    let sentence = answer["sentence"].as_str().unwrap();
    let worst =
        "Place among all, 2019: most deprived is <script>alert(\"1\")</script> & </h1>, 1st of 400 areas in Squareland";
    assert!(sentence.starts_with(worst), "{sentence}");
    assert!(sentence.contains(", and least deprived is "), "{sentence}");
    assert!(sentence.ends_with(", 4th."), "{sentence}");
}

#[test]
fn the_finding_is_said_for_every_kind() {
    let (server, _folder) = squares::serve();
    let sentence =
        |path: &str, server: &Server| server.json(&format!("/api/v1/{{edition}}/classes/{path}"))["sentence"].clone();
    let of_squares = ["need", "unweighted", "place", "tenth", "sort", "thefts", "share", "residents"];
    let mut sentences: BTreeMap<String, Value> = of_squares
        .iter()
        .map(|indicator| ((*indicator).to_owned(), sentence(&format!("square/{indicator}"), &server)))
        .collect();
    for path in ["lsoa11/crime", "lsoa11/robbery", "lad11/crime", "lad11/residents", "msoa11/stroke-admissions"] {
        sentences.insert(path.to_owned(), sentence(path, &demo()));
    }
    assert_json_snapshot!(shown(&json!(sentences)));
}

#[test]
fn what_cannot_be_read_is_refused() {
    let server = demo();
    for (path, status, kind, parameter) in [
        ("lsoa11/crime?k=1", 400, "bad-parameter", Some("k")),
        ("lsoa11/crime?k=13", 400, "bad-parameter", Some("k")),
        ("lsoa11/crime?k=five", 400, "bad-parameter", Some("k")),
        ("lsoa11/crime?k=-5", 400, "bad-parameter", Some("k")),
        ("lsoa11/crime?k=5.0", 400, "bad-parameter", Some("k")),
        ("lsoa11/crime?k=99999999999999999999999", 400, "bad-parameter", Some("k")),
        ("lsoa11/crime?method=published", 400, "bad-parameter", Some("method")),
        ("lsoa11/crime?method=custom", 400, "bad-parameter", Some("breaks")),
        ("lsoa11/crime?method=custom&breaks=", 400, "bad-parameter", Some("breaks")),
        ("lsoa11/crime?method=custom&breaks=5", 400, "bad-parameter", Some("breaks")),
        ("lsoa11/crime?method=custom&breaks=0,20,10", 400, "bad-parameter", Some("breaks")),
        ("lsoa11/crime?method=custom&breaks=0,NaN", 400, "bad-parameter", Some("breaks")),
        ("lsoa11/crime?method=custom&breaks=0,1,2,3,4,5,6,7,8,9,10,11,12,13", 400, "bad-parameter", Some("breaks")),
        ("lsoa11/crime?method=jenks&breaks=0,10", 400, "bad-parameter", Some("breaks")),
        ("lsoa11/crime?centre=middle", 400, "bad-parameter", Some("centre")),
        ("lsoa11/crime?centre=inf", 400, "bad-parameter", Some("centre")),
        ("lsoa11/crime?method=", 400, "bad-parameter", Some("method")),
        ("lsoa11/crime?period=2015-07", 400, "unknown-period", Some("period")),
        ("lsoa11/crime?within=leeds", 400, "bad-parameter", Some("within")),
        ("lsoa11/crime?within=lad11:leeds", 400, "unknown-area", Some("within")),
        ("lad11/crime?within=msoa11:E02006875", 400, "bad-parameter", Some("within")),
        ("lsoa11/stroke-admissions", 404, "not-published-here", Some("indicator")),
        ("lsoa11/stroke-admissions?period=all", 404, "not-published-here", Some("indicator")),
    ] {
        let problem = server.problem(&format!("/api/v1/{{edition}}/classes/{path}"));
        assert_eq!(problem["type"], format!("/problems/{kind}"), "{path}");
        assert_eq!((problem["status"].as_u64(), problem["parameter"].as_str()), (Some(status), parameter), "{path}");
    }
    let problem = server.problem("/api/v1/{edition}/classes/lsoa11/crime?method=natural");
    let methods = "`quantile`, `equal`, `jenks`, `stddev`, `pretty`, `headtail`, `custom`";
    assert_eq!(problem["detail"], format!("`method` is one of these: {methods}."));
    let problem = server.problem("/api/v1/{edition}/classes/lsoa11/crime?breaks=0,20,10");
    let expected = "`breaks` are the minimum, then the upper bound of each class, such as `breaks=0,5,10`: the bounds do not \
                    increase: 10 at index 2 follows 20.";
    assert_eq!(problem["detail"], expected);
}

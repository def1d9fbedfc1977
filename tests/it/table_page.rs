//! `GET /table`: every area of a view without a script.

use crate::harness::{demo, demo_edition, encoded};
use crate::plain::{all, assert_kept_and_unframed, attributes, page, texts};
use crate::squares::{self, Folder};

#[test]
fn the_table_says_what_the_map_says() {
    let server = demo();
    let path = "/table?geography=lad11&indicator=crime&period=2018-07";
    let document = page(&server, path);
    let classes = server.json("/api/v1/{edition}/classes/lad11/crime?period=2018-07");
    assert_eq!(texts(&document, "h1"), [classes["sentence"].as_str().unwrap()]);
    let areas = server.json("/api/v1/{edition}/areas/lad11");
    let rows = texts(&document, "tbody tr");
    assert_eq!(rows.len(), 5);
    for (position, rank) in classes["rank"]["values"].as_array().unwrap().iter().enumerate() {
        let name = areas["areas"][position]["name"].as_str().unwrap();
        let row = &rows[rank.as_u64().unwrap() as usize - 1];
        assert!(row.starts_with(&format!("{rank}{name}")), "{row}");
    }
    let csv = attributes(&document, "a[href*='.csv']", "href");
    assert_eq!(server.get(&format!("/{}", csv[0].trim_start_matches("./"))).status, 200);
    for link in attributes(&document, "tbody a", "href") {
        assert_eq!(server.get(&format!("/{}", link.trim_start_matches("./"))).status, 200, "{link}");
    }
    assert_eq!(attributes(&document, "option[selected]", "value"), ["lad11", "crime", "2018-07", "worst"]);
    assert_kept_and_unframed(&server, path);
}

#[test]
fn every_area_stands_in_it_in_the_order_asked_for() {
    let server = demo();
    assert_eq!(texts(&page(&server, "/table"), "tbody tr").len(), 1388);
    let inside = page(&server, "/table?within=lad11:E08000035&sort=name&nonsense=1");
    let names = texts(&inside, "tbody th");
    assert!(names.len() > 400 && names.len() < 1388 && names.is_sorted(), "{}", names.len());
    assert_eq!(attributes(&inside, "input[type=hidden]", "value"), ["lad11:E08000035"]);
    let (worst, best) = (page(&server, "/table?geography=lad11"), page(&server, "/table?geography=lad11&sort=best"));
    let reversed: Vec<String> = texts(&best, "tbody th").into_iter().rev().collect();
    assert_eq!(texts(&worst, "tbody th"), reversed);
}

#[test]
fn a_postcode_leads_to_its_smallest_area() {
    let server = Folder::with_extras().serve();
    let answer = server.get("/table?postcode=ab11ab");
    assert_eq!((answer.status, answer.header("location")), (303, Some("areas/square/NW")));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(server.get("/areas/square/NW").status, 200);
    let edition = server.edition();
    let pinned = server.get(&format!("/table?postcode=ab11ab&edition={edition}"));
    assert_eq!(pinned.header("location"), Some(format!("areas/square/NW?edition={edition}").as_str()));
    let outside = page(&server, "/table?postcode=ZZ9+9ZZ");
    let said = texts(&outside, "[role=status]");
    assert_eq!(said, ["ZZ9 9ZZ is outside this atlas, or newer than its list of postcodes."]);
    let hostile = "\"><script>alert(1)</script>\u{202e}";
    let unread = page(&server, &format!("/table?postcode={}", encoded(hostile)));
    assert_eq!(attributes(&unread, "input[name=postcode]", "value"), [hostile]);
    assert!(texts(&unread, "[role=status]")[0].starts_with(&format!("“{hostile}” is not a postcode")));
    // An atlas without postcodes does not ask for one.
    assert!(all(&page(&demo(), "/table?postcode=ab11ab"), "input[name=postcode]").is_empty());
}

#[test]
fn hostile_names_stay_text() {
    let server = Folder::with_extras().serve();
    for query in ["", "?indicator=sort", "?indicator=tenth", "?indicator=share", "?geography=quarter&indicator=need"] {
        page(&server, &format!("/table{query}"));
    }
    let names = texts(&page(&server, "/table?sort=name&indicator=need"), "tbody th");
    for (code, name) in squares::SQUARES {
        assert!(code == "SE" || names.iter().any(|own| own == name), "{name}");
    }
    let categories = texts(&page(&server, "/table?indicator=sort"), "tbody tr").concat();
    assert!(categories.contains("Rural <place>"), "{categories}");
    let shares = texts(&page(&server, "/table?indicator=share"), "tbody tr");
    assert!(shares.last().unwrap().contains("Hidden to protect privacy"), "{shares:?}");
}

#[test]
fn the_links_of_a_page_that_keeps_to_an_edition_keep_to_it() {
    let (server, edition) = (demo(), demo_edition());
    let pin = format!("edition={edition}");
    for path in ["/table?geography=lad11&sort=name", "/areas/lsoa11/E01010568?x=1"] {
        let pinned = page(&server, &format!("{path}&{pin}"));
        let inside = |link: &&&str| link.starts_with('.') && !link.contains("api/v1/");
        let links = attributes(&pinned, "body a", "href");
        let links: Vec<&&str> = links.iter().filter(inside).collect();
        assert!(links.len() > 5, "{path}: {links:?}");
        for link in links {
            assert_eq!(link.matches(&pin).count(), 1, "{path}: {link}");
            assert!(!link.contains("?&") && link.matches('?').count() == 1, "{path}: {link}");
        }
        let said = attributes(&pinned, "form > input[type=hidden][name=edition]", "value");
        assert_eq!(said, vec![edition.as_str(); all(&pinned, "form").len()], "{path}");
        // Neither a page that follows the newest edition nor one that asks for another that is not held has a pin to keep.
        for other in [path.to_owned(), format!("{path}&edition=0000000000000000")] {
            assert!(!page(&server, &other).html().contains("edition="), "{other}");
        }
    }
}

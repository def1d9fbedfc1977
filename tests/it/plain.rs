//! Helpers for the pages that need no script: what a reader of their HTML sees.

use scraper::{ElementRef, Html, Selector};

use crate::harness::{Answer, Server};

/// A page that must be well-formed HTML without anything that runs.
pub(crate) fn page(server: &Server, path: &str) -> Html {
    let answer = server.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    document(&answer, path)
}

/// The document of an answer.
pub(crate) fn document(answer: &Answer, path: &str) -> Html {
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
    let document = Html::parse_document(&answer.text());
    assert!(document.errors.is_empty(), "{path}: {:?}", document.errors);
    for element in ["script", "style", "b", "i", "em", "s", "place", "[style]", "[onload]", "[onclick]"] {
        assert!(all(&document, element).is_empty(), "{path} has `{element}`");
    }
    assert_eq!((texts(&document, "h1").len(), texts(&document, "html[lang=en-GB] > head > title").len()), (1, 1));
    for table in all(&document, "table") {
        let has = |css: &str| table.select(&selector(css)).count();
        assert!(has("caption") == 1 && has("thead th[scope=col]") > 1 && has("tbody th[scope=row]") > 0, "{path}");
    }
    document
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

pub(crate) fn all<'a>(document: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    document.select(&selector(css)).collect()
}

/// The text of each element, as it is read: marks that isolate names are taken away.
pub(crate) fn texts(document: &Html, css: &str) -> Vec<String> {
    let text = |element: ElementRef<'_>| element.text().collect::<String>().replace(['\u{2068}', '\u{2069}'], "");
    all(document, css).into_iter().map(text).collect()
}

/// An attribute of each element.
pub(crate) fn attributes<'a>(document: &'a Html, css: &str, name: &str) -> Vec<&'a str> {
    all(document, css).into_iter().filter_map(|element| element.attr(name)).collect()
}

/// Holds that a page is kept like the page of the atlas, and that nobody may frame it.
pub(crate) fn assert_kept_and_unframed(server: &Server, path: &str) {
    let answer = server.get(path);
    assert_eq!(answer.header("cache-control"), Some("public, max-age=300, must-revalidate"), "{path}");
    assert!(answer.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"), "{path}");
    let etag = answer.header("etag").unwrap();
    assert_eq!(server.get_with(path, &[("if-none-match", etag)]).status, 304, "{path}");
    let head = server.ask("HEAD", path, &[]);
    assert_eq!((head.status, head.body.len(), head.header("etag")), (200, 0, Some(etag)), "{path}");
}

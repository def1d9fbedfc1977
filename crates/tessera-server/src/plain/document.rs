//! What stands around the content of every plain page, and its stylesheet.

use axum::response::Response;
use maud::{DOCTYPE, Markup, html};
use tessera_atlas::AtlasView;

use super::links::Links;
use super::words::{say, say_with};
use crate::answer::{Content, Freshness};
use crate::assets;
use crate::error::ApiError;
use crate::gate::Atlas;

/// The colours are those of the page that runs, so that both look alike for every reader.
const STYLESHEET: &str = concat!(
    include_str!("../../../../web/src/styles/tokens.css"),
    include_str!("../../../../web/src/styles/contrast.css"),
    include_str!("plain.css")
);

/// A whole document.
pub(super) struct Document<'a> {
    /// The ways from here.
    pub(super) links: &'a Links,
    /// What this page is about.
    pub(super) subject: &'a str,
    /// The content, beginning with its `h1`.
    pub(super) main: Markup,
}

impl Document<'_> {
    /// The document as text.
    pub(super) fn html(self, view: &AtlasView) -> String {
        let Document { links, subject, main } = self;
        let atlas = view.info().title.en();
        let title = say_with("title", &[("subject", subject.into()), ("atlas", atlas.into())]);
        let body = html! {
            a.skip href="#content" { (say("skip")) }
            header {
                a href=(links.home()) {
                    @if let Some(icon) = assets::icon() { img src={ (links.root()) (icon) } width="24" height="24" alt=""; }
                    bdi.brief { (atlas) }
                }
            }
            main #content { (main) }
            footer {
                h2 { (say("sources")) }
                ul { @for statement in &view.info().attribution { li { (statement.en()) } } }
                p { (say_with("edition", &[("id", view.id().as_str().into())])) }
            }
        };
        framed(links.root(), &title, &body).into_string()
    }

    /// The document as an answer.
    pub(super) fn content(self, view: &AtlasView) -> Content {
        Content { bytes: self.html(view).into_bytes(), media_type: "text/html; charset=utf-8".into() }
    }
}

/// What is the same on every plain page. `root` leads to where the atlas stands, with a slash at its end.
pub(crate) fn framed(root: &str, title: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href={ (root) "plain.css" };
                @if let Some(icon) = assets::icon() { link rel="icon" type="image/svg+xml" href={ (root) (icon) }; }
            }
            body { (body) }
        }
    }
}

/// `GET /plain.css`: the look of the plain pages.
pub(crate) async fn stylesheet(Atlas { asked, .. }: Atlas) -> Result<Response, ApiError> {
    let compute = || Ok(Content { bytes: STYLESHEET.into(), media_type: "text/css; charset=utf-8".into() });
    asked.whatever_the_query().content(Freshness::Withdrawable, compute).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_look_is_one_of_the_page_that_runs() {
        let used = include_str!("plain.css").split("var(").skip(1).filter_map(|rest| rest.split(')').next());
        let unknown: Vec<&str> = used.filter(|name| !STYLESHEET.contains(&format!("  {name}: "))).collect();
        // The font goes over several lines.
        assert_eq!(unknown, ["--font"], "names that tokens.css does not have");
        assert!(STYLESHEET.contains("--font:\n"));
    }
}

//! An edition as a site of plain files, which any file server can deliver: the answers of the server, one file each.
//!
//! A [`Site`] knows which files there are and what is in each. Which file stands for which address is said in `names`; the
//! page and the plain pages follow it when they are delivered so ([`Delivery::Files`]).

mod names;

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::compare::Selected;
use tessera_atlas::geography::Geography;
use tessera_atlas::store::StoreError;
use tessera_atlas::{AtlasView, Audience, Edition};
use tessera_geo::tiles::{Form, Pyramid, TileAddress};

pub(crate) use self::names::{file_of, page_of};
use crate::plain::links;
use crate::settings::{Delivery, Settings};
use crate::{App, Editions, assets};

/// What the page asks about each area, beside where it lies (`web/src/api.ts`).
const AREA_FIELDS: &str = "code,name,local_name,parents,notes";
/// The zoom whose generalisation the page asks shapes in (`web/src/api.ts`).
const SHAPE_ZOOM: &str = "12";

/// The public part of an edition as files.
pub struct Site {
    app: App,
    view: AtlasView,
}

/// One file of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// Where it stands, relative to the root of the site. Plain ASCII.
    pub file: String,
    /// The address at which a server has the same.
    address: String,
}

/// Why a file has no content.
#[derive(Debug, thiserror::Error)]
#[error("`{address}` is answered with {status}: {detail}")]
pub struct SiteError {
    address: String,
    status: StatusCode,
    detail: String,
}

impl Site {
    /// The site of an edition.
    ///
    /// # Errors
    /// In words, when the page is not in this program.
    pub fn of(edition: Edition) -> Result<Site, String> {
        if !assets::page_is_built() {
            return Err("this program was built without its page".to_owned());
        }
        let edition = Arc::new(edition);
        let view = AtlasView::open(edition.clone(), Audience::Public);
        let settings = Settings { delivery: Delivery::Files, ..Settings::default() };
        let app = App::new(Arc::new(Editions::of(edition)), &settings)?;
        Ok(Site { app, view })
    }

    /// All files but `withdrawn.json`, which is the operator's.
    ///
    /// # Errors
    /// Where the edition cannot be read.
    pub fn files(&self) -> Result<Vec<SiteFile>, StoreError> {
        let mut files = Files::default();
        files.page("");
        for asset in assets::names() {
            files.asset(asset);
        }
        files.asset("plain.css".to_owned());
        files.page("table");
        files.0.push(SiteFile { file: "embed.html".to_owned(), address: "embed".to_owned() });
        files.answer("api/v1/atlas".to_owned());
        let edition = format!("api/v1/{}", self.view.id());
        files.answer(format!("{edition}/catalog"));
        for layer in self.view.points() {
            files.answer(format!("{edition}/layers/{}.geojson", layer.id));
        }
        for geography in self.view.geographies() {
            self.of_geography(&mut files, &edition, geography)?;
        }
        Ok(files.0)
    }

    fn of_geography(&self, files: &mut Files, edition: &str, geography: &Geography) -> Result<(), StoreError> {
        let id = &geography.id;
        files.answer(format!("{edition}/areas/{id}?fields={AREA_FIELDS}"));
        files.answer(format!("{edition}/areas/{id}.bin"));
        if let Some(pyramid) = self.view.pyramid(geography)? {
            files.answer(format!("{edition}/neighbours/{id}"));
            files.answer(format!("{edition}/layers/{id}.geojson?zoom={SHAPE_ZOOM}"));
            files.answer(format!("tiles/{}/{id}.json", self.view.id()));
            for at in addresses(&pyramid) {
                if self.view.tile(geography, Form::Lines, at)?.is_some() {
                    let tile = format!("tiles/{}/{id}/{}/{}/{}", self.view.id(), at.zoom, at.x, at.y);
                    // For the page, and for other programs.
                    files.answer(format!("{tile}.bin"));
                    files.answer(format!("{tile}.mvt"));
                }
            }
        }
        for position in 0..geography.len() {
            files.page(&links::area(&Selected { geography, position }));
        }
        files.page(&links::table(geography, None));
        for indicator in self.view.indicators() {
            self.of_indicator(files, edition, geography, indicator);
        }
        Ok(())
    }

    fn of_indicator(&self, files: &mut Files, edition: &str, geography: &Geography, indicator: &Indicator) {
        let periods = self.view.periods(geography, indicator);
        if periods.is_empty() {
            return;
        }
        let (geography_id, id) = (&geography.id, &indicator.id);
        let values = format!("{edition}/values/{geography_id}/{id}");
        files.answer(format!("{values}.bin"));
        files.answer(values.clone());
        files.answer(links::csv(self.view.id().as_str(), geography, indicator, "all"));
        let is_still = periods.len() > 1 && indicator.published_classes().is_none();
        for period in periods {
            let period = period.to_string();
            let query = |more: Option<(&str, &str)>| {
                form_urlencoded::Serializer::new(String::new())
                    .append_pair("period", &period)
                    .extend_pairs(more)
                    .finish()
            };
            let (asked, classes) = (query(None), query(is_still.then_some(("still", "true"))));
            files.answer(format!("{values}?{asked}"));
            files.answer(format!("{values}.bin?{asked}"));
            files.answer(links::csv(self.view.id().as_str(), geography, indicator, &period));
            files.answer(format!("{edition}/classes/{geography_id}/{id}?{classes}"));
        }
        files.page(&links::table(geography, Some(indicator)));
    }

    /// What is in a file.
    ///
    /// # Errors
    /// Where the server refuses the same.
    pub async fn content(&self, file: &SiteFile) -> Result<Vec<u8>, SiteError> {
        let refused = |status, detail: String| SiteError { address: file.address.clone(), status, detail };
        let request = Request::get(format!("/{}", file.address)).body(Body::empty());
        let request = request.map_err(|error| refused(StatusCode::BAD_REQUEST, error.to_string()))?;
        let (answer, body) = self.app.answer(request).await.into_parts();
        let unread = |error: axum::Error| refused(answer.status, error.to_string());
        let bytes = to_bytes(body, usize::MAX).await.map_err(unread)?;
        if answer.status == StatusCode::OK {
            Ok(bytes.to_vec())
        } else {
            Err(refused(answer.status, String::from_utf8_lossy(&bytes).into_owned()))
        }
    }
}

/// A list of files.
#[derive(Default)]
struct Files(Vec<SiteFile>);

impl Files {
    /// A page, in a folder of its own.
    fn page(&mut self, address: &str) {
        self.0.push(SiteFile { file: format!("{}index.html", page_of(address)), address: address.to_owned() });
    }

    /// An answer of the interface.
    fn answer(&mut self, address: String) {
        self.0.push(SiteFile { file: file_of(&address), address });
    }

    /// A file that is one on the server, too.
    fn asset(&mut self, name: String) {
        self.0.push(SiteFile { file: name.clone(), address: name });
    }
}

/// Every address of a pyramid at which there can be a tile.
fn addresses(pyramid: &Pyramid) -> impl Iterator<Item = TileAddress> + '_ {
    (0..=pyramid.last_zoom).flat_map(|zoom| pyramid.addresses(zoom))
}

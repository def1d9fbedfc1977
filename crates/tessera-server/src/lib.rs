//! The atlas over HTTP: routes, parameters, caching, and the page. The interface is documented in `docs/api.md`.
//!
//! An [`App`] answers requests about [`Editions`]; [`App::serve`] runs it on a [`Listener`]. Handlers reach the atlas through
//! one extractor only, `gate::Atlas`, which gives it as the request's audience may see it. What stands around them, from
//! limits to logs, is in `frame`.

mod answer;
mod assets;
mod editions;
mod error;
mod frame;
mod gate;
mod listen;
mod names;
mod openapi;
mod parameters;
mod plain;
mod routes;
mod scene;
mod selection;
mod serve;
mod settings;
mod site;
mod spreadsheet;

use std::sync::Arc;

use axum::Router;
use axum::extract::OriginalUri;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::{Again, Answers};
use crate::error::ApiError;
use crate::frame::{Frame, Metrics, Places};
use crate::gate::AppState;

pub use crate::answer::BUILD;
pub use crate::assets::page_is_built;
pub use crate::editions::{Editions, Trouble};
pub use crate::frame::{BadBasePath, BasePath, ProxyHeader, UnknownProxyHeader};
pub use crate::listen::{Address, Listener};
pub use crate::settings::{Delivery, Limits, Settings};
pub use crate::site::{Site, SiteError, SiteFile};

/// All routes in their frame.
pub struct App {
    frame: Frame,
    limits: Limits,
    metrics: Arc<Metrics>,
}

impl App {
    /// An app that answers about editions.
    ///
    /// # Errors
    /// In words, when the settings cannot be met.
    pub fn new(editions: Arc<Editions>, settings: &Settings) -> Result<App, String> {
        let metrics = Arc::new(Metrics::new());
        let answers = Answers::new(settings.memory_for_answers(), settings.limits.queue, metrics.clone())?;
        let again = Again::new(editions.clone(), &answers, metrics.clone(), settings.memory_for_addresses())?;
        let (atlas_routes, described) = atlas_routes().split_for_parts();
        let (operator_routes, of_operators) = operator_routes().split_for_parts();
        let description = openapi::finished(described.merge_from(of_operators), &settings.base_path);
        let description = description.to_json().map_err(|error| error.to_string())?;
        let state = AppState::new(
            editions,
            answers,
            settings.base_path.clone(),
            metrics.clone(),
            description.into(),
            settings.delivery,
        );
        let atlas_routes = atlas_routes
            .merge(for_readers())
            .method_not_allowed_fallback(method_not_allowed)
            .fallback(get(assets::asset).fallback(assets::not_read));
        let operator_routes = operator_routes.method_not_allowed_fallback(method_not_allowed);
        let named = (from_fn(frame::remember_route), from_fn_with_state(state.clone(), gate::name_edition));
        let routes: Router = atlas_routes
            .layer(from_fn_with_state(Places::new(&settings.limits), frame::limited))
            .merge(operator_routes)
            .layer(named)
            .with_state(state);
        Ok(App { frame: Frame::new(routes, settings, &metrics, again), limits: settings.limits.clone(), metrics })
    }
}

/// What the atlas has to say.
fn atlas_routes() -> OpenApiRouter<AppState> {
    let api = OpenApiRouter::new()
        .routes(routes!(routes::atlas::atlas))
        .routes(routes!(routes::atlas::atlas_of_edition))
        .routes(routes!(routes::catalog::catalog))
        .routes(routes!(routes::areas::areas))
        .routes(routes!(routes::neighbours::neighbours))
        .routes(routes!(routes::locate::locate))
        .routes(routes!(routes::values::values))
        .routes(routes!(routes::classes::classes))
        .routes(routes!(routes::layers::layer))
        .routes(routes!(routes::compare::compare))
        .routes(routes!(routes::summary::summary))
        .routes(routes!(routes::trend::trend))
        .routes(routes!(routes::hotspots::hotspots))
        .routes(routes!(routes::significance::significance))
        .routes(routes!(routes::change::change))
        .routes(routes!(routes::relate::relate))
        .routes(routes!(routes::inequality::inequality))
        .routes(routes!(routes::profile::profile))
        .routes(routes!(routes::profile::profile_of_set))
        .routes(routes!(routes::deprivation::deprivation))
        .fallback(unknown_route);
    let tiles = OpenApiRouter::new()
        .routes(routes!(routes::tiles::description))
        .routes(routes!(routes::tiles::tile))
        .fallback(unknown_route);
    OpenApiRouter::with_openapi(openapi::head())
        .routes(routes!(routes::page::page))
        .routes(routes!(routes::description::openapi))
        .routes(routes!(routes::description::page))
        .nest("/api/v1", api)
        .nest("/tiles", tiles)
}

/// The pages that need no script, and the files of pages. They are for readers, so the description for programs leaves them out.
fn for_readers() -> Router<AppState> {
    Router::new()
        .route("/api/page/{file}", get(routes::description::file))
        .route("/areas/{geography}/{code}", get(plain::area::page))
        .route("/table", get(plain::table::page))
        .route("/table.csv", get(plain::table_csv::table))
        .route("/embed", get(plain::embed::page))
        .route("/plain.css", get(plain::document::stylesheet))
}

/// What an operator asks; answered when there is no room for anything else.
fn operator_routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(routes::health::healthz))
        .routes(routes!(routes::health::readyz))
        .routes(routes!(routes::health::metrics))
}

async fn unknown_route(OriginalUri(uri): OriginalUri) -> ApiError {
    ApiError::unknown_route(uri.path())
}

async fn method_not_allowed() -> ApiError {
    ApiError::method_not_allowed()
}

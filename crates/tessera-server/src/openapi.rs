//! What the description of the interface says of all routes. Each route describes itself, beside its handler.

mod of_atlas;

use serde::Serialize;
use utoipa::openapi::{Content, OpenApi as Description, Ref, RefOr, ResponseBuilder, ServerBuilder};
use utoipa::{IntoParams, OpenApi, ToSchema};

use crate::frame::BasePath;

pub(crate) use of_atlas::of_atlas;

/// A refusal (RFC 9457).
#[derive(Serialize, ToSchema)]
pub(crate) struct Problem<'a> {
    /// Which kind it is: a name, not an address.
    #[schema(example = "/problems/unknown-indicator")]
    pub(crate) r#type: String,
    /// The kind in words.
    pub(crate) title: &'a str,
    /// The status of the answer.
    pub(crate) status: u16,
    /// What is wrong, and how to mend it.
    pub(crate) detail: &'a str,
    /// The query parameter or path segment that is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) parameter: Option<&'a str>,
}

/// The path of what belongs to an edition.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "read by the description alone")]
pub(crate) struct OfEdition {
    /// The edition's id; `latest` leads to the newest.
    #[param(example = "latest")]
    edition: String,
}

/// The path of what belongs to a geography.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "read by the description alone")]
pub(crate) struct OfGeography {
    /// The edition's id; `latest` leads to the newest.
    #[param(example = "latest")]
    edition: String,
    /// The geography's id.
    #[param(example = "lad11")]
    geography: String,
}

/// The path of what belongs to an indicator in a geography.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "read by the description alone")]
pub(crate) struct OfColumn {
    /// The edition's id; `latest` leads to the newest.
    #[param(example = "latest")]
    edition: String,
    /// The geography's id.
    #[param(example = "lad11")]
    geography: String,
    /// The indicator's id.
    #[param(example = "crime")]
    indicator: String,
}

/// The path of what belongs to an area.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "read by the description alone")]
pub(crate) struct OfArea {
    /// The edition's id; `latest` leads to the newest.
    #[param(example = "latest")]
    edition: String,
    /// The geography's id.
    #[param(example = "lad11")]
    geography: String,
    /// The area's code.
    #[param(example = "E08000035")]
    code: String,
}

/// The path of values.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "read by the description alone")]
pub(crate) struct OfValues {
    /// The edition's id; `latest` leads to the newest.
    #[param(example = "latest")]
    edition: String,
    /// The geography's id.
    #[param(example = "lad11")]
    geography: String,
    /// The indicator's id, and `.csv`, `.arrow` or `.bin` for another format than JSON.
    #[param(example = "crime.csv")]
    indicator: String,
}

/// The path of a layer.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "read by the description alone")]
pub(crate) struct OfLayer {
    /// The edition's id; `latest` leads to the newest.
    #[param(example = "latest")]
    edition: String,
    /// The id of a geography or of a point layer, and `.geojson`.
    #[param(example = "lad11.geojson")]
    layer: String,
}

/// The path of a vector tile.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "read by the description alone")]
pub(crate) struct OfTile {
    /// The edition's id; `latest` leads to the newest.
    #[param(example = "latest")]
    edition: String,
    /// The geography's id.
    #[param(example = "lad11")]
    geography: String,
    /// The zoom, of tiles that are 512 pixels wide.
    #[param(example = "8")]
    z: String,
    /// The column from the west.
    #[param(example = "126")]
    x: String,
    /// The row from the north, and `.mvt` or `.bin`.
    #[param(example = "82.mvt")]
    y: String,
}

/// The path of what there is to know of a geography's vector tiles.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "read by the description alone")]
pub(crate) struct OfTiles {
    /// The edition's id; `latest` leads to the newest.
    #[param(example = "latest")]
    edition: String,
    /// The geography's id, and `.json`.
    #[param(example = "lad11.json")]
    geography: String,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tessera",
        description = "The atlas for programs. A missing number is `null`; arrays that speak of areas are in the fixed order of their geography.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(Problem))
)]
struct Head;

/// A description without routes.
pub(crate) fn head() -> Description {
    Head::openapi()
}

/// What the routes do not say themselves: where they stand, and how they refuse.
pub(crate) fn finished(mut description: Description, base_path: &BasePath) -> Description {
    let base_path = base_path.to_string();
    let server = if base_path.is_empty() { "/".to_owned() } else { base_path };
    description.servers = Some(vec![ServerBuilder::new().url(server).build()]);
    let problem = ResponseBuilder::new()
        .description("A refusal, which says what is wrong and how to mend it")
        .content("application/problem+json", Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem")))))
        .build();
    for item in description.paths.paths.values_mut() {
        if let Some(operation) = &mut item.get {
            for response in operation.responses.responses.values_mut() {
                // Required of every response.
                if let RefOr::T(response) = response
                    && response.description.is_empty()
                {
                    response.description = "What was asked for".to_owned();
                }
            }
            operation.responses.responses.insert("default".to_owned(), problem.clone().into());
        }
    }
    description
}

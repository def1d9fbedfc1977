//! From the names in a request to the things of the atlas, or a refusal that suggests the right name.

use std::sync::Arc;

use tessera_atlas::AtlasView;
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::classes::Within;
use tessera_atlas::column::Column;
use tessera_atlas::compare::Selected;
use tessera_atlas::geography::{Geography, GeographyShape};
use tessera_atlas::period::Period;
use tessera_atlas::problem::did_you_mean;
use tessera_atlas::relate::Measure;
use tessera_atlas::words::list;

use crate::error::{ApiError, Place, Unknown};
use crate::parameters::capitalised;

/// The suffix of the format that every route has, which may be left out.
pub(crate) const JSON: &str = ".json";

/// The name in the last segment of a path and the format that its suffix asks for; `None` where it has none of these. Names have
/// dots, too: a segment that is known as it stands is a name to its end.
pub(crate) fn with_format<'a, F: Copy>(
    segment: &'a str,
    formats: &[(&str, F)],
    is_known: impl Fn(&str) -> bool,
) -> Option<(&'a str, F)> {
    let found = || formats.iter().find_map(|(suffix, format)| Some((segment.strip_suffix(suffix)?, *format)));
    if is_known(segment) { None } else { found() }
}

/// The name that stands at a place, without the suffix of JSON.
pub(crate) fn without_json<'a>(text: &'a str, place: Place<'_>, is_known: impl Fn(&str) -> bool) -> &'a str {
    let end = matches!(place, Place::End(_)).then(|| with_format(text, &[(JSON, ())], is_known));
    end.flatten().map_or(text, |(name, ())| name)
}

pub(crate) fn geography<'a>(view: &'a AtlasView, id: &str, place: Place<'_>) -> Result<&'a Geography, ApiError> {
    let id = without_json(id, place, |id| view.geography(id).is_some());
    view.geography(id).ok_or_else(|| {
        let known = view.geographies().iter().map(|geography| geography.id.as_str());
        ApiError::unknown(Unknown::Geography, id, place, did_you_mean(id, known).map(|text| capitalised(&text)))
    })
}

pub(crate) fn shape(geography: &Geography) -> Result<&GeographyShape, ApiError> {
    geography.shape.as_ref().ok_or_else(|| ApiError::no_shape(&geography.id))
}

pub(crate) fn indicator<'a>(view: &'a AtlasView, id: &str, place: Place<'_>) -> Result<&'a Indicator, ApiError> {
    let id = without_json(id, place, |id| view.indicator(id).is_some());
    view.indicator(id).ok_or_else(|| {
        let known = view.indicators().iter().map(|indicator| indicator.id.as_str());
        ApiError::unknown(Unknown::Indicator, id, place, did_you_mean(id, known).map(|text| capitalised(&text)))
    })
}

/// The refusal of a theme, with the path of the theme that is most like it.
pub(crate) fn no_theme(view: &AtlasView, path: &str) -> ApiError {
    let paths = view.indicators().iter().flat_map(|indicator| indicator.filed_under().into_owned());
    let up_to = |path: Vec<String>| (1..=path.len()).map(move |depth| path[..depth].join(" / "));
    let known: Vec<String> = paths.flat_map(up_to).collect();
    let suggestion = did_you_mean(path, known.iter().map(String::as_str)).map(|text| capitalised(&text));
    ApiError::unknown(Unknown::Theme, path, Place::Query("theme"), suggestion)
}

/// The period asked for, or the newest.
pub(crate) fn period(
    view: &AtlasView,
    geography: &Geography,
    indicator: &Indicator,
    asked: Option<&str>,
) -> Result<Period, ApiError> {
    period_in(view, geography, indicator, asked, "period")
}

/// A period that another parameter names.
pub(crate) fn period_named(
    view: &AtlasView,
    geography: &Geography,
    indicator: &Indicator,
    text: &str,
    parameter: &str,
) -> Result<Period, ApiError> {
    period_in(view, geography, indicator, Some(text), parameter)
}

/// `INDICATOR[@PERIOD]`; the newest period unless said.
pub(crate) fn measure<'a>(
    view: &'a AtlasView,
    geography: &Geography,
    text: &str,
    parameter: &str,
) -> Result<Measure<'a>, ApiError> {
    let (id, asked) = text.split_once('@').map_or((text, None), |(id, period)| (id, Some(period)));
    let indicator = indicator(view, id, Place::Query(parameter))?;
    if view.periods(geography, indicator).is_empty() {
        return Err(not_published_as(view, geography, indicator, parameter));
    }
    Ok(Measure { indicator, period: period_in(view, geography, indicator, asked, parameter)? })
}

fn period_in(
    view: &AtlasView,
    geography: &Geography,
    indicator: &Indicator,
    asked: Option<&str>,
    parameter: &str,
) -> Result<Period, ApiError> {
    let Some(text) = asked else {
        return view.newest_period(geography, indicator).ok_or_else(|| not_published(view, geography, indicator));
    };
    let period: Period =
        text.parse().map_err(|error| ApiError::bad_parameter(parameter, capitalised(&format!("{error}."))))?;
    let periods = view.periods(geography, indicator);
    if periods.is_empty() {
        return Err(not_published(view, geography, indicator));
    }
    if let Some(published) = periods.iter().find(|own| own.is_written_as(&period)) {
        return Ok(*published);
    }
    let texts: Vec<String> = periods.iter().map(Period::to_string).collect();
    let published = format!("`{}` is published for {}.", indicator.id, list(&texts));
    Err(ApiError::unknown(Unknown::Period, text, Place::Query(parameter), Some(published)))
}

pub(crate) fn column(
    view: &AtlasView,
    geography: &Geography,
    indicator: &Indicator,
    period: Period,
) -> Result<Arc<Column>, ApiError> {
    view.column(geography, indicator, period)?.ok_or_else(|| not_published(view, geography, indicator))
}

/// The refusal of an indicator that `indicator` in path or query names.
pub(crate) fn not_published(view: &AtlasView, geography: &Geography, indicator: &Indicator) -> ApiError {
    not_published_as(view, geography, indicator, "indicator")
}

/// The same, named by another parameter.
fn not_published_as(view: &AtlasView, geography: &Geography, indicator: &Indicator, parameter: &str) -> ApiError {
    let elsewhere: Vec<String> = view
        .geographies()
        .iter()
        .filter(|other| !view.periods(other, indicator).is_empty())
        .map(|other| format!("`{}`", other.id))
        .collect();
    let where_it_is =
        if elsewhere.is_empty() { "It has no values.".to_owned() } else { format!("It is for {}.", list(&elsewhere)) };
    let detail = format!("`{}` is not published for `{}`. {where_it_is}", indicator.id, geography.id);
    ApiError::not_published_here(parameter, detail)
}

/// `GEO:CODE`, an area of a geography that `geography` lies in, or of itself.
pub(crate) fn within<'a>(
    view: &'a AtlasView,
    geography: &Geography,
    text: Option<&str>,
) -> Result<Option<Within<'a>>, ApiError> {
    text.map(|text| within_of(view, geography, text, "within")).transpose()
}

/// The same, named by another parameter.
pub(crate) fn within_of<'a>(
    view: &'a AtlasView,
    geography: &Geography,
    text: &str,
    parameter: &str,
) -> Result<Within<'a>, ApiError> {
    let Selected { geography: parent, position } = qualified_area(view, text, parameter)?;
    if !geography.can_lie_in(parent) {
        let detail = format!("Areas of `{}` do not lie in areas of `{}`.", geography.id, parent.id);
        return Err(ApiError::bad_parameter(parameter, detail));
    }
    Ok(Within { geography: parent, position })
}

/// `GEO:CODE`
pub(crate) fn qualified_area<'a>(view: &'a AtlasView, text: &str, parameter: &str) -> Result<Selected<'a>, ApiError> {
    let Some((id, code)) = text.split_once(':') else {
        return Err(ApiError::bad_parameter(
            parameter,
            format!("`{text}` should be a geography and a code, such as `lad11:E08000035`."),
        ));
    };
    area(geography(view, id, Place::Query(parameter))?, code, parameter)
}

/// An area by its code.
pub(crate) fn area<'a>(geography: &'a Geography, code: &str, parameter: &str) -> Result<Selected<'a>, ApiError> {
    match geography.position(code) {
        Some(position) => Ok(Selected { geography, position }),
        None => {
            let suggestion = Some(format!("No area of `{}` has this code.", geography.id));
            Err(ApiError::unknown(Unknown::Area, code, Place::Query(parameter), suggestion))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suffix_is_taken_off_once_and_never_off_a_name() {
        let known = ["a", "a.csv", "b.json"];
        let read = |segment| with_format(segment, &[(JSON, 'j'), (".csv", 'c')], |name| known.contains(&name));
        for name in known.into_iter().chain(["c", "c.parquet", ".cs"]) {
            assert_eq!(read(name), None, "{name}");
        }
        for (segment, name, format) in [
            ("a.json", "a", 'j'),
            ("a.csv.json", "a.csv", 'j'),
            ("a.csv.csv", "a.csv", 'c'),
            ("b.json.json", "b.json", 'j'),
            ("c.csv", "c", 'c'),
            ("c.csv.json", "c.csv", 'j'),
        ] {
            assert_eq!(read(segment), Some((name, format)), "{segment}");
        }
    }

    #[test]
    fn json_is_written_at_the_end_of_a_path_alone() {
        for (place, name) in [(Place::End("code"), "a"), (Place::Path("code"), "a.json"), (Place::Query("q"), "a.json")]
        {
            assert_eq!(without_json("a.json", place, |_| false), name);
        }
    }
}

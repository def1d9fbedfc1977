//! Values as CSV: a row an area and period.

use tessera_atlas::AtlasView;
use tessera_atlas::column::number_at;

use super::{Asked, AskedPeriod, METHOD};
use crate::answer::Content;
use crate::error::ApiError;
use crate::spreadsheet::{CSV, as_text, exact, statuses};

pub(super) fn write(_view: &AtlasView, asked: &Asked<'_>) -> Result<Content, ApiError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let headings = ["area_code", "area_name", "period", "value", "status"].into_iter();
    let fields = asked.fields.iter().map(|field| field.word());
    let method = asked.has_intervals().then_some(METHOD);
    writer.write_record(headings.chain(fields).chain(method)).map_err(ApiError::internal)?;
    for of in &asked.periods {
        let AskedPeriod { period, column, .. } = of;
        for (position, area) in asked.geography.areas().iter().enumerate() {
            let mut record = vec![
                as_text(&area.code),
                as_text(&area.name),
                period.to_string(),
                exact(number_at(Some(&column.values), position)),
                statuses(column.status_of(position)),
            ];
            record.extend(asked.fields.iter().map(|field| exact(number_at(column.field(*field), position))));
            record.extend(method.map(|_| of.method(position).to_owned()));
            writer.write_record(&record).map_err(ApiError::internal)?;
        }
    }
    let bytes = writer.into_inner().map_err(ApiError::internal)?;
    Ok(Content { bytes, media_type: CSV.into() })
}

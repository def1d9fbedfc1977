//! Values as an Arrow IPC file (also known as Feather, version 2): a row an area and period, a batch a period.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{ArrowError, DataType, Field, Schema};
use tessera_atlas::AtlasView;
use tessera_atlas::manifest::Field as Part;

use super::{Asked, AskedPeriod, METHOD};
use crate::answer::Content;
use crate::error::ApiError;

pub(super) fn write(view: &AtlasView, asked: &Asked<'_>) -> Result<Content, ApiError> {
    let bytes = file(view, asked).map_err(ApiError::internal)?;
    Ok(Content { bytes, media_type: "application/vnd.apache.arrow.file".into() })
}

fn file(view: &AtlasView, asked: &Asked<'_>) -> Result<Vec<u8>, ArrowError> {
    let schema = Arc::new(schema(view, asked));
    let mut writer = FileWriter::try_new(Vec::new(), &schema)?;
    for of in &asked.periods {
        writer.write(&RecordBatch::try_new(schema.clone(), columns(asked, of))?)?;
    }
    writer.into_inner()
}

/// The columns of the CSV. What holds for all rows is in the metadata.
fn schema(view: &AtlasView, asked: &Asked<'_>) -> Schema {
    let text = |name: &str| Field::new(name, DataType::Utf8, false);
    let number = |name: &str| Field::new(name, DataType::Float64, true);
    let mut fields =
        vec![text("area_code"), text("area_name"), text("period"), number(Part::Value.word()), text("status")];
    fields.extend(asked.fields.iter().map(|field| number(field.word())));
    fields.extend(asked.has_intervals().then(|| text(METHOD)));
    let metadata = [
        ("edition", view.id().as_str().to_owned()),
        ("geography", asked.geography.id.clone()),
        ("indicator", asked.indicator.id.clone()),
        ("unit", asked.indicator.unit.en().to_owned()),
        ("decimals", asked.indicator.decimals.to_string()),
    ];
    let metadata: HashMap<String, String> =
        metadata.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Schema::new(fields).with_metadata(metadata)
}

fn columns(asked: &Asked<'_>, of: &AskedPeriod) -> Vec<ArrayRef> {
    let areas = asked.geography.areas();
    let (period, column) = (of.period.to_string(), &of.column);
    let status = (0..areas.len()).map(|position| {
        let words: Vec<&str> = column.status_of(position).iter().map(|status| status.word()).collect();
        words.join(" ")
    });
    let number = |field: Part| -> ArrayRef {
        match column.field(field) {
            Some(numbers) => Arc::new(Float64Array::from(numbers.clone())),
            None => Arc::new(Float64Array::new_null(areas.len())),
        }
    };
    let mut columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from_iter_values(areas.iter().map(|area| area.code.as_str()))),
        Arc::new(StringArray::from_iter_values(areas.iter().map(|area| area.name.as_str()))),
        Arc::new(StringArray::from_iter_values(areas.iter().map(|_| period.as_str()))),
        number(Part::Value),
        Arc::new(StringArray::from_iter_values(status)),
    ];
    columns.extend(asked.fields.iter().map(|field| number(*field)));
    if asked.has_intervals() {
        columns.push(Arc::new(StringArray::from_iter_values((0..areas.len()).map(|position| of.method(position)))));
    }
    columns
}

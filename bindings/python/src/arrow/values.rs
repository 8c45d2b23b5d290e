//! Values of columns, whatever type of Arrow they come in.

use std::borrow::Cow;

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_schema::{DataType, TimeUnit};
use caselint::Date;

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The text of records: strings, or bytes of UTF-8.
    Text,
    /// A short text, or a whole number that stands for one.
    Name,
    Years,
    Date,
    YesNo,
}

impl Kind {
    /// What is wrong with a type for this kind, and how to mend it.
    pub fn refuse(self, data_type: &DataType) -> Option<&'static str> {
        let is_number = data_type.is_integer();
        let fits = match (self, data_type) {
            (_, DataType::Null) => true,
            (Kind::Text | Kind::Name, DataType::Dictionary(_, values)) => is_string(values),
            (Kind::Text, data_type) => is_string(data_type) || is_binary(data_type),
            (Kind::Name, data_type) => is_string(data_type) || is_number,
            (Kind::Years, data_type) => is_number || matches!(data_type, DataType::Float32 | DataType::Float64),
            (Kind::Date, DataType::Timestamp(_, zone)) => zone.as_deref().is_none_or(|zone| matches!(zone, "UTC" | "+00:00")),
            (Kind::Date, data_type) => matches!(data_type, DataType::Date32 | DataType::Date64),
            (Kind::YesNo, data_type) => *data_type == DataType::Boolean,
        };
        let is_zoned = matches!(data_type, DataType::Timestamp(_, Some(_)));
        match self {
            _ if fits => None,
            Kind::Text => Some("the text of records should be a column of strings"),
            Kind::Name => Some("it should be a column of strings or whole numbers"),
            Kind::Years => Some("ages should be a column of whole numbers"),
            Kind::Date if is_string(data_type) => {
                Some("dates should be a column of dates; read these day first, such as %d/%m/%Y")
            }
            Kind::Date if is_zoned => Some("these are times of a zone; make dates of them, as they are there"),
            Kind::Date => Some("dates should be a column of dates"),
            Kind::YesNo => Some("it should be a column of true and false"),
        }
    }
}

fn is_string(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

fn is_binary(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Binary | DataType::LargeBinary | DataType::BinaryView)
}

/// A row's text as it lies in the column. `None` for null; an error, the first byte that does not fit, where it is no UTF-8. That is looked at
/// for strings as well, since whoever made the column may not have.
pub fn text(column: &dyn Array, row: usize) -> Result<Option<&str>, usize> {
    if column.is_null(row) {
        return Ok(None);
    }
    let bytes = match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).as_bytes(),
        DataType::LargeUtf8 => column.as_string::<i64>().value(row).as_bytes(),
        DataType::Utf8View => column.as_string_view().value(row).as_bytes(),
        DataType::Dictionary(_, _) => {
            let dictionary = column.as_any_dictionary();
            let key = whole(dictionary.keys(), row).and_then(|key| usize::try_from(key).ok());
            return key.map_or(Ok(None), |key| text(dictionary.values().as_ref(), key));
        }
        DataType::Binary => column.as_binary::<i32>().value(row),
        DataType::LargeBinary => column.as_binary::<i64>().value(row),
        DataType::BinaryView => column.as_binary_view().value(row),
        _ => return Ok(None),
    };
    std::str::from_utf8(bytes).map(Some).map_err(|error| error.valid_up_to())
}

/// A row's short text.
pub fn name(column: &dyn Array, row: usize) -> Option<Cow<'_, str>> {
    if column.data_type().is_integer() {
        return whole(column, row).map(|number| Cow::Owned(number.to_string()));
    }
    text(column, row).ok().flatten().map(Cow::Borrowed)
}

fn whole(column: &dyn Array, row: usize) -> Option<i128> {
    if column.is_null(row) {
        return None;
    }
    Some(match column.data_type() {
        DataType::Int8 => column.as_primitive::<Int8Type>().value(row).into(),
        DataType::Int16 => column.as_primitive::<Int16Type>().value(row).into(),
        DataType::Int32 => column.as_primitive::<Int32Type>().value(row).into(),
        DataType::Int64 => column.as_primitive::<Int64Type>().value(row).into(),
        DataType::UInt8 => column.as_primitive::<UInt8Type>().value(row).into(),
        DataType::UInt16 => column.as_primitive::<UInt16Type>().value(row).into(),
        DataType::UInt32 => column.as_primitive::<UInt32Type>().value(row).into(),
        DataType::UInt64 => column.as_primitive::<UInt64Type>().value(row).into(),
        _ => return None,
    })
}

/// A row's age. The error is what is wrong with it. Columns of fractions come of ages that are not all known.
pub fn years(column: &dyn Array, row: usize) -> Result<Option<u8>, String> {
    let fraction = match column.data_type() {
        _ if column.is_null(row) => return Ok(None),
        DataType::Float32 => f64::from(column.as_primitive::<Float32Type>().value(row)),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row),
        _ => {
            let misfit = |number: i128| format!("{number} is no age; give whole years from 0 to 255");
            return whole(column, row).map(|number| u8::try_from(number).map_err(|_| misfit(number))).transpose();
        }
    };
    let is_age = fraction.fract() == 0.0 && (0.0..=255.0).contains(&fraction);
    match fraction {
        _ if fraction.is_nan() => Ok(None),
        _ if is_age => Ok(Some(fraction as u8)),
        _ => Err(format!("{fraction} is no age; give whole years from 0 to 255")),
    }
}

/// A row's date.
pub fn date(column: &dyn Array, row: usize) -> Result<Option<Date>, String> {
    if column.is_null(row) {
        return Ok(None);
    }
    let seconds = match column.data_type() {
        DataType::Date32 => i64::from(column.as_primitive::<Date32Type>().value(row)).saturating_mul(DAY),
        DataType::Date64 => column.as_primitive::<Date64Type>().value(row).div_euclid(1_000),
        DataType::Timestamp(TimeUnit::Second, _) => column.as_primitive::<TimestampSecondType>().value(row),
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            column.as_primitive::<TimestampMillisecondType>().value(row).div_euclid(1_000)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            column.as_primitive::<TimestampMicrosecondType>().value(row).div_euclid(1_000_000)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            column.as_primitive::<TimestampNanosecondType>().value(row).div_euclid(1_000_000_000)
        }
        _ => return Ok(None),
    };
    let date = Date::of_days(seconds.div_euclid(DAY));
    date.map(Some)
        .ok_or_else(|| "it is before 1880 or past all calendars; give the date of the record".to_owned())
}

/// Seconds of a day.
const DAY: i64 = 86_400;

pub fn yes_no(column: &dyn Array, row: usize) -> Option<bool> {
    (*column.data_type() == DataType::Boolean && column.is_valid(row)).then(|| column.as_boolean().value(row))
}

//! Tables in and out through the PyCapsule interface of Arrow. No bytes are copied: what comes in is given back when it is let go of.

use std::sync::Mutex;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{Array, RecordBatch, RecordBatchReader, StructArray};
use arrow_schema::SchemaRef;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::InputError;

const SCHEMA: &std::ffi::CStr = c"arrow_schema";
const ARRAY: &std::ffi::CStr = c"arrow_array";
const STREAM: &std::ffi::CStr = c"arrow_array_stream";

fn damaged(error: &arrow_schema::ArrowError) -> PyErr {
    InputError::new_err(format!("the table cannot be read: {error}"))
}

/// The stream of an object that has `__arrow_c_stream__`.
#[expect(
    unsafe_code,
    reason = "the interface hands over a pointer, and the capsule's name tells what it leads to"
)]
pub fn stream_of(object: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
    let capsule = object.call_method0("__arrow_c_stream__")?.cast_into::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr()) };
    RecordBatchStreamReader::try_new(stream).map_err(|error| damaged(&error))
}

/// The batch of an object that has `__arrow_c_array__`.
#[expect(
    unsafe_code,
    reason = "the interface hands over pointers, and the capsules' names tell what they lead to"
)]
pub fn batch_of(object: &Bound<'_, PyAny>) -> PyResult<RecordBatch> {
    let pair = object.call_method0("__arrow_c_array__")?.cast_into::<PyTuple>()?;
    let (schema, array) = (pair.get_item(0)?.cast_into::<PyCapsule>()?, pair.get_item(1)?.cast_into::<PyCapsule>()?);
    let schema = schema.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
    let array = array.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
    let data = unsafe { from_ffi(FFI_ArrowArray::from_raw(array.as_ptr()), schema.as_ref()) };
    let data = data.map_err(|error| damaged(&error))?;
    if !matches!(data.data_type(), arrow_schema::DataType::Struct(_)) {
        return Err(InputError::new_err("this is one column; give a table with named columns"));
    }
    let rows = StructArray::from(data);
    if rows.null_count() > 0 {
        return Err(InputError::new_err("a row of the table is null as a whole; leave such rows out"));
    }
    Ok(RecordBatch::from(rows))
}

/// What comes out, to be read once.
#[pyclass(module = "caselint._caselint")]
pub struct Stream {
    schema: SchemaRef,
    reader: Mutex<Option<Box<dyn RecordBatchReader + Send>>>,
}

impl Stream {
    pub fn new(reader: Box<dyn RecordBatchReader + Send>) -> Self {
        Stream { schema: reader.schema(), reader: Mutex::new(Some(reader)) }
    }
}

#[pymethods]
impl Stream {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A schema that is asked for may be passed over, as the interface has it.
        drop(requested_schema);
        let reader = self.reader.lock().ok().and_then(|mut reader| reader.take());
        let reader = reader.ok_or_else(|| InputError::new_err("this stream has been read; check the table again for another"))?;
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), STREAM)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(|error| damaged(&error))?;
        PyCapsule::new_with_value(py, schema, SCHEMA)
    }

    fn __repr__(&self) -> String {
        let names: Vec<&str> = self.schema.fields().iter().map(|field| field.name().as_str()).collect();
        format!("<caselint stream of {}>", names.join(", "))
    }
}

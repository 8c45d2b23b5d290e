//! The description of the server in OpenAPI 3.1, made from the types that it reads and writes.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::routes::Route;
use crate::presave::Problem;

/// What stands in the description of a route.
pub struct Operation {
    /// In lower case.
    pub method: &'static str,
    pub id: &'static str,
    pub summary: &'static str,
    /// The form of the body that it takes, if it takes one.
    pub body: Option<OfType>,
    pub answer: Shape,
    pub problems: &'static [u16],
    /// It is answered without a token.
    pub is_open: bool,
}

/// The schema of a type.
pub type OfType = fn(&mut SchemaGenerator) -> Schema;

/// What an answer is.
pub enum Shape {
    Json(OfType),
    /// Some JSON object.
    Any,
    Text,
}

/// The schema of a type, by reference.
pub fn json_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// The description as JSON.
pub fn document(routes: &[Route]) -> Vec<u8> {
    let (reads, writes) = (settings().for_deserialize(), settings().for_serialize());
    let mut writer = Writer { reads: reads.into_generator(), writes: writes.into_generator() };
    let mut paths = Map::new();
    for route in routes {
        let operation = writer.operation(route);
        paths.insert(route.path.to_owned(), json!({ route.operation.method: operation }));
    }
    let mut schemas = writer.reads.take_definitions(true);
    schemas.extend(writer.writes.take_definitions(true));
    let description = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "caselint",
            "version": caselint::VERSION,
            "description": "Finds words in case records that blame a child who was harmed, or that stand without analysis. A note that \
                            cannot be checked, for whatever reason, is saved: every problem carries the decision `save`.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"}
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "Where the server was given tokens."}}
        }
    });
    description.to_string().into_bytes()
}

fn settings() -> SchemaSettings {
    SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    })
}

/// Gathers the schemas of what is read and of what is written.
struct Writer {
    reads: SchemaGenerator,
    writes: SchemaGenerator,
}

impl Writer {
    fn operation(&mut self, route: &Route) -> Value {
        let Operation { id, summary, body, answer, problems, is_open, .. } = &route.operation;
        let content = match answer {
            Shape::Json(of_type) => json!({"application/json": {"schema": of_type(&mut self.writes)}}),
            Shape::Any => json!({"application/json": {"schema": {"type": "object"}}}),
            Shape::Text => json!({"text/plain": {"schema": {"type": "string"}}}),
        };
        let mut responses = Map::from_iter([("200".to_owned(), json!({"description": "The answer", "content": content}))]);
        for status in *problems {
            let content = json!({"application/problem+json": {"schema": self.writes.subschema_for::<Problem>()}});
            responses.insert(status.to_string(), json!({"description": meaning(*status), "content": content}));
        }
        let mut operation = json!({"operationId": id, "summary": summary, "responses": responses});
        if let Some(of_type) = body {
            let content = json!({"application/json": {"schema": of_type(&mut self.reads)}});
            operation["requestBody"] = json!({"required": true, "content": content});
        }
        let parameters: Vec<Value> = parameters(route.path).map(parameter).collect();
        if !parameters.is_empty() {
            operation["parameters"] = parameters.into();
        }
        // Without tokens a server of one's own computer lets everybody in.
        operation["security"] = if *is_open { json!([]) } else { json!([{"token": []}, {}]) };
        operation
    }
}

/// The names in braces.
fn parameters(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|part| part.split('}').next())
}

fn parameter(name: &str) -> Value {
    let example = if name == "family" { "consent" } else { "consented" };
    json!({"name": name, "in": "path", "required": true, "schema": {"type": "string", "minLength": 1}, "example": example})
}

fn meaning(status: u16) -> &'static str {
    match status {
        400 => "It is not valid JSON, or it broke off",
        401 => "A token is needed",
        404 => "There is no such rule",
        408 => "It did not come whole in time",
        413 => "It is too large",
        415 => "It is not sent as JSON",
        422 => "It is JSON, and not what is asked for",
        429 => "The token has asked too often",
        503 => "The server is too busy, or is being stopped",
        _ => "A defect of caselint",
    }
}

//! The JSON Schemas of types that the build script compiles as well, which has no use for schemas.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::lexicon::schema::{AgeWording, Protected, Scope, Strength, Who};

/// An enum that is written as one of a few names. One that is left out does not compile.
macro_rules! names {
    ($type:ident: $($variant:ident),+) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let _ = |value: $type| match value { $($type::$variant => {}),+ };
                json_schema!({"type": "string", "enum": [$($type::$variant),+]})
            }
        }
    };
}

names!(Who: Author, Child, Parent, Family, Peer, Public, Professional, Perpetrator, Unknown);
names!(Strength: Context, Blaming);
names!(Protected: Child, AdultVictim, Parent);
names!(Scope: Sentence, Entry, Record);

impl JsonSchema for AgeWording {
    fn schema_name() -> Cow<'static, str> {
        "AgeWording".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let properties = json_schema!({
            "under": {"type": "integer", "minimum": 0, "maximum": 255},
            "jurisdiction": {"type": ["string", "null"]},
            "why": {"type": "string"}
        });
        json_schema!({"type": "object", "required": ["under", "why"], "properties": properties})
    }
}

//! A small validator of JSON Schema.

use serde_json::Value;

/// Checks a value against a schema, as far as our schemas go: a keyword that is not known here is an error of its own. A key that the
/// schema does not describe is an error even where a schema would let it pass, so that no new key goes undescribed.
pub struct Validator {
    pub root: Value,
}

impl Validator {
    pub fn new(text: &str) -> Self {
        Validator { root: serde_json::from_str(text).expect("the schema is JSON") }
    }

    pub fn errors(&self, value: &Value) -> Vec<String> {
        self.check(&self.root, value, "")
    }

    pub fn check(&self, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        let mut errors = Vec::new();
        if *schema == true {
            return errors;
        }
        for (keyword, rule) in schema.as_object().expect("a schema is an object") {
            let fits = match keyword.as_str() {
                "$ref" => {
                    let path = rule.as_str().and_then(|path| path.strip_prefix('#')).expect("a reference in the document");
                    errors.extend(self.check(self.root.pointer(path).expect("the reference leads somewhere"), value, at));
                    true
                }
                "type" => match rule {
                    Value::Array(kinds) => kinds.iter().any(|kind| is_of(kind, value)),
                    kind => is_of(kind, value),
                },
                "const" => rule == value,
                "enum" => list(rule).contains(value),
                "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().expect("a number")),
                "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().expect("a number")),
                "pattern" => {
                    let pattern = regex::Regex::new(rule.as_str().expect("a pattern")).expect("a pattern");
                    value.as_str().is_none_or(|text| pattern.is_match(text))
                }
                "required" => list(rule).iter().all(|key| value.get(key.as_str().expect("a key")).is_some()),
                "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= rule.as_u64().expect("a number")),
                "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().expect("a number")),
                "uniqueItems" => {
                    let items = value.as_array().into_iter().flatten().map(Value::to_string);
                    let mut seen = std::collections::BTreeSet::new();
                    items.into_iter().all(|item| seen.insert(item))
                }
                "oneOf" => list(rule).iter().filter(|schema| self.check(schema, value, at).is_empty()).count() == 1,
                "anyOf" => list(rule).iter().any(|schema| self.check(schema, value, at).is_empty()),
                "items" => {
                    let items = value.as_array().into_iter().flatten().enumerate();
                    errors.extend(items.flat_map(|(number, item)| self.check(rule, item, &format!("{at}/{number}"))));
                    true
                }
                "properties" => {
                    errors.extend(self.properties(schema, value, at));
                    true
                }
                "additionalProperties" if schema.get("properties").is_none() => {
                    errors.extend(self.properties(schema, value, at));
                    true
                }
                // Formats are those of text that is read as such elsewhere.
                "additionalProperties"
                | "$schema"
                | "$id"
                | "$defs"
                | "definitions"
                | "title"
                | "description"
                | "default"
                | "format" => true,
                other => panic!("the keyword {other} is not known here"),
            };
            if !fits {
                errors.push(format!("{at}: {keyword} {rule} does not fit {value}"));
            }
        }
        errors
    }

    fn properties(&self, schema: &Value, value: &Value, at: &str) -> Vec<String> {
        let Some(object) = value.as_object() else { return Vec::new() };
        let below = |key: &str| format!("{at}/{key}");
        let further = schema.get("additionalProperties").filter(|further| further.is_object() || **further == true);
        object
            .iter()
            .flat_map(|(key, value)| match schema.get("properties").and_then(|known| known.get(key)).or(further) {
                Some(schema) => self.check(schema, value, &below(key)),
                None => vec![format!("{}: the schema does not describe this key", below(key))],
            })
            .collect()
    }
}

pub fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

fn is_of(kind: &Value, value: &Value) -> bool {
    match kind.as_str().expect("a type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("the type {other} is not known here"),
    }
}

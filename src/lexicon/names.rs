//! The names by which concerns, gaps and families are asked for, former ones among them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::nearest::nearest;
use super::schema::GAP_FAMILY;

/// All names of a lexicon.
#[derive(Debug, Default)]
pub struct Names {
    families: BTreeSet<String>,
    /// From `family/id`, as it is or was, to `family/id` as it is.
    concerns: BTreeMap<String, String>,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    Family(String),
    Concern(String),
}

/// A name that matches nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownName {
    /// What was looked for, such as `concern`.
    pub kind: &'static str,
    pub name: String,
    pub nearest: Option<String>,
    /// All names, where they are few.
    pub known: Vec<String>,
}

/// How many names are a few.
const FEW: usize = 20;

impl UnknownName {
    pub(crate) fn new<'a>(kind: &'static str, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known: Vec<&str> = known.into_iter().collect();
        let nearest = nearest(name, known.iter().copied()).map(str::to_owned);
        known.truncate(if known.len() > FEW { 0 } else { FEW });
        UnknownName {
            kind,
            name: name.to_owned(),
            nearest,
            known: known.into_iter().map(str::to_owned).collect(),
        }
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no {} of this lexicon", self.name, self.kind)?;
        match &self.nearest {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None if self.known.is_empty() => write!(f, "; `caselint rules` lists them"),
            None => write!(f, "; known are {}", self.known.join(", ")),
        }
    }
}

impl std::error::Error for UnknownName {}

impl Names {
    /// Adds a concern or gap. The former names that another bears are given back.
    pub fn add(&mut self, family: &str, id: &str, aliases: &[String]) -> Vec<String> {
        let name = format!("{family}/{id}");
        self.families.insert(family.to_owned());
        self.concerns.insert(name.clone(), name.clone());
        let mut taken = Vec::new();
        for alias in aliases {
            let former = if alias.contains('/') { alias.clone() } else { format!("{family}/{alias}") };
            match self.concerns.get(&former) {
                Some(other) if *other != name => taken.push(alias.clone()),
                _ => drop(self.concerns.insert(former, name.clone())),
            }
        }
        taken
    }

    /// The present name of a concern or gap.
    pub fn concern(&self, name: &str) -> Result<&str, UnknownName> {
        let kind = if is_gap(name) { "gap" } else { "concern" };
        self.concerns
            .get(name)
            .map(String::as_str)
            .ok_or_else(|| UnknownName::new(kind, name, self.concerns.keys().map(String::as_str)))
    }

    pub fn family(&self, name: &str) -> Result<&str, UnknownName> {
        self.families
            .get(name)
            .map(String::as_str)
            .ok_or_else(|| UnknownName::new("family", name, self.families.iter().map(String::as_str)))
    }

    /// A family or a concern.
    pub fn any(&self, name: &str) -> Result<Named, UnknownName> {
        if let Ok(family) = self.family(name) {
            return Ok(Named::Family(family.to_owned()));
        }
        if let Ok(concern) = self.concern(name) {
            return Ok(Named::Concern(concern.to_owned()));
        }
        let known = self.families.iter().chain(self.concerns.keys()).map(String::as_str);
        Err(UnknownName::new("family or concern", name, known))
    }
}

/// Whether a rule's name is that of a gap.
pub fn is_gap(name: &str) -> bool {
    name.split_once('/').is_some_and(|(family, _)| family == GAP_FAMILY)
}

/// Whether a text may be the name of a family or the id of a concern: lower-case words with hyphens between them.
pub fn is_name(text: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.split('-').all(is_word)
}

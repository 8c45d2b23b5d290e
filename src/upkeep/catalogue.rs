//! All concerns and gaps as they are written, for those who read them: with phrases, examples and publications.

use std::collections::BTreeMap;

use super::over_embedded;
use crate::lexicon::layers::Layers;
use crate::lexicon::names::Names;
use crate::lexicon::schema::{Concern, GAP_FAMILY, Gap, Messages, Profile, Source, citation};
use crate::lexicon::{Lexicon, LexiconErrors, SourceFile, UnknownName};

/// The concerns and gaps of the embedded lexicon and of further files.
#[derive(Debug)]
#[non_exhaustive]
pub struct Catalogue {
    /// In order of family and id.
    pub entries: Vec<Entry>,
    /// In order of id.
    pub gaps: Vec<GapEntry>,
    pub sources: BTreeMap<String, Source>,
    pub messages: Messages,
    pub profiles: Vec<Profile>,
    names: Names,
}

/// A concern with its family. What other files add to it is among its phrases and examples.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Entry {
    /// `family/id`.
    pub name: String,
    pub family: String,
    pub concern: Concern,
}

/// A gap. What other files add to it is among its phrases and examples.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct GapEntry {
    /// `gap/id`.
    pub name: String,
    pub gap: Gap,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Named<'a> {
    Concern(&'a Entry),
    Gap(&'a GapEntry),
}

impl Catalogue {
    /// Reads `files` on top of the embedded ones, as [`check`](super::check) does.
    ///
    /// # Errors
    /// What is wrong with the files. Patterns are not looked at.
    pub fn new(files: &[SourceFile]) -> Result<Catalogue, LexiconErrors> {
        let mut problems = Vec::new();
        let layers = Lexicon::layers(&over_embedded(files), &mut problems);
        crate::lexicon::place::find_lines(files, &mut problems);
        if problems.is_empty() { Ok(Catalogue::of(layers)) } else { Err(LexiconErrors(problems)) }
    }

    fn of(layers: Layers) -> Catalogue {
        let mut names = Names::default();
        let mut entries = Vec::new();
        for placed in layers.concerns {
            let name = placed.name();
            let mut concern = placed.item;
            names.add(&placed.family, &concern.id, &concern.aliases);
            for more in layers.extensions.iter().map(|e| &e.item).filter(|e| e.extends == name) {
                concern.phrases.extend(more.phrases.iter().cloned());
                concern.leave.extend(more.leave.iter().cloned());
                concern.flags.extend(more.flags.iter().cloned());
                concern.leaves.extend(more.leaves.iter().cloned());
            }
            entries.push(Entry { name, family: placed.family, concern });
        }
        let mut gaps = Vec::new();
        for placed in layers.gaps {
            let name = placed.name();
            let mut gap = placed.item;
            names.add(GAP_FAMILY, &gap.id, &gap.aliases);
            for more in layers.gap_extensions.iter().map(|e| &e.item).filter(|e| e.extends == name) {
                // The reader has refused a gap without a presence.
                for first in gap.when.iter_mut().take(1) {
                    first.phrases.extend(more.phrases.iter().cloned());
                    first.leave.extend(more.leave.iter().cloned());
                }
                gap.lacks.phrases.extend(more.lacks.iter().cloned());
                gap.flags.extend(more.flags.iter().cloned());
                gap.leaves.extend(more.leaves.iter().cloned());
            }
            gaps.push(GapEntry { name, gap });
        }
        Catalogue {
            entries,
            gaps,
            sources: layers.sources,
            messages: layers.messages,
            profiles: layers.profiles.into_values().map(|profile| profile.item).collect(),
            names,
        }
    }

    /// The concern of this name, present or former.
    ///
    /// # Errors
    /// A name that matches nothing, with the nearest one.
    pub fn concern(&self, name: &str) -> Result<&Entry, UnknownName> {
        let known = self.names.concern(name)?;
        let entry = self.entries.iter().find(|entry| entry.name == known);
        entry.ok_or_else(|| UnknownName::new("concern", name, []))
    }

    /// The concern or gap of this name, present or former.
    ///
    /// # Errors
    /// A name that matches nothing, with the nearest one.
    pub fn named(&self, name: &str) -> Result<Named<'_>, UnknownName> {
        let known = self.names.concern(name)?;
        match self.gaps.iter().find(|entry| entry.name == known) {
            Some(gap) => Ok(Named::Gap(gap)),
            None => self.concern(name).map(Named::Concern),
        }
    }

    /// The concerns of a family.
    ///
    /// # Errors
    /// A name that matches nothing, with the nearest one.
    pub fn family(&self, name: &str) -> Result<Vec<&Entry>, UnknownName> {
        let known = self.names.family(name)?;
        Ok(self.entries.iter().filter(|entry| entry.family == known).collect())
    }

    /// The publication that a concern cites as `id` or `id#place`, and the place in it.
    pub fn source<'a>(&'a self, cited: &'a str) -> Option<(&'a Source, Option<&'a str>)> {
        let (id, place) = citation(cited);
        Some((self.sources.get(id)?, place))
    }
}

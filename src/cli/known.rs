//! What flags and the files that they name say of a run of `caselint check`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use caselint::Linter;
use caselint::upkeep::Catalogue;

use super::args::{CheckArgs, ReadingArgs, RecordsArgs, WantedArgs};
use super::check::{format, reading};
use super::config::Config;
use super::files::of_file;
use super::{Error, wanted};
use crate::input::{self, Note};
use crate::report::{Baseline, Key, SHORTEST, safe};

/// What flags and files say of a run.
pub struct Known {
    pub config: Config,
    pub linter: Linter,
    /// The texts of blank forms.
    pub template: String,
    /// The secret of `--hash-key`.
    pub key: Option<Key>,
    /// What `--baseline` names.
    pub baseline: Option<Arc<Baseline>>,
}

impl Known {
    pub fn read(args: &CheckArgs) -> Result<Self, Error> {
        let config = wanted::config(&args.records.wanted)?;
        let linter = wanted::linter(&args.records.wanted, &config)?;
        let template = template(&args.records.template, &args.records.reading)?;
        let key = args.hash_key.as_deref().map(key).transpose()?;
        let baseline = args.baseline.as_deref().map(baseline).transpose()?;
        Ok(Known { config, linter, template, key, baseline })
    }

    /// What may be found, as it is written.
    pub fn catalogue(&self, wanted: &WantedArgs) -> Result<Catalogue, Error> {
        let files = wanted::lexicons(&[self.config.lexicons(), wanted.lexicon.clone()].concat())?;
        Catalogue::new(&files).map_err(|errors| Error::Lexicon(errors.to_string()))
    }

    /// What makes the output what it is, beside the input.
    pub fn fingerprint(&self, args: &CheckArgs) -> String {
        let CheckArgs {
            show_left, explain, with_text, quiet, output, records: RecordsArgs { reading, wanted, .. }, ..
        } = args;
        // A run that goes on has no baseline.
        let Known { config, linter, template, key, baseline: _ } = self;
        let key = key.as_ref().map(|key| key.sign(caselint::NAME));
        let (version, edition, format) = (caselint::VERSION, linter.edition(), format(args));
        let output = output.as_deref().and_then(|path| std::path::absolute(path).ok());
        format!(
            "{output:?} {quiet} {version} {edition} {format:?} {show_left} {explain} {with_text} {reading:?} {wanted:?} {config:?} {template:?} {key:?}"
        )
    }
}

/// The texts of the blank forms that the flags name, in whatever format they are.
pub(super) fn template(paths: &[PathBuf], args: &ReadingArgs) -> Result<String, Error> {
    let options = Arc::new(reading(args));
    let mut template = String::new();
    for source in input::find(paths, input::Format::Text).sources {
        for note in input::open(&source?, &options)? {
            match note {
                Ok(Note { record, .. }) => {
                    let fields = record.fields.iter().flat_map(|field| field.heading.iter().chain([&field.text]));
                    for text in std::iter::once(&record.text).chain(fields) {
                        template.push_str(text);
                        template.push('\n');
                    }
                }
                Err(notice) if notice.is_notice() => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(template)
}

pub(super) fn key(path: &Path) -> Result<Key, Error> {
    let secret = fs::read(path).map_err(|error| of_file(path, error))?;
    Key::new(&secret).ok_or_else(|| {
        Error::Usage(format!(
            "{}: a secret has {SHORTEST} bytes or more; openssl rand -hex 32 makes one",
            safe(&path.to_string_lossy())
        ))
    })
}

fn baseline(path: &Path) -> Result<Arc<Baseline>, Error> {
    let read = Baseline::read(&input::read_text(path)?).map(Arc::new);
    read.ok_or_else(|| {
        let name = safe(&path.to_string_lossy());
        Error::Usage(format!("{name}: this is no output of check; name one of --format json, jsonl or sarif as the baseline"))
    })
}

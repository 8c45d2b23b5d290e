//! What flags and the files that they name say of a run of `caselint check`.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use caselint::Linter;

use super::args::CheckArgs;
use super::check::{format, reading};
use super::config::Config;
use super::{Error, wanted};
use crate::input::{self, Note};
use crate::report::{Key, SHORTEST, safe};

/// What flags and files say of a run.
pub struct Known {
    pub config: Config,
    pub linter: Linter,
    /// The texts of blank forms.
    pub template: String,
    /// The secret of `--hash-key`.
    pub key: Option<Key>,
}

impl Known {
    pub fn read(args: &CheckArgs) -> Result<Self, Error> {
        let config = wanted::config(&args.wanted)?;
        let linter = wanted::linter(&args.wanted, &config)?;
        let template = template(args)?;
        let key = args.hash_key.as_deref().map(key).transpose()?;
        Ok(Known { config, linter, template, key })
    }

    /// What makes the output what it is, beside the input.
    pub fn fingerprint(&self, args: &CheckArgs) -> String {
        let CheckArgs { show_left, explain, with_text, reading, wanted, .. } = args;
        let Known { config, linter, template, key } = self;
        let key = key.as_ref().map(|key| key.sign(caselint::NAME));
        let (version, edition, format) = (caselint::VERSION, linter.edition(), format(args));
        format!(
            "{version} {edition} {format:?} {show_left} {explain} {with_text} {reading:?} {wanted:?} {config:?} {template:?} {key:?}"
        )
    }
}

/// The texts of the blank forms that the flags name, in whatever format they are.
fn template(args: &CheckArgs) -> Result<String, Error> {
    let options = Arc::new(reading(&args.reading));
    let mut template = String::new();
    for source in input::find(&args.template, input::Format::Text).sources {
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

fn key(path: &Path) -> Result<Key, Error> {
    let name = || path.to_string_lossy().into_owned();
    let secret = fs::read(path).map_err(|error| Error::File { path: name(), error })?;
    Key::new(&secret).ok_or_else(|| {
        Error::Usage(format!("{}: a secret has {SHORTEST} bytes or more; openssl rand -hex 32 makes one", safe(&name())))
    })
}

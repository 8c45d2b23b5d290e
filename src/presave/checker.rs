//! Checks records by the linter that their policy asks for.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use caselint::Linter;
use caselint::policy::{Answer, FailOn, OnFinalise, PROFILE, Policy, Stage};
use clap::Args;

use super::{Document, Problem, Request};
use crate::cli::args::WantedArgs;
use crate::cli::config::{self, Config};
use crate::cli::guard::guarded;
use crate::cli::{Error, wanted};

/// The policy where a request leaves it open.
#[derive(Debug, Args)]
#[command(next_help_heading = "What findings lead to")]
pub struct PolicyArgs {
    /// What is about to happen to a note; only finalising is ever asked about
    #[arg(long, value_enum, default_value_t, value_name = "STAGE")]
    pub stage: Stage,

    /// The mildest finding that is asked about; analyse where nothing is said
    #[arg(long, value_enum, value_name = "ASK")]
    pub fail_on: Option<FailOn>,

    /// What such a finding does to finalising
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    pub on_finalise: OnFinalise,
}

/// Checks records. May be shared between threads.
pub struct Checker {
    linter: Arc<Linter>,
    /// The policy where a request leaves it open.
    pub(super) policy: Policy,
    /// Those of other profiles and jurisdictions that were asked for. All share their words, and only known names get in.
    others: RwLock<HashMap<Choice, Arc<Linter>>>,
}

/// A profile and a jurisdiction.
type Choice = (Option<String>, Option<String>);

impl Checker {
    /// Makes a checker.
    pub fn new(args: &WantedArgs, asked: &PolicyArgs) -> Result<Checker, Error> {
        let config = config(args)?;
        let mut linter = wanted::linter(args, &config)?;
        let keys = &config.keys;
        let is_chosen = args.profile.is_some() || keys.profile.is_some() || !args.family.is_empty() || !keys.families.is_empty();
        if !is_chosen {
            linter = linter.choosing(Some(PROFILE), None).map_err(|error| Error::Lexicon(error.to_string()))?;
        }
        let mut policy = Policy::default();
        policy.stage = asked.stage;
        policy.fail_on = asked.fail_on.or(keys.fail_on).unwrap_or_default();
        policy.on_finalise = asked.on_finalise;
        Ok(Checker { linter: Arc::new(linter), policy, others: RwLock::default() })
    }

    /// The edition of the lexicon.
    pub fn edition(&self) -> &str {
        self.linter.edition()
    }

    /// Checks one record.
    pub fn check(&self, request: &Request) -> Result<Document<Answer>, Problem> {
        let policy = request.policy.clone().over(&self.policy);
        let linter = self.linter(&policy)?;
        let answer = contained(|| Answer::counted_in(request.offsets, &linter, &request.record, &policy))?;
        Ok(Document::new(self.edition(), answer))
    }

    pub(super) fn linter(&self, policy: &Policy) -> Result<Arc<Linter>, Problem> {
        let choice = (policy.profile.clone(), policy.jurisdiction.clone());
        if choice == (None, None) {
            return Ok(self.linter.clone());
        }
        let made = self.others.read().unwrap_or_else(PoisonError::into_inner).get(&choice).cloned();
        if let Some(linter) = made {
            return Ok(linter);
        }
        let linter = self.linter.choosing(choice.0.as_deref(), choice.1.as_deref());
        let linter = Arc::new(
            linter.map_err(|_| Problem::misfit("“policy.profile” or “policy.jurisdiction” is a name that is not known"))?,
        );
        self.others.write().unwrap_or_else(PoisonError::into_inner).insert(choice, linter.clone());
        Ok(linter)
    }
}

/// The configuration that a flag names. Unlike for `check` none is looked for: what lies in the working folder of a service is chance.
pub fn config(args: &WantedArgs) -> Result<Config, Error> {
    Ok(args.config.as_deref().map(config::read).transpose()?.unwrap_or_default())
}

/// A record that makes the checker break down costs its own answer.
pub(super) fn contained<T>(work: impl FnOnce() -> T) -> Result<T, Problem> {
    guarded(|| "the record".to_owned(), work).map_err(|error| Problem::broke(error.to_string()))
}

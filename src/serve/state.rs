//! What all requests share.

use std::sync::atomic::AtomicBool;
use std::sync::{PoisonError, RwLock};

use axum::body::Bytes;
use tokio::sync::Semaphore;

use super::ServeError;
use super::args::{Limits, ServeArgs};
use super::lexicon::Rules;
use super::metrics::Metrics;
use super::tls::Tls;
use super::tokens::Tokens;
use super::{demo, guards, openapi, routes};
use crate::cli::{Error, complain};
use crate::presave::Checker;

pub struct State {
    pub checker: Checker,
    pub rules: Rules,
    pub openapi: Bytes,
    pub limits: Limits,
    /// `None`: everybody on this computer is let in.
    pub tokens: Option<RwLock<Tokens>>,
    pub tls: Option<Tls>,
    pub cors: Vec<axum::http::HeaderValue>,
    pub demo: Option<std::path::PathBuf>,
    pub metrics: Metrics,
    /// A permit for each request that is answered at a time.
    pub requests: std::sync::Arc<Semaphore>,
    pub is_stopping: AtomicBool,
    pub is_logging: bool,
}

impl State {
    /// Reads all that the flags name.
    pub fn new(args: &ServeArgs) -> Result<State, Error> {
        refuse(args)?;
        Ok(State {
            checker: Checker::new(&args.wanted, &args.policy)?,
            rules: Rules::new(&args.wanted)?,
            openapi: openapi::document(&routes::routes()).into(),
            limits: args.limits,
            tokens: args.tokens.as_deref().map(Tokens::read).transpose()?.map(RwLock::new),
            tls: args
                .tls_cert
                .as_deref()
                .zip(args.tls_key.as_deref())
                .map(|(cert, key)| Tls::read(cert, key))
                .transpose()?,
            cors: args.cors_origin.iter().map(|origin| guards::origin(origin)).collect::<Result<_, _>>()?,
            demo: args.demo.as_deref().map(demo::folder).transpose()?,
            metrics: Metrics::default(),
            requests: std::sync::Arc::new(Semaphore::new(args.limits.max_requests)),
            is_stopping: AtomicBool::new(false),
            is_logging: !args.no_log,
        })
    }

    /// Reads tokens and certificates again, where they have changed or `always`. Where they cannot be read, those that were hold on.
    pub fn reload(&self, always: bool) {
        if let Some(tokens) = &self.tokens {
            // Requests do not wait for the file.
            let again = tokens.read().unwrap_or_else(PoisonError::into_inner).again(always);
            match again.map(|again| tokens.write().unwrap_or_else(PoisonError::into_inner).take(again)) {
                Some(Ok(count)) => complain(&format!("tokens read again: {count}")),
                Some(Err(error)) => complain(&format!("the tokens that were hold on: {error}")),
                None => {}
            }
        }
        if let Some(tls) = &self.tls {
            match tls.reload(always) {
                Ok(true) => complain(&"certificate read again"),
                Ok(false) => {}
                Err(error) => complain(&format!("the certificate that was holds on: {error}")),
            }
        }
    }
}

/// Refuses what would put notes or the server in the open.
fn refuse(args: &ServeArgs) -> Result<(), ServeError> {
    if args.address.ip().is_loopback() {
        return Ok(());
    }
    if args.demo.is_some() {
        return Err(ServeError::DemoForAll);
    }
    if args.tokens.is_none() {
        return Err(ServeError::NoTokens(args.address));
    }
    if args.tls_cert.is_none() && !args.behind_proxy {
        return Err(ServeError::NoTls(args.address));
    }
    Ok(())
}

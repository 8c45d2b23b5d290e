//! The case-note form of `--demo`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::routing::any;
use tower_http::services::ServeDir;

use super::state::State;
use super::{ServeError, problems};
use crate::report::safe;

/// The folder, if there is one.
pub fn folder(path: &Path) -> Result<PathBuf, ServeError> {
    if path.is_dir() {
        Ok(path.to_owned())
    } else {
        Err(ServeError::NoDemo { path: safe(&path.to_string_lossy()) })
    }
}

/// The pages of the folder, where nothing else is at their path.
pub fn with_pages(router: Router<Arc<State>>, folder: &Path) -> Router<Arc<State>> {
    let not_found = any(problems::not_found);
    router.fallback_service(ServeDir::new(folder).call_fallback_on_method_not_allowed(true).fallback(not_found))
}

//! TLS by rustls.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::ServeError;
use crate::report::safe;

/// A certificate and its key, which may be renewed while the server runs.
pub struct Tls {
    cert: PathBuf,
    key: PathBuf,
    current: RwLock<Current>,
}

struct Current {
    config: Arc<ServerConfig>,
    written: Written,
}

/// When the two files were written.
type Written = [Option<SystemTime>; 2];

impl Tls {
    pub fn read(cert: &Path, key: &Path) -> Result<Tls, ServeError> {
        let current = Current { written: written(cert, key), config: config(cert, key)? };
        Ok(Tls { cert: cert.to_owned(), key: key.to_owned(), current: RwLock::new(current) })
    }

    pub fn acceptor(&self) -> TlsAcceptor {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        TlsAcceptor::from(current.config.clone())
    }

    /// Reads both files again, where one has changed or `always`; says whether it did.
    pub fn reload(&self, always: bool) -> Result<bool, ServeError> {
        let written = written(&self.cert, &self.key);
        if !always && self.current.read().unwrap_or_else(PoisonError::into_inner).written == written {
            return Ok(false);
        }
        let config = config(&self.cert, &self.key);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        // Also where they cannot be read, which is then told once.
        current.written = written;
        current.config = config?;
        Ok(true)
    }
}

fn written(cert: &Path, key: &Path) -> Written {
    [cert, key].map(|path| std::fs::metadata(path).ok()?.modified().ok())
}

fn config(cert: &Path, key: &Path) -> Result<Arc<ServerConfig>, ServeError> {
    let wrong = |path: &Path, problem: String| ServeError::File { path: safe(&path.to_string_lossy()), problem };
    let chain = CertificateDer::pem_file_iter(cert).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let chain = chain.map_err(|error| wrong(cert, format!("holds no certificate that can be read: {error}")))?;
    let private = PrivateKeyDer::from_pem_file(key)
        .map_err(|error| wrong(key, format!("holds no private key that can be read: {error}")))?;
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions();
    let config = builder.and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, private));
    let mut config = config.map_err(|error| wrong(cert, format!("does not serve with this key: {error}")))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

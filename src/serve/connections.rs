//! Connections: taking them, TLS, and ending them.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::FAREWELL;
use super::state::State;
use crate::cli::complain;

/// How long a connection may be silent before or within the head of a request, or within the greetings of TLS.
const SILENCE: Duration = Duration::from_secs(30);
const MOST_HEADERS: usize = 64;
const HEAD_BYTES: usize = 32 << 10;

/// Takes connections until `stop`, then lets answers that are under way end.
pub async fn accept(listener: TcpListener, router: Router, state: &Arc<State>, stop: impl Future<Output = ()>) {
    let connections = Arc::new(Semaphore::new(state.limits.max_connections));
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let next = async {
            let permit = connections.clone().acquire_owned().await;
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            // Such as too many open files: it passes, and must not be asked about a million times a second.
            Err(error) => {
                complain(&format!("a connection was not taken: {error}"));
                sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let (router, state, watcher) = (router.clone(), state.clone(), graceful.watcher());
        tokio::spawn(async move {
            let _permit = permit;
            connection(stream, router, &state, watcher).await;
        });
    }
    state.is_stopping.store(true, Ordering::Relaxed);
    drop(listener);
    if timeout(FAREWELL, graceful.shutdown()).await.is_err() {
        complain(&"some answers were not done in time");
    }
}

/// Serves one connection. What goes wrong on it, such as a client that goes away, is no matter of the server's.
async fn connection(stream: TcpStream, router: Router, state: &State, watcher: Watcher) {
    let _ = stream.set_nodelay(true);
    match &state.tls {
        None => requests(stream, router, watcher).await,
        Some(tls) => {
            if let Ok(Ok(stream)) = timeout(SILENCE, tls.acceptor().accept(stream)).await {
                requests(stream, router, watcher).await;
            }
        }
    }
}

async fn requests(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, router: Router, watcher: Watcher) {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(SILENCE)
        .max_headers(MOST_HEADERS)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let _ = watcher.watch(connection).await;
}

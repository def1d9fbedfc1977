//! Connections: how many, how patient, and how they end.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use axum::response::Response;
use axum::serve::{Listener as Accept, ListenerExt};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

use crate::App;
use crate::frame::Connection;
use crate::listen::Listener;

/// How many connections beyond the limit are taken all the same: they are told to come back, and an operator gets through.
const BEYOND_LIMIT: usize = 32;
/// How long a connection beyond the limit may be silent.
const IDLE_BEYOND_LIMIT: Duration = Duration::from_secs(2);
/// The most that a request's first line and headers together may take, in bytes. The connection itself sees to it; smaller
/// limits, which explain themselves, are in the frame.
const LARGEST_HEAD: usize = 64 * 1024;

impl App {
    /// Answers one request as if it had come over a connection of its own. For programs that bring their own listener, and
    /// for tests.
    pub async fn answer(&self, mut request: Request<Body>) -> Response {
        request.extensions_mut().insert(Connection { peer: None, crowded: false });
        self.frame.answer(request).await
    }

    /// Answers requests until `stop` resolves. Then new connections are refused, and requests under way are finished, for as
    /// long as the limits allow. Gives the number of connections that were cut off after that.
    pub async fn serve(self, listener: Listener, stop: impl Future<Output = ()>) -> usize {
        match listener {
            Listener::Tcp(listener) => {
                // An answer is written at once: there is nothing to wait for.
                let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
                self.accept(listener, |address| Some(address.ip()), stop, ()).await
            }
            #[cfg(unix)]
            Listener::Unix(listener, file) => self.accept(listener, |_| None, stop, file).await,
        }
    }

    /// `held` is let go when no more connections are taken.
    async fn accept<L: Accept>(
        self,
        mut listener: L,
        peer: impl Fn(&L::Addr) -> Option<IpAddr>,
        stop: impl Future<Output = ()>,
        held: impl Sized,
    ) -> usize {
        let graceful = GracefulShutdown::new();
        let most = self.limits.connections + BEYOND_LIMIT;
        let open = Arc::new(Semaphore::new(most));
        let next = async |listener: &mut L| {
            let place = open.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        tokio::pin!(stop);
        loop {
            let (place, (io, address)) = tokio::select! {
                () = &mut stop => break,
                accepted = next(&mut listener) => accepted,
            };
            let crowded = most - open.available_permits() > self.limits.connections;
            let idle_time = if crowded { IDLE_BEYOND_LIMIT } else { self.limits.idle_time };
            let mut io = TimeoutStream::new(io);
            io.set_write_timeout(Some(idle_time));
            let connection = Connection { peer: peer(&address), crowded };
            let frame = self.frame.clone();
            let service = service_fn(move |request: Request<Incoming>| {
                let frame = frame.clone();
                async move {
                    let mut request = request.map(Body::new);
                    request.extensions_mut().insert(connection);
                    Ok::<Response, Infallible>(frame.answer(request).await)
                }
            });
            let served = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(idle_time)
                .max_buf_size(LARGEST_HEAD)
                .serve_connection(TokioIo::new(Box::pin(io)), service);
            let (metrics, watched) = (self.metrics.clone(), graceful.watch(served));
            metrics.connections.inc();
            if crowded {
                metrics.connections_crowded.inc();
            }
            tokio::spawn(async move {
                // A connection that breaks off, or speaks no HTTP, is its client's own affair.
                drop(watched.await);
                metrics.connections.dec();
                drop(place);
            });
        }
        drop((listener, held));
        let ended = tokio::time::timeout(self.limits.stop_time, graceful.shutdown()).await;
        if ended.is_ok() { 0 } else { most - open.available_permits() }
    }
}

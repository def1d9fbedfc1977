//! Who asks, and by which id the request is known.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// The header that names a request, in requests of a trusted proxy and in every answer.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// A proxy's request ids are not longer than this.
const LONGEST_REQUEST_ID: usize = 128;

/// The connection that a request came by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Connection {
    /// The address at its other end; `None` on a unix socket.
    pub(crate) peer: Option<IpAddr>,
    /// Whether it is one beyond the limit.
    pub(crate) crowded: bool,
}

/// The header in which a proxy says who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyHeader {
    /// `Forwarded` (RFC 7239).
    Forwarded,
    /// `X-Forwarded-For`.
    XForwardedFor,
}

/// The refusal of a name that is neither header's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownProxyHeader;

impl fmt::Display for UnknownProxyHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "name the header that the proxy sets itself: `forwarded` or `x-forwarded-for`")
    }
}

impl std::error::Error for UnknownProxyHeader {}

impl FromStr for ProxyHeader {
    type Err = UnknownProxyHeader;

    fn from_str(text: &str) -> Result<ProxyHeader, UnknownProxyHeader> {
        match text.to_ascii_lowercase().as_str() {
            "forwarded" => Ok(ProxyHeader::Forwarded),
            "x-forwarded-for" => Ok(ProxyHeader::XForwardedFor),
            _ => Err(UnknownProxyHeader),
        }
    }
}

/// The address of whoever asks, where it is known.
pub(super) fn address(trusted: Option<ProxyHeader>, request: &Request) -> Option<IpAddr> {
    let connection = request.extensions().get::<Connection>();
    forwarded(trusted, request.headers()).or_else(|| connection.and_then(|connection| connection.peer))
}

/// Names for requests. They count, but tell nobody how many there were: the count is hashed with a key of this run of the
/// program. Asking the system for random numbers would cost more than the rest of the name.
pub(super) struct RequestIds {
    key: RandomState,
    next: AtomicU64,
}

impl RequestIds {
    pub(super) fn new() -> RequestIds {
        RequestIds { key: RandomState::new(), next: AtomicU64::new(0) }
    }

    /// The id that a trusted proxy gave, or a new one: text of strangers has no place in the log.
    pub(super) fn of(&self, trusted: Option<ProxyHeader>, headers: &HeaderMap) -> HeaderValue {
        let given = headers.get(REQUEST_ID).filter(|id| trusted.is_some() && is_id(id.as_bytes()));
        given.cloned().unwrap_or_else(|| self.new_id())
    }

    fn new_id(&self) -> HeaderValue {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let id = format!("{:016x}", self.key.hash_one(number));
        HeaderValue::try_from(id).unwrap_or(HeaderValue::from_static("-"))
    }
}

/// The last address in the header: what the proxy itself saw. Those before it are what it was told.
fn forwarded(trusted: Option<ProxyHeader>, headers: &HeaderMap) -> Option<IpAddr> {
    match trusted? {
        ProxyHeader::Forwarded => client_ip::rightmost_forwarded(headers).ok(),
        ProxyHeader::XForwardedFor => {
            client_ip::rightmost_x_forwarded_for(headers).ok().or_else(|| rightmost_with_port(headers))
        }
    }
}

/// The last address of `X-Forwarded-For` as some gateways write it: `192.0.2.7:4711`.
fn rightmost_with_port(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let address: SocketAddr = last.rsplit(',').next()?.trim().parse().ok()?;
    Some(address.ip())
}

fn is_id(text: &[u8]) -> bool {
    (1..=LONGEST_REQUEST_ID).contains(&text.len())
        && text.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:/+=".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(trusted: Option<ProxyHeader>, name: &'static str, value: &'static str) -> Option<String> {
        let headers = HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))]);
        forwarded(trusted, &headers).map(|address| address.to_string())
    }

    #[test]
    fn the_last_address_is_the_one_that_the_proxy_saw() {
        use ProxyHeader::{Forwarded, XForwardedFor};
        let of = |text: &str| Some(text.to_owned());
        assert_eq!(seen(Some(XForwardedFor), "x-forwarded-for", "10.0.0.1, 192.0.2.7"), of("192.0.2.7"));
        assert_eq!(seen(Some(XForwardedFor), "x-forwarded-for", "10.0.0.1, 192.0.2.7:4711"), of("192.0.2.7"));
        assert_eq!(seen(Some(XForwardedFor), "x-forwarded-for", "[2001:db8::7]:4711"), of("2001:db8::7"));
        assert_eq!(seen(Some(Forwarded), "forwarded", "for=10.0.0.1, for=192.0.2.7;proto=https"), of("192.0.2.7"));
        assert_eq!(seen(Some(Forwarded), "forwarded", "for=\"[2001:db8::7]:4711\""), of("2001:db8::7"));
        for nobody in ["for=unknown", "for=_hidden", "by=10.0.0.1", "\"", ""] {
            assert_eq!(seen(Some(Forwarded), "forwarded", nobody), None, "{nobody}");
        }
    }

    #[test]
    fn only_the_header_that_is_trusted_is_read() {
        assert_eq!(seen(None, "x-forwarded-for", "192.0.2.7"), None);
        assert_eq!(seen(Some(ProxyHeader::Forwarded), "x-forwarded-for", "192.0.2.7"), None);
    }

    #[test]
    fn a_request_id_is_short_and_plain() {
        assert!(is_id(b"0af7651916cd43dd-8448eb211c80319c"));
        for strange in [&b""[..], b"a b", b"\"}", b"\x1b[31m", &[b'a'; 129]] {
            assert!(!is_id(strange), "{strange:?}");
        }
    }

    #[test]
    fn each_request_has_an_id_of_its_own() {
        let ids = RequestIds::new();
        let [first, second] = [(); 2].map(|()| ids.of(None, &HeaderMap::new()));
        assert!(is_id(first.as_bytes()) && first != second, "{first:?} {second:?}");
        let given = HeaderMap::from_iter([(REQUEST_ID, HeaderValue::from_static("proxy-1"))]);
        assert_eq!(ids.of(Some(ProxyHeader::Forwarded), &given), "proxy-1");
        assert_ne!(ids.of(None, &given), "proxy-1");
    }
}

//! In which encodings an answer can be had.

use axum::http::{HeaderMap, HeaderValue, header};
use tessera_atlas::packing::{Packing, WORTH_PACKING};

/// An encoding that a client accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Encoding {
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
    /// As it is.
    Identity,
}

/// The encodings that a client accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Accepted {
    brotli: bool,
    gzip: bool,
}

impl Accepted {
    /// Those that a request names.
    pub(crate) fn by(headers: &HeaderMap) -> Accepted {
        Accepted { brotli: accepts(headers, "br"), gzip: accepts(headers, "gzip") }
    }

    /// All but brotli.
    pub(crate) fn without_brotli(self) -> Accepted {
        Accepted { brotli: false, ..self }
    }

    /// The best of them.
    pub(crate) fn best(self) -> Encoding {
        match self {
            Accepted { brotli: true, .. } => Encoding::Brotli,
            Accepted { gzip: true, .. } => Encoding::Gzip,
            Accepted { .. } => Encoding::Identity,
        }
    }
}

impl Encoding {
    /// The encoding in which so many bytes are sent to a client that accepts this one.
    pub(crate) fn worth(self, length: usize) -> Encoding {
        if length < WORTH_PACKING { Encoding::Identity } else { self }
    }

    /// The name in `Content-Encoding`; none where the bytes are as they are.
    pub(crate) fn header(self) -> Option<HeaderValue> {
        match self {
            Encoding::Brotli => Some(HeaderValue::from_static("br")),
            Encoding::Gzip => Some(HeaderValue::from_static("gzip")),
            Encoding::Identity => None,
        }
    }

    /// How bytes are packed for it; not at all for some.
    pub(crate) fn packing(self) -> Option<Packing> {
        match self {
            Encoding::Brotli => Some(Packing::Brotli),
            Encoding::Gzip => Some(Packing::Gzip),
            Encoding::Identity => None,
        }
    }
}

fn accepts(headers: &HeaderMap, name: &str) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|token| {
        let mut parts = token.split(';').map(str::trim);
        let is_named = parts.next().is_some_and(|accepted| accepted.eq_ignore_ascii_case(name));
        let is_refused = |parameter: &str| parameter.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0));
        is_named && !parts.any(is_refused)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(value: &'static str) -> Encoding {
        Accepted::by(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))])).best()
    }

    #[test]
    fn the_best_accepted_encoding_is_chosen() {
        assert_eq!(accepting("gzip, deflate, br"), Encoding::Brotli);
        assert_eq!(accepting("gzip;q=1.0, br;q=0"), Encoding::Gzip);
        assert_eq!(accepting("br;q=0.0, identity"), Encoding::Identity);
        assert_eq!(Accepted::by(&HeaderMap::new()).best(), Encoding::Identity);
    }

    #[test]
    fn little_is_not_packed() {
        assert_eq!(Encoding::Brotli.worth(100), Encoding::Identity);
        assert_eq!(Encoding::Brotli.worth(1000), Encoding::Brotli);
    }
}

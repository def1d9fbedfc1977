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

impl Encoding {
    /// The best encoding that the client accepts.
    pub(crate) fn accepted(headers: &HeaderMap) -> Encoding {
        let accepted = headers
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','));
        let accepted: Vec<&str> = accepted
            .filter_map(|token| {
                let mut parts = token.split(';').map(str::trim);
                let name = parts.next()?;
                let refused = parts.any(|parameter| parameter.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0)));
                (!refused).then_some(name)
            })
            .collect();
        let accepts = |name: &str| accepted.iter().any(|accepted| accepted.eq_ignore_ascii_case(name));
        if accepts("br") {
            Encoding::Brotli
        } else if accepts("gzip") {
            Encoding::Gzip
        } else {
            Encoding::Identity
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(value: &'static str) -> Encoding {
        Encoding::accepted(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]))
    }

    #[test]
    fn the_best_accepted_encoding_is_chosen() {
        assert_eq!(accepting("gzip, deflate, br"), Encoding::Brotli);
        assert_eq!(accepting("gzip;q=1.0, br;q=0"), Encoding::Gzip);
        assert_eq!(accepting("br;q=0.0, identity"), Encoding::Identity);
        assert_eq!(Encoding::accepted(&HeaderMap::new()), Encoding::Identity);
    }

    #[test]
    fn little_is_not_packed() {
        assert_eq!(Encoding::Brotli.worth(100), Encoding::Identity);
        assert_eq!(Encoding::Brotli.worth(1000), Encoding::Brotli);
    }
}

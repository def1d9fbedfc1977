//! In which encodings an answer can be had, and how it is packed into one.

use std::io::{self, Write};

use axum::http::{HeaderMap, HeaderValue, header};

/// Below this size compression gains nothing.
const WORTH_COMPRESSING: usize = 512;
/// Brotli's quality: higher ones cost a hundred times as much for a few percent.
const BROTLI_QUALITY: i32 = 5;

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
        if length < WORTH_COMPRESSING { Encoding::Identity } else { self }
    }

    /// The name in `Content-Encoding`; none where the bytes are as they are.
    pub(crate) fn header(self) -> Option<HeaderValue> {
        match self {
            Encoding::Brotli => Some(HeaderValue::from_static("br")),
            Encoding::Gzip => Some(HeaderValue::from_static("gzip")),
            Encoding::Identity => None,
        }
    }

    /// Packs bytes.
    ///
    /// # Errors
    /// None in practice: it is written into memory.
    pub(crate) fn pack(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut packed = Vec::new();
        match self {
            Encoding::Identity => packed.extend_from_slice(bytes),
            Encoding::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(&mut packed, flate2::Compression::default());
                encoder.write_all(bytes)?;
                encoder.finish()?;
            }
            Encoding::Brotli => {
                let parameters = brotli::enc::BrotliEncoderParams {
                    quality: BROTLI_QUALITY,
                    size_hint: bytes.len(),
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters)?;
            }
        }
        Ok(packed)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

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
    fn what_is_packed_can_be_unpacked() {
        let bytes = b"0123456789".repeat(100);
        let (gzip, brotli) = (Encoding::Gzip.pack(&bytes).unwrap(), Encoding::Brotli.pack(&bytes).unwrap());
        let (mut from_gzip, mut from_brotli) = (Vec::new(), Vec::new());
        flate2::read::GzDecoder::new(&gzip[..]).read_to_end(&mut from_gzip).unwrap();
        brotli::BrotliDecompress(&mut &brotli[..], &mut from_brotli).unwrap();
        assert!(from_gzip == bytes && from_brotli == bytes);
        assert!(gzip.len() < bytes.len() && brotli.len() < bytes.len());
    }

    #[test]
    fn little_is_not_packed() {
        assert_eq!(Encoding::Brotli.worth(100), Encoding::Identity);
        assert_eq!(Encoding::Brotli.worth(1000), Encoding::Brotli);
    }
}

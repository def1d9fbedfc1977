//! How bytes are packed for the wire.

use std::io::{self, Read, Write};

/// Below this length packing gains nothing.
pub const WORTH_PACKING: usize = 512;
/// Brotli's quality: higher ones cost a hundred times as much for a few percent.
const BROTLI_QUALITY: i32 = 5;
/// Gzip's level: the next one takes half as long again, for a hundredth.
const GZIP_LEVEL: u32 = 5;

/// How bytes are packed for the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Packing {
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
}

impl Packing {
    /// Packs bytes.
    ///
    /// # Errors
    /// None in practice: it is written into memory.
    pub fn pack(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut packed = Vec::new();
        match self {
            Packing::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(&mut packed, flate2::Compression::new(GZIP_LEVEL));
                encoder.write_all(bytes)?;
                encoder.finish()?;
            }
            Packing::Brotli => {
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

    /// Unpacks what was packed.
    ///
    /// # Errors
    /// Where it was not packed like this.
    pub fn unpack(self, packed: &[u8]) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match self {
            Packing::Gzip => drop(flate2::read::GzDecoder::new(packed).read_to_end(&mut bytes)?),
            Packing::Brotli => brotli::BrotliDecompress(&mut &packed[..], &mut bytes)?,
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_can_be_unpacked() {
        let bytes = b"0123456789".repeat(100);
        let (gzip, brotli) = (Packing::Gzip.pack(&bytes).unwrap(), Packing::Brotli.pack(&bytes).unwrap());
        assert!(Packing::Gzip.unpack(&gzip).unwrap() == bytes && Packing::Brotli.unpack(&brotli).unwrap() == bytes);
        assert!(Packing::Gzip.unpack(&brotli).is_err());
        assert!(gzip.len() < bytes.len() && brotli.len() < bytes.len());
    }
}

//! How bytes are packed for the wire.

use std::io::{self, Read, Write};

/// Below this length packing gains nothing.
pub const WORTH_PACKING: usize = 512;
/// Brotli's quality: higher ones cost a hundred times as much for a few percent.
const BROTLI_QUALITY: i32 = 5;
const BROTLI_BUFFER: usize = 4096;
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

/// Packs bytes that come piece by piece; what is packed of them can be taken away meanwhile.
pub enum Packer {
    /// As they are.
    Identity(Vec<u8>),
    /// Gzip.
    Gzip(Box<flate2::write::GzEncoder<Vec<u8>>>),
    /// Brotli.
    Brotli(Box<brotli::CompressorWriter<Vec<u8>>>),
}

impl Packer {
    /// For one way of packing, or none.
    pub fn new(packing: Option<Packing>) -> Packer {
        match packing {
            None => Packer::Identity(Vec::new()),
            Some(Packing::Gzip) => {
                let level = flate2::Compression::new(GZIP_LEVEL);
                Packer::Gzip(Box::new(flate2::write::GzEncoder::new(Vec::new(), level)))
            }
            Some(Packing::Brotli) => {
                let parameters = brotli::enc::BrotliEncoderParams { quality: BROTLI_QUALITY, ..Default::default() };
                Packer::Brotli(Box::new(brotli::CompressorWriter::with_params(Vec::new(), BROTLI_BUFFER, &parameters)))
            }
        }
    }

    /// Takes in more bytes.
    ///
    /// # Errors
    /// None in practice: it is written into memory.
    pub fn push(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Packer::Identity(packed) => packed.write_all(bytes),
            Packer::Gzip(encoder) => encoder.write_all(bytes),
            Packer::Brotli(encoder) => encoder.write_all(bytes),
        }
    }

    /// What is packed so far and was not taken yet.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(match self {
            Packer::Identity(packed) => packed,
            Packer::Gzip(encoder) => encoder.get_mut(),
            Packer::Brotli(encoder) => encoder.get_mut(),
        })
    }

    /// The rest.
    ///
    /// # Errors
    /// None in practice: it is written into memory.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        match self {
            Packer::Identity(packed) => Ok(packed),
            Packer::Gzip(encoder) => encoder.finish(),
            Packer::Brotli(encoder) => Ok(encoder.into_inner()),
        }
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

    #[test]
    fn what_is_packed_piece_by_piece_is_the_same() {
        let pieces: Vec<Vec<u8>> = (0..50u8).map(|piece| vec![piece % 7; 10_000 + usize::from(piece)]).collect();
        for packing in [None, Some(Packing::Gzip), Some(Packing::Brotli)] {
            let mut packer = Packer::new(packing);
            let mut packed = Vec::new();
            for piece in &pieces {
                packer.push(piece).unwrap();
                packed.extend(packer.take());
            }
            packed.extend(packer.finish().unwrap());
            let bytes = packing.map_or(packed.clone(), |packing| packing.unpack(&packed).unwrap());
            assert!(bytes == pieces.concat(), "{packing:?}");
        }
    }
}

//! Answers too large to be kept: written piece by piece, as fast as the client reads them, so that a nation takes no more memory
//! than a town.

use std::io;

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream;
use tessera_atlas::packing::Packer;

use super::again::IsKept;
use super::kept::Stored;
use super::{Asked, Freshness};
use crate::error::ApiError;

/// What is written of an answer at a time.
pub(crate) trait Pieces: Send + 'static {
    /// Writes the next piece; whether there is more to come.
    ///
    /// # Errors
    /// None in practice: it is written into memory.
    fn write_next(&mut self, bytes: &mut Vec<u8>) -> io::Result<bool>;
}

struct Writing<P> {
    pieces: P,
    packer: Packer,
}

impl<P: Pieces> Writing<P> {
    /// The next bytes to be sent, and what is left to be written after them.
    fn next(mut self) -> io::Result<(Bytes, Option<Writing<P>>)> {
        let mut piece = Vec::new();
        loop {
            piece.clear();
            let is_last = !self.pieces.write_next(&mut piece)?;
            self.packer.push(&piece)?;
            if is_last {
                return Ok((self.packer.finish()?.into(), None));
            }
            // A packer keeps some back.
            let bytes = self.packer.take();
            if !bytes.is_empty() {
                return Ok((bytes.into(), Some(self)));
            }
        }
    }
}

impl Asked {
    /// Answers with the pieces that `begin` leads to, each made when the client has taken the one before.
    ///
    /// # Errors
    /// Those of `begin`, and where there is no room in the queue for it.
    pub(crate) async fn streamed<P: Pieces>(
        self,
        freshness: Freshness,
        media_type: &'static str,
        begin: impl FnOnce() -> Result<P, ApiError> + Send + 'static,
    ) -> Result<Response, ApiError> {
        let encoding = self.accepted.best();
        let mut head = self.respond(freshness, Stored::new(&self.url, Bytes::new(), media_type.into(), encoding));
        head.extensions_mut().remove::<IsKept>();
        if head.status() != StatusCode::OK {
            return Ok(head);
        }
        let queue = self.answers.queue().clone();
        let packer = Packer::new(encoding.packing());
        let first = move || Writing { pieces: begin()?, packer }.next().map_err(ApiError::internal);
        let first = queue.run(first).await?;
        let body = stream::try_unfold(Following::Made(first), move |following| {
            let queue = queue.clone();
            async move {
                let (bytes, rest) = match following {
                    Following::Made(made) => made,
                    Following::ToMake(writing) => queue.go_on(move || writing.next()).await?,
                    Following::Nothing => return Ok::<_, io::Error>(None),
                };
                Ok(Some((bytes, rest.map_or(Following::Nothing, Following::ToMake))))
            }
        });
        Ok(head.map(|_| Body::from_stream(body)))
    }
}

/// What is to be sent next.
enum Following<P> {
    Made((Bytes, Option<Writing<P>>)),
    ToMake(Writing<P>),
    Nothing,
}

#[cfg(test)]
mod tests {
    use super::*;
    use tessera_atlas::packing::Packing;

    /// Bytes that no packer makes much of.
    fn piece(number: u32) -> impl Iterator<Item = u8> {
        (0..20_000u32)
            .flat_map(move |place| (place ^ number).wrapping_mul(2_654_435_761).rotate_left(place % 32).to_le_bytes())
    }

    struct Counted(u32);

    impl Pieces for Counted {
        fn write_next(&mut self, bytes: &mut Vec<u8>) -> io::Result<bool> {
            self.0 -= 1;
            bytes.extend(piece(self.0));
            Ok(self.0 > 0)
        }
    }

    #[test]
    fn pieces_are_sent_as_they_are_made_and_none_is_lost() {
        for packing in [None, Some(Packing::Gzip), Some(Packing::Brotli)] {
            let (mut sent, mut times) = (Vec::new(), 0);
            let mut writing = Some(Writing { pieces: Counted(100), packer: Packer::new(packing) });
            while let Some(now) = writing {
                let (bytes, rest) = now.next().unwrap();
                sent.extend_from_slice(&bytes);
                times += 1;
                writing = rest;
            }
            let sent = packing.map_or(sent.clone(), |packing| packing.unpack(&sent).unwrap());
            let expected: Vec<u8> = (0..100).rev().flat_map(piece).collect();
            assert!(sent == expected, "{packing:?}");
            assert!(times > 1, "{packing:?}");
        }
    }
}

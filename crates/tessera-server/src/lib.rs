//! Part of Tessera.

//! How far a build is.

use std::fmt;

/// What a build is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Reading boundaries and lookups, file by file.
    Geographies,
    /// Reading tables, one by one.
    Tables,
    /// Protecting and writing columns, indicator by indicator.
    Indicators,
    /// Cutting tiles, zoom by zoom.
    Tiles,
    /// Trying to work out what is hidden.
    Audit,
}

impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Stage::Geographies => "geographies",
            Stage::Tables => "tables",
            Stage::Indicators => "indicators",
            Stage::Tiles => "tiles",
            Stage::Audit => "audit",
        })
    }
}

/// Is told how far a build is, from any thread.
pub trait Progress: Sync {
    /// So many pieces of a stage are done, of so many.
    fn at(&self, stage: Stage, done: usize, total: usize);
}

/// Tells nobody.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn at(&self, _: Stage, _: usize, _: usize) {}
}

use super::Permutations;

/// Why there is no answer about neighbours.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SpaceError {
    /// The offsets do not start with 0, decrease, or do not end with the number of indices.
    #[error("{offsets} offsets do not cut {indices} indices into rows")]
    Offsets {
        /// The number of offsets.
        offsets: usize,
        /// The number of indices.
        indices: usize,
    },
    /// A list of neighbours is out of order, names one twice, or names the area itself or one that
    /// there is not.
    #[error("the neighbours of the area at index {area} are not other areas in ascending order")]
    Neighbours {
        /// Whose list it is.
        area: usize,
    },
    /// One area names another, which does not name it.
    #[error("the area at index {area} has {neighbour} for a neighbour, but not the other way round")]
    OneWay {
        /// The area that names the other.
        area: usize,
        /// The one that does not.
        neighbour: usize,
    },
    /// There are more links between areas than can be counted.
    #[error("there are more than {} links between areas", u32::MAX)]
    TooManyLinks,
    /// As many nearest neighbours were asked for as there are areas, or more, or none.
    #[error("{k} nearest neighbours were asked for among {areas} areas")]
    NearestCount {
        /// The number of neighbours that was asked for.
        k: usize,
        /// The number of areas.
        areas: usize,
    },
    /// A coordinate, distance or value is infinite or not a number.
    #[error("the number at index {index} is {value}, where a finite number is needed")]
    NotFinite {
        /// Its place in the slice that was given, counted from 0.
        index: usize,
        /// The number.
        value: f64,
    },
    /// A distance is negative or not a number.
    #[error("a distance of {metres} m was asked for")]
    Distance {
        /// The distance.
        metres: f64,
    },
    /// There are not as many values as there are areas.
    #[error("{values} values were given for {areas} areas")]
    Length {
        /// The number of values.
        values: usize,
        /// The number of areas.
        areas: usize,
    },
    /// Fewer than three areas have a value.
    #[error("{n} areas have a value, where at least 3 are needed")]
    TooFew {
        /// The number of areas with a value.
        n: usize,
    },
    /// All values are equal, or too large to say by how much they differ.
    #[error("the values have no spread")]
    NoSpread,
    /// No area with a value has a neighbour with one.
    #[error("no two areas with values are neighbours")]
    NoNeighbours,
    /// A rate of false discoveries is not between 0 and 1.
    #[error("a false discovery rate of {rate} was asked for, where one between 0 and 1 is needed")]
    FalseDiscoveryRate {
        /// The rate.
        rate: f64,
    },
    /// A number of permutations is not on offer.
    #[error("{count} permutations were asked for, where {} are possible", Permutations::NAMES)]
    PermutationCount {
        /// The number of permutations.
        count: u32,
    },
}

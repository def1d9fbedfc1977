//! What is said of one area.

use super::conditional::TIE;

/// A statistic that each area has one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Statistic {
    /// Getis-Ord Gi*: is the neighbourhood, the area included, high or low?
    #[default]
    GiStar,
    /// Local Moran's I: are the area and its neighbours alike or unlike?
    LocalMoran,
}

/// What an area is if its statistic is significant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Gi*: a high neighbourhood.
    Hot,
    /// Gi*: a low neighbourhood.
    Cold,
    /// Local Moran: a high area among high neighbours.
    HighHigh,
    /// Local Moran: a low area among low neighbours.
    LowLow,
    /// Local Moran: a high area among low neighbours.
    HighLow,
    /// Local Moran: a low area among high neighbours.
    LowHigh,
}

impl Class {
    /// The quadrant of local Moran: an area's own z against the mean, then the sum of its neighbours' z. An area at the mean is taken for
    /// what its neighbours are.
    pub(super) fn quadrant(z: f64, neighbours: f64) -> Self {
        match (if z.abs() <= TIE { neighbours } else { z } > 0.0, neighbours > 0.0) {
            (true, true) => Self::HighHigh,
            (false, false) => Self::LowLow,
            (true, false) => Self::HighLow,
            (false, true) => Self::LowHigh,
        }
    }

    /// Whether the area is unlike its neighbours.
    #[must_use]
    pub fn is_outlier(self) -> bool {
        matches!(self, Self::HighLow | Self::LowHigh)
    }
}

/// A statistic of one area and how surprising it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Local {
    /// Gi*, which is a z score, or local Moran's I.
    pub statistic: f64,
    /// The two-sided pseudo p by conditional permutation.
    pub p: f64,
    /// The two-sided p by the normal distribution.
    pub p_normal: f64,
    /// What the area is if that is significant.
    pub class: Class,
    /// The quadrant of local Moran, by either statistic: Gi* speaks of a neighbourhood, this of the area itself and of its neighbours.
    pub quadrant: Class,
}

/// The part of the standard normal distribution that is at least as far from 0 as `z`.
pub(super) fn two_sided_normal_p(z: f64) -> f64 {
    libm::erfc(z.abs() / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_p_has_its_known_values() {
        assert!((two_sided_normal_p(1.959_963_984_540_054) - 0.05).abs() < 1e-16);
        assert!((two_sided_normal_p(-3.090_232_306_167_813) - 0.002).abs() < 1e-16);
        assert_eq!(two_sided_normal_p(0.0), 1.0);
    }
}

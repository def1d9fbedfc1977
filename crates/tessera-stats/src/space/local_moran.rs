use super::conditional::{TIE, conditional_p};
use super::local::two_sided_normal_p;
use super::{Class, Local, Observations, Randomisation};

/// Local Moran's Iᵢ = zᵢ Σⱼ wᵢⱼ zⱼ of each area, with row-standardised weights and z that divides by n − 1.
///
/// It is high where an area is like its neighbours, both high or both low, and negative where it is unlike
/// them. The class is its quadrant: the area's value against the mean, then the mean of its neighbours.
///
/// `p` is that of conditional permutation. `p_normal` is of the statistic less its expectation, −zᵢ²/(n − 1),
/// over its standard deviation, both under the same conditional permutation (Sokal, Oden & Thomson 1998,
/// equations A7 and A8). Where permuting cannot change the statistic, both are 1: in an area whose value is
/// the mean, or whose neighbours are all the others.
///
/// `None` for an area without a value and for an island. In the order of the column.
///
/// ```
/// use tessera_stats::space::{Class, Observations, Permutations, Randomisation, Weights, local_moran};
///
/// // 0 – 1 – 2 – 3 – 4
/// let weights = Weights::from_neighbours(vec![0, 1, 3, 5, 7, 8], vec![1, 0, 2, 1, 3, 2, 4, 3])?;
/// let observations = Observations::new(&[9.0, 8.0, 3.0, 1.0, 4.0].map(Some), &weights)?;
/// let threads = std::num::NonZeroUsize::MIN;
/// let randomisation = Randomisation { permutations: Permutations::R999, seed: 1, threads };
/// let third = local_moran(&observations, &randomisation)[2].unwrap();
/// assert_eq!(third.class, Class::LowLow);
/// assert!((third.statistic - 2.0 * 0.5 / 11.5).abs() < 1e-12);
/// # Ok::<(), tessera_stats::space::SpaceError>(())
/// ```
///
/// # References
///
/// Anselin, L. (1995). Local indicators of spatial association – LISA. *Geographical Analysis* 27(2), 93–115.
///
/// Sokal, R. R., Oden, N. L. & Thomson, B. A. (1998). Local spatial autocorrelation in a biological model.
/// *Geographical Analysis* 30(4), 331–354.
#[must_use]
pub fn local_moran(observations: &Observations, randomisation: &Randomisation) -> Vec<Option<Local>> {
    let n = observations.n() as f64;
    let p = conditional_p(observations, randomisation);
    let sums = observations.neighbour_sums().zip(observations.z());
    let answers = observations.weights().rows().zip(sums).zip(p).map(|(((_, neighbours), (sum, z)), p)| {
        let p = p?;
        let k = neighbours.len() as f64;
        let lag = sum / k;
        // Of the mean of k draws from the other n − 1 values, which sum to −z, and their squares to n − z².
        let expectation = -z / (n - 1.0);
        let variance = (n / (n - 1.0) * (1.0 - z * z / (n - 1.0))) * (n - 1.0 - k) / (k * (n - 2.0));
        let is_mean = z.abs() <= TIE;
        let quadrant = Class::quadrant(*z, sum);
        Some(Local {
            statistic: z * lag * (n - 1.0) / n,
            p: if is_mean { 1.0 } else { p },
            p_normal: if is_mean || variance <= TIE * TIE {
                1.0
            } else {
                two_sided_normal_p((lag - expectation) / variance.sqrt())
            },
            class: quadrant,
            quadrant,
        })
    });
    observations.in_column(answers)
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;
    use crate::space::{Permutations, Weights};

    fn local(values: &[f64], weights: &Weights) -> Vec<Local> {
        let values: Vec<_> = values.iter().copied().map(Some).collect();
        let randomisation = Randomisation { permutations: Permutations::R99, seed: 1, threads: NonZeroUsize::MIN };
        let observations = Observations::new(&values, weights).unwrap();
        local_moran(&observations, &randomisation).into_iter().flatten().collect()
    }

    #[test]
    fn what_permuting_cannot_change_surprises_nobody() {
        // 0 – 1 – 2 – 3 – 4, whose first value is the mean
        let chain = Weights::from_lists([vec![1], vec![0, 2], vec![1, 3], vec![2, 4], vec![3]]).unwrap();
        let mean = local(&[3.0, 5.0, 4.0, 2.0, 1.0], &chain)[0];
        assert_eq!((mean.statistic, mean.p, mean.p_normal), (0.0, 1.0, 1.0));

        let all_others = Weights::from_lists([vec![1, 2], vec![0, 2], vec![0, 1]]).unwrap();
        for local in local(&[1.0, 2.0, 9.0], &all_others) {
            assert_eq!((local.p, local.p_normal), (1.0, 1.0));
        }
    }
}

use super::conditional::conditional_p;
use super::local::two_sided_normal_p;
use super::{Class, Local, Observations, Randomisation};

/// Getis-Ord Gi* of each area, in the form that is a z score:
/// (Σⱼ wᵢⱼ xⱼ − x̄ Wᵢ) / (S √((n Σⱼ wᵢⱼ² − Wᵢ²) / (n − 1))).
///
/// The weights are 1 for the area itself and each of its neighbours, Wᵢ is their number, and S divides
/// by n. A high value says that the neighbourhood is high, not that the area is. `p` is that of
/// conditional permutation and `p_normal` that of the statistic taken for a standard normal one, which
/// is fair where there are some neighbours and the values are not too skewed.
///
/// `None` for an area without a value, for an island, and for an area whose neighbourhood is all areas.
/// In the order of the column.
///
/// ```
/// use tessera_stats::space::{Class, Observations, Permutations, Randomisation, Weights, gi_star};
///
/// // 0 – 1 – 2 – 3 – 4
/// let weights = Weights::from_neighbours(vec![0, 1, 3, 5, 7, 8], vec![1, 0, 2, 1, 3, 2, 4, 3])?;
/// let observations = Observations::new(&[9.0, 8.0, 3.0, 1.0, 4.0].map(Some), &weights)?;
/// let threads = std::num::NonZeroUsize::MIN;
/// let randomisation = Randomisation { permutations: Permutations::R999, seed: 1, threads };
/// let first = gi_star(&observations, &randomisation)[0].unwrap();
/// assert_eq!(first.class, Class::Hot);
/// // 9 + 8, where chance would give 2 · 5; S² = 46/5
/// assert!((first.statistic - 7.0 / (9.2_f64 * 1.5).sqrt()).abs() < 1e-12);
/// # Ok::<(), tessera_stats::space::SpaceError>(())
/// ```
///
/// # References
///
/// Getis, A. & Ord, J. K. (1992). The analysis of spatial association by use of distance statistics.
/// *Geographical Analysis* 24(3), 189–206.
///
/// Ord, J. K. & Getis, A. (1995). Local spatial autocorrelation statistics: distributional issues and an
/// application. *Geographical Analysis* 27(4), 286–306.
#[must_use]
pub fn gi_star(observations: &Observations, randomisation: &Randomisation) -> Vec<Option<Local>> {
    let n = observations.n() as f64;
    let p = conditional_p(observations, randomisation);
    let sums = observations.neighbour_sums().zip(observations.z());
    let answers = observations.weights().rows().zip(sums).zip(p).map(|(((_, neighbours), (sum, z)), p)| {
        // In z, the mean is 0 and S is 1.
        let weight = (neighbours.len() + 1) as f64;
        let statistic = (sum + z) / (weight * (n - weight) / (n - 1.0)).sqrt();
        let class = if statistic > 0.0 { Class::Hot } else { Class::Cold };
        let quadrant = Class::quadrant(*z, sum);
        (weight < n).then_some(Local { statistic, p: p?, p_normal: two_sided_normal_p(statistic), class, quadrant })
    });
    observations.in_column(answers)
}

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::thread;

use super::conditional::TIE;
use super::random::Draws;
use super::{Observations, Randomisation, Weights};

/// Moran's I of all areas together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GlobalMoran {
    /// About 1 where neighbours are alike, below 0 where they are unlike.
    pub i: f64,
    /// The mean of I over all permutations of the values, −1/(n − 1).
    pub expected: f64,
    /// The one-sided pseudo p.
    pub p: f64,
}

/// Moran's I, with row-standardised weights: (n/S₀) Σᵢ zᵢ Σⱼ wᵢⱼ zⱼ / Σᵢ zᵢ², where S₀, the sum of all
/// weights, is the number of areas that have a neighbour.
///
/// p = (M + 1)/(R + 1): all n values are permuted R times, and M permutations give an I as far out as the
/// observed one or farther, on its side. One side is right for one question asked once: are neighbours alike at
/// all?
///
/// ```
/// use tessera_stats::space::{Observations, Permutations, Randomisation, Weights, global_moran};
///
/// // 0 – 1 – 2 – 3 – 4
/// let weights = Weights::from_neighbours(vec![0, 1, 3, 5, 7, 8], vec![1, 0, 2, 1, 3, 2, 4, 3])?;
/// let observations = Observations::new(&[9.0, 8.0, 3.0, 1.0, 4.0].map(Some), &weights)?;
/// let threads = std::num::NonZeroUsize::MIN;
/// let randomisation = Randomisation { permutations: Permutations::R999, seed: 1, threads };
/// let moran = global_moran(&observations, &randomisation);
/// assert!((moran.i - 26.0 / 46.0).abs() < 1e-12);
/// assert_eq!(moran.expected, -0.25);
/// # Ok::<(), tessera_stats::space::SpaceError>(())
/// ```
///
/// # References
///
/// Moran, P. A. P. (1950). Notes on continuous stochastic phenomena. *Biometrika* 37(1/2), 17–23.
///
/// Cliff, A. D. & Ord, J. K. (1981). *Spatial Processes: Models and Applications*. Pion.
#[must_use]
pub fn global_moran(observations: &Observations, randomisation: &Randomisation) -> GlobalMoran {
    let Randomisation { permutations, seed, threads } = *randomisation;
    let (z, weights) = (observations.z(), observations.weights());
    let i = statistic(z, weights);

    // Each permutation has a stream of its own, so that it does not matter who draws it.
    let (greater, less) = (AtomicU32::new(0), AtomicU32::new(0));
    let count = permutations.count();
    let threads = count.min(threads.get().try_into().unwrap_or(u32::MAX));
    let share = |thread: u32| {
        let mut permuted = z.to_vec();
        for permutation in (thread..count).step_by(threads as usize) {
            permuted.copy_from_slice(z);
            Draws::new(seed, 1 + u64::from(permutation)).shuffle(&mut permuted, z.len());
            let drawn = statistic(&permuted, weights);
            greater.fetch_add(u32::from(drawn >= i - TIE), Relaxed);
            less.fetch_add(u32::from(drawn <= i + TIE), Relaxed);
        }
    };
    thread::scope(|scope| {
        for thread in 1..threads {
            scope.spawn(move || share(thread));
        }
        share(0);
    });

    let p = permutations.one_sided_p(greater.into_inner(), less.into_inner());
    GlobalMoran { i, expected: -1.0 / (z.len() as f64 - 1.0), p }
}

/// Moran's I of values whose mean is 0 and whose squares sum to n.
fn statistic(z: &[f64], weights: &Weights) -> f64 {
    let (mut products, mut linked) = (0.0, 0_u32);
    for (own, (_, neighbours)) in z.iter().zip(weights.rows()) {
        if !neighbours.is_empty() {
            let sum: f64 = neighbours.iter().map(|neighbour| z[*neighbour as usize]).sum();
            products += own * sum / neighbours.len() as f64;
            linked += 1;
        }
    }
    products / f64::from(linked)
}

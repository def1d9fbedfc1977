use std::ops::Range;

use super::{Breaks, ClassesError, check_count, sorted_values};
use crate::double::Double;

/// Two divisions whose sums of squares differ by no more than this part of them are equally good:
/// they differ by rounding, and the one with the lower break is taken.
const EQUALLY_GOOD: f64 = 1e-13;

/// Natural breaks: the classes whose values differ least from the mean of their class.
///
/// The sum over all classes of Σ (value − mean of the class)² is the smallest there is. This is
/// the exact optimum that Fisher (1958) described and Jenks (1977) brought to maps, not the
/// iterative approximation that some programs call by the same name. An upper bound is the largest
/// value of its class.
///
/// It is found by dynamic programming over the distinct values, each counting as often as it occurs,
/// so equal values are never split. The best start of a last class never moves down as its end
/// moves up (Song & Zhong 2020), so each class more takes O(n log n): O(k n log n) in all for n
/// distinct values at most. Few of them need be looked at: sums over blocks of neighbouring values tell first where the best classes can
/// end. Of several optima that with the lowest break is taken, beginning with the
/// highest break.
///
/// No class is empty. Fewer distinct values than `k` give fewer classes.
///
/// # Errors
///
/// [`ClassesError::ClassCount`], [`ClassesError::NoValues`] and [`ClassesError::NotFinite`].
///
/// # Example
///
/// ```
/// use tessera_stats::classes;
///
/// let column = [1.0, 2.0, 2.0, 9.0, 10.0, 30.0].map(Some);
/// let breaks = classes::jenks(&column, 3)?;
/// assert_eq!(breaks.bounds(), [1.0, 2.0, 10.0, 30.0]);
/// assert_eq!(breaks.counts(&column), [3, 2, 1]);
/// # Ok::<(), classes::ClassesError>(())
/// ```
///
/// # References
///
/// - Fisher, W. D. (1958). On grouping for maximum homogeneity. *Journal of the American Statistical
///   Association* 53(284), 789–798.
/// - Jenks, G. F. (1977). *Optimal Data Classification for Choropleth Maps*. University of Kansas.
/// - Wang, H. & Song, M. (2011). Ckmeans.1d.dp: optimal k-means clustering in one dimension by
///   dynamic programming. *The R Journal* 3(2), 29–33.
/// - Song, M. & Zhong, H. (2020). Efficient weighted univariate clustering maps outstanding dysregulated
///   genomic zones in human cancers. *Bioinformatics* 36(20), 5027–5036.
pub fn jenks(values: &[Option<f64>], k: usize) -> Result<Breaks, ClassesError> {
    check_count(k)?;
    let sorted = sorted_values(values)?;
    let distinct: Vec<(f64, usize)> = sorted.chunk_by(|a, b| a == b).map(|ties| (ties[0], ties.len())).collect();
    let ends = best_ends(&distinct, k.min(distinct.len()), BLOCKS);
    Ok(Breaks::merging(sorted[0], ends.into_iter().map(|end| distinct[end].0)))
}

/// The position of the last value of each of `k` classes; there are at least `k` distinct values. Where classes may end is found
/// among so many blocks of values first.
fn best_ends(distinct: &[(f64, usize)], k: usize, blocks: usize) -> Vec<usize> {
    let squares = Squares::new(distinct);
    let last = distinct.len() - 1;
    let may_end = may_end(&squares, &blocks_of(distinct, blocks), k);
    let mut layers = vec![Layer::first(&squares, may_end[0].clone(), 0)];
    for class in 1..k {
        layers.push(layers[class - 1].next(&squares, may_end[class].clone(), 0));
    }

    let mut ends = vec![last];
    let mut end = last;
    for layer in layers[1..].iter().rev() {
        end = layer.start(end) - 1;
        ends.push(end);
    }
    ends.reverse();
    ends
}

/// How many blocks of values are looked at before the values themselves, by their number and as many more by their width.
const BLOCKS: usize = 400;

/// Where blocks of neighbouring values begin: none holds more than its share of the values, or of their range.
fn blocks_of(distinct: &[(f64, usize)], blocks: usize) -> Vec<usize> {
    let share = |whole: f64| whole / blocks as f64;
    let (most, widest) = (share(distinct.len() as f64), share(distinct[distinct.len() - 1].0 - distinct[0].0));
    let mut begins = vec![0];
    for (position, (value, _)) in distinct.iter().enumerate() {
        let begin = begins[begins.len() - 1];
        if (position - begin) as f64 >= most || value - distinct[begin].0 > widest {
            begins.push(position);
        }
    }
    begins
}

/// By class, where it may end in classes that are as good as the best, which is found by the blocks in which classes end.
///
/// Classes of whole blocks are one way to divide the values, so the best is no worse. Of a class that ends inside one block
/// and begins inside another all blocks between them are part, so it is no better than these alone. Classes end in no block for which
/// that says that all of them together are worse than the best of whole blocks.
fn may_end(squares: &Squares, begins: &[usize], k: usize) -> Vec<Range<usize>> {
    let (values, blocks) = (squares.len(), begins.len());
    let anywhere = (0..k).map(|class| if class + 1 == k { values - 1..values } else { class..values });
    if blocks < k || 2 * blocks > values {
        return anywhere.collect();
    }
    let squares = Rough::of(squares, begins);
    let whole = layers(&squares, k, 0);
    let most = whole[k - 1].least(blocks - 1) * (1.0 + NEARLY_AS_GOOD) + squares.rounding * k as f64;
    let (below, above) = (layers(&squares, k, 1), layers(&squares.reversed(), k, 1));
    let narrowed = anywhere.enumerate().map(|(class, anywhere)| {
        let may_end =
            |block: &usize| below[class].least(*block) + above[k - class - 2].least(blocks - 1 - block) <= most;
        if class + 1 == k {
            return anywhere;
        }
        let (first, last) = ((0..blocks).find(may_end), (0..blocks).rfind(may_end));
        let begin = first.map_or(0, |block| begins[block]);
        let end = last.and_then(|block| begins.get(block + 1)).copied().unwrap_or(values);
        begin.max(anywhere.start)..end
    });
    narrowed.collect()
}

/// Blocks are kept for divisions that are worse than the best by this part, which is more than what is [`EQUALLY_GOOD`].
const NEARLY_AS_GOOD: f64 = 1e-9;

/// The least sums of squares in 1 to `k` classes, by number of classes. Of each class so many of its last values may be left out:
/// 0 or 1.
fn layers(squares: &Rough, k: usize, left_out: usize) -> Vec<Layer> {
    let values = squares.before.len() - 1;
    let mut layers = vec![Layer::first(squares, 0..values, left_out)];
    for class in 1..k {
        // With one left out, several classes can end in the same place.
        let first = if left_out == 0 { class } else { 0 };
        layers.push(layers[class - 1].next(squares, first..values, left_out));
    }
    layers
}

/// The least sums of squares in some number of classes.
struct Layer {
    /// Where the last class may end.
    ends: Range<usize>,
    /// By where it does: the least sum of squares, and where the last class then begins.
    best: Vec<(f64, usize)>,
}

impl Layer {
    /// A single class.
    fn first(squares: &impl Sums, ends: Range<usize>, left_out: usize) -> Layer {
        let best = ends.clone().map(|end| (squares.of(0..end + 1 - left_out), 0)).collect();
        Layer { ends, best }
    }

    /// One class more, which ends in one of `ends`.
    fn next(&self, squares: &impl Sums, ends: Range<usize>, left_out: usize) -> Layer {
        let starts = self.ends.start + 1..self.ends.end + 1;
        let ends = ends.start.max(starts.start - left_out)..ends.end;
        let mut next = Layer { best: vec![(f64::INFINITY, 0); ends.len()], ends: ends.clone() };
        next.fill(self, squares, ends, starts, left_out);
        next
    }

    fn least(&self, end: usize) -> f64 {
        end.checked_sub(self.ends.start)
            .and_then(|position| self.best.get(position))
            .map_or(f64::INFINITY, |best| best.0)
    }

    fn start(&self, end: usize) -> usize {
        self.best[end - self.ends.start].1
    }

    /// Finds the best start for each of `ends`, which lies within `starts`: first for the end in the
    /// middle, whose best start then limits those of the ends on either side.
    fn fill(&mut self, before: &Layer, squares: &impl Sums, ends: Range<usize>, starts: Range<usize>, left_out: usize) {
        if ends.is_empty() {
            return;
        }
        let end = ends.start + ends.len() / 2;
        let (behind, mut best) = (end + 1 - left_out, (f64::INFINITY, starts.start));
        for start in starts.start..starts.end.min(end + 1 + left_out) {
            let sum = before.best[start - 1 - before.ends.start].0 + squares.of(start..behind);
            if sum < best.0 * (1.0 - EQUALLY_GOOD) || best.0 == f64::INFINITY {
                best = (sum, start);
            }
        }
        self.best[end - self.ends.start] = best;
        self.fill(before, squares, ends.start..end, starts.start..best.1 + 1, left_out);
        self.fill(before, squares, end + 1..ends.end, best.1..starts.end, left_out);
    }
}

/// Σ (value − mean)² of any run of neighbouring values.
trait Sums {
    /// That of the values at some positions; 0 where there are none.
    fn of(&self, positions: Range<usize>) -> f64;
}

/// Sums over blocks of values, each of which counts as one value: quicker and rougher than [`Squares`].
struct Rough {
    /// Numbers of values, sums and sums of squares of what lies before each position. The mean of all values is 0.
    before: Vec<(f64, f64, f64)>,
    /// How far the sum of squares of a class may be from what it is, and more: the search by halves rounds as well.
    rounding: f64,
}

impl Rough {
    /// The sums of the blocks that begin at these values.
    fn of(squares: &Squares, begins: &[usize]) -> Rough {
        let (count, sum, _) = squares.before[squares.len()];
        let mean = Double::from(sum.value() / count);
        let centred = |position: usize| {
            let (count, sum, squares) = squares.before[position];
            let moved = mean * Double::from(count);
            let twice = sum + sum - moved;
            (count, (sum - moved).value(), (squares - mean * twice).value())
        };
        let before: Vec<_> = begins.iter().copied().chain([squares.len()]).map(centred).collect();
        // |Σx| of n of N values is no more than √(n Σx²), so (Σx)²/n is known to some ε Σx² √N.
        let rounding = 16.0 * f64::EPSILON * before[begins.len()].2 * count.sqrt();
        Rough { before, rounding }
    }

    /// The same values from the last to the first.
    fn reversed(&self) -> Rough {
        let all = self.before[self.before.len() - 1];
        let behind = |before: &(f64, f64, f64)| (all.0 - before.0, all.1 - before.1, all.2 - before.2);
        Rough { before: self.before.iter().rev().map(behind).collect(), rounding: self.rounding }
    }
}

impl Sums for Rough {
    fn of(&self, positions: Range<usize>) -> f64 {
        if positions.is_empty() {
            return 0.0;
        }
        let (before, up_to) = (self.before[positions.start], self.before[positions.end]);
        let (count, sum, squares) = (up_to.0 - before.0, up_to.1 - before.1, up_to.2 - before.2);
        (squares - sum * sum / count).max(0.0)
    }
}

/// Sums of squared deviations within any run of neighbouring values, each in constant time.
struct Squares {
    /// Numbers of values, sums and sums of squares of what lies before each position.
    before: Vec<(f64, Double, Double)>,
}

impl Squares {
    fn new(distinct: &[(f64, usize)]) -> Self {
        // A power of two changes no digit and keeps squares within the range of numbers.
        let largest = distinct.iter().fold(0.0_f64, |largest, (value, _)| largest.max(value.abs()));
        let scale = 2_f64.powi(-(largest.log2() as i32).clamp(-1000, 1000));
        let mut sums = (0.0, Double::default(), Double::default());
        let mut before = vec![sums];
        for (value, count) in distinct {
            let (value, count) = (Double::from(value * scale), *count as f64);
            let product = value * Double::from(count);
            sums = (sums.0 + count, sums.1 + product, sums.2 + product * value);
            before.push(sums);
        }
        Self { before }
    }

    /// How many values there are.
    fn len(&self) -> usize {
        self.before.len() - 1
    }
}

impl Sums for Squares {
    /// Σx² − (Σx)²/n, in numbers long enough for the difference.
    fn of(&self, positions: Range<usize>) -> f64 {
        if positions.is_empty() {
            return 0.0;
        }
        let (before, up_to) = (self.before[positions.start], self.before[positions.end]);
        let (count, sum, squares) = (up_to.0 - before.0, up_to.1 - before.1, up_to.2 - before.2);
        ((squares * Double::from(count) - sum * sum).value() / count).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bounds_and_counts(values: &[f64], k: usize) -> (Vec<f64>, Vec<usize>) {
        let column: Vec<_> = values.iter().copied().map(Some).collect();
        let breaks = jenks(&column, k).unwrap();
        (breaks.bounds().to_vec(), breaks.counts(&column))
    }

    /// The ends of the best classes by trying every start of every class, with sums of squares taken
    /// directly: O(k n²) starts (Wang & Song 2011).
    fn best_ends_by_trying_all(distinct: &[(f64, usize)], k: usize) -> Vec<usize> {
        let squares = |start: usize, end: usize| {
            let run = &distinct[start..=end];
            let count: f64 = run.iter().map(|(_, count)| *count as f64).sum();
            let mean = run.iter().map(|(value, count)| value * *count as f64).sum::<f64>() / count;
            run.iter().map(|(value, count)| (value - mean).powi(2) * *count as f64).sum::<f64>()
        };
        let n = distinct.len();
        let mut least: Vec<f64> = (0..n).map(|end| squares(0, end)).collect();
        let mut ends: Vec<Vec<usize>> = (0..n).map(|end| vec![end]).collect();
        for class in 1..k {
            let (mut next_least, mut next_ends) = (vec![f64::INFINITY; n], vec![Vec::new(); n]);
            for end in class..n {
                for start in class..=end {
                    let sum = least[start - 1] + squares(start, end);
                    if next_ends[end].is_empty() || sum < next_least[end] * (1.0 - EQUALLY_GOOD) {
                        next_least[end] = sum;
                        next_ends[end] = [&ends[start - 1][..], &[end]].concat();
                    }
                }
            }
            (least, ends) = (next_least, next_ends);
        }
        ends[n - 1].clone()
    }

    fn distinct(values: Vec<f64>) -> Vec<(f64, usize)> {
        let sorted = sorted_values(&values.into_iter().map(Some).collect::<Vec<_>>()).unwrap();
        sorted.chunk_by(|a, b| a == b).map(|ties| (ties[0], ties.len())).collect()
    }

    proptest! {
        #[test]
        fn the_breaks_are_those_found_by_trying_all(
            values in prop_oneof![
                prop::collection::vec((-20_i8..20).prop_map(f64::from), 1..60),
                prop::collection::vec(-1e3..1e3, 1..60),
                prop::collection::vec((0.0..12.0_f64).prop_map(f64::exp), 1..60),
            ],
            k in 2..=12_usize,
        ) {
            let distinct = distinct(values);
            let k = k.min(distinct.len());
            for blocks in [1, 3, 8, 20, BLOCKS] {
                prop_assert_eq!(best_ends(&distinct, k, blocks), best_ends_by_trying_all(&distinct, k), "{} blocks", blocks);
            }
        }
    }

    #[test]
    fn gaps_are_found() {
        let (bounds, counts) = bounds_and_counts(&[5.0, 1.0, 51.0, 2.0, 52.0, 6.0, 100.0], 4);
        assert_eq!(bounds, [1.0, 2.0, 6.0, 52.0, 100.0]);
        assert_eq!(counts, [2, 2, 2, 1]);
    }

    #[test]
    fn ties_count_as_often_as_they_occur() {
        // One zero would go with the one; five of them hold on to their own.
        assert_eq!(bounds_and_counts(&[0.0, 1.0, 1.9], 2).0, [0.0, 0.0, 1.9]);
        assert_eq!(bounds_and_counts(&[0.0, 1.0, 1.9, 1.9, 1.9, 1.9], 2).0, [0.0, 1.0, 1.9]);
    }

    #[test]
    fn of_equally_good_classes_those_with_the_lower_break_are_taken() {
        assert_eq!(bounds_and_counts(&[1.0, 2.0, 3.0], 2).0, [1.0, 1.0, 3.0]);
    }

    #[test]
    fn fewer_distinct_values_than_classes_give_fewer_classes() {
        assert_eq!(bounds_and_counts(&[2.0, 1.0, 2.0], 5), (vec![1.0, 1.0, 2.0], vec![1, 2]));
    }

    #[test]
    fn close_values_are_told_apart_far_from_zero_and_beside_an_outlier() {
        let near = [1e9 + 1.0, 1e9 + 2.0, 1e9 + 7.0, 1e9 + 8.0];
        assert_eq!(bounds_and_counts(&near, 2).0, [near[0], near[1], near[3]]);
        let (bounds, _) = bounds_and_counts(&[0.001, 0.002, 0.007, 0.008, 1e6], 3);
        assert_eq!(bounds, [0.001, 0.002, 0.008, 1e6]);
    }

    #[test]
    fn the_widest_range_of_numbers_has_classes() {
        let (_, counts) = bounds_and_counts(&[f64::MIN, 0.0, f64::MIN_POSITIVE, f64::MAX], 3);
        assert_eq!(counts, [1, 2, 1]);
        let (_, counts) = bounds_and_counts(&[5e-324, 1e-323, 2e-322], 2);
        assert_eq!(counts, [2, 1]);
    }
}

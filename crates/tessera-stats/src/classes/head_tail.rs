use super::{Breaks, CLASS_COUNTS, ClassesError, sorted_values};
use crate::mean::mean;

/// A head larger than this part of its values is no minority, and is not divided further.
const LARGEST_HEAD: f64 = 0.4;

/// Head/tail breaks, for values with many low and few very high ones.
///
/// The first bound is the mean. The values above it are the head, the others the tail and a class of
/// their own. While the head is a minority, at most 40% of the values that it came from, it is
/// divided at its own mean in the same way. The values say how many classes there are: two at
/// least (one where all are equal) and no more than other methods may have.
///
/// A value that equals a mean lies in the tail. (R's classInt does as this does; mapclassify divides
/// every head, minority or not.)
///
/// # Errors
///
/// [`ClassesError::NoValues`] and [`ClassesError::NotFinite`].
///
/// # Example
///
/// ```
/// use tessera_stats::classes;
///
/// let populations = [1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 7.0, 30.0].map(Some);
/// let breaks = classes::head_tail(&populations)?;
/// assert_eq!(breaks.bounds(), [1.0, 5.0, 18.5, 30.0]);
/// assert_eq!(breaks.counts(&populations), [8, 1, 1]);
/// # Ok::<(), classes::ClassesError>(())
/// ```
///
/// # References
///
/// Jiang, B. (2013). Head/tail breaks: a new classification scheme for data with a heavy-tailed
/// distribution. *The Professional Geographer* 65(3), 482–494.
pub fn head_tail(values: &[Option<f64>]) -> Result<Breaks, ClassesError> {
    let sorted = sorted_values(values)?;
    let (minimum, maximum) = (sorted[0], sorted[sorted.len() - 1]);
    let column: Vec<_> = sorted.into_iter().map(Some).collect();
    let mut upper_bounds = Vec::new();
    let mut divided = column.as_slice();
    while upper_bounds.len() + 1 < *CLASS_COUNTS.end() {
        let Some(mean) = mean(divided) else { break };
        let (tail, head) = divided.split_at(divided.partition_point(|value| *value <= Some(mean)));
        if head.is_empty() || tail.is_empty() {
            break;
        }
        upper_bounds.push(mean);
        if head.len() as f64 > LARGEST_HEAD * divided.len() as f64 {
            break;
        }
        divided = head;
    }
    upper_bounds.push(maximum);
    Ok(Breaks::merging(minimum, upper_bounds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(values: &[f64]) -> Vec<f64> {
        let column: Vec<_> = values.iter().copied().map(Some).collect();
        head_tail(&column).unwrap().bounds().to_vec()
    }

    #[test]
    fn a_head_that_is_no_minority_is_not_divided() {
        assert_eq!(bounds(&[1.0, 2.0, 3.0, 4.0]), [1.0, 2.5, 4.0]);
        // Two of five are 40% and are divided once more.
        assert_eq!(bounds(&[0.0, 0.0, 0.0, 10.0, 20.0]), [0.0, 6.0, 15.0, 20.0]);
    }

    #[test]
    fn a_value_at_the_mean_lies_in_the_tail() {
        let column = [1.0, 1.0, 3.0, 7.0].map(Some);
        assert_eq!(head_tail(&column).unwrap().counts(&column), [3, 1]);
    }

    #[test]
    fn equal_values_make_one_class() {
        assert_eq!(bounds(&[0.1, 0.1, 0.1]), [0.1, 0.1]);
        assert_eq!(bounds(&[7.0]), [7.0, 7.0]);
    }

    #[test]
    fn there_are_no_more_classes_than_colours() {
        // Each head is two fifths, fourteen times over.
        let mut values = vec![1.4_f64.powi(14)];
        for power in (0..14).rev() {
            let tail = (values.len() * 3).div_ceil(2);
            values.extend(std::iter::repeat_n(1.4_f64.powi(power), tail));
        }
        assert_eq!(bounds(&values).len(), 13);
    }

    #[test]
    fn a_column_without_values_has_no_classes() {
        assert_eq!(head_tail(&[None]), Err(ClassesError::NoValues));
    }
}

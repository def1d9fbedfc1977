use super::{Breaks, CLASS_COUNTS, ClassesError};

/// Classes between given bounds: the minimum, then the upper bound of each class.
///
/// The minimum may equal the first upper bound; the first class then holds that value alone. Values
/// outside the bounds belong to no class. Nothing is merged, and classes may be empty: the bounds
/// are used exactly as they are given, which is what lets two maps share a legend.
///
/// # Errors
///
/// [`ClassesError::TooFewBounds`], [`ClassesError::NotFinite`] and [`ClassesError::NotIncreasing`].
///
/// # Example
///
/// ```
/// use tessera_stats::classes::{self, ClassesError};
///
/// let breaks = classes::fixed(&[0.0, 5.0, 20.0])?;
/// assert_eq!(breaks.counts(&[Some(5.0), Some(12.0), None, Some(21.0)]), [1, 1]);
///
/// let error = ClassesError::NotIncreasing { index: 2, bound: 5.0, previous: 20.0 };
/// assert_eq!(classes::fixed(&[0.0, 20.0, 5.0]), Err(error));
/// # Ok::<(), ClassesError>(())
/// ```
pub fn fixed(bounds: &[f64]) -> Result<Breaks, ClassesError> {
    if bounds.len() < 2 {
        return Err(ClassesError::TooFewBounds { count: bounds.len() });
    }
    if let Some(index) = bounds.iter().position(|bound| !bound.is_finite()) {
        return Err(ClassesError::NotFinite { index, value: bounds[index] });
    }
    for (previous_index, pair) in bounds.windows(2).enumerate() {
        let (previous, bound) = (pair[0], pair[1]);
        let in_order = previous < bound || (previous_index == 0 && previous == bound);
        if !in_order {
            return Err(ClassesError::NotIncreasing { index: previous_index + 1, bound, previous });
        }
    }
    Ok(Breaks { bounds: bounds.to_vec() })
}

/// Classes of a quantile that was published as such: a class for each of 1, 2, … `count`, whether or
/// not an area has it.
///
/// A published decile is a category of its publisher and is shown as it is: ten classes for ten
/// deciles, also on a map that holds only areas of the first three, and never quantiles of deciles.
///
/// # Errors
///
/// [`ClassesError::ClassCount`]: what is published in more parts, such as hundredths, is not a set
/// of colours.
///
/// # Example
///
/// ```
/// use tessera_stats::classes;
///
/// let deciles = classes::published_quantile(10)?;
/// assert_eq!(deciles.len(), 10);
/// assert_eq!(deciles.assign(&[Some(1.0), Some(10.0), None]), [Some(0), Some(9), None]);
/// assert_eq!(deciles.counts(&[Some(1.0), Some(2.0), Some(2.0)])[..3], [1, 2, 0]);
/// # Ok::<(), classes::ClassesError>(())
/// ```
pub fn published_quantile(count: usize) -> Result<Breaks, ClassesError> {
    if !CLASS_COUNTS.contains(&count) {
        return Err(ClassesError::ClassCount { count });
    }
    Ok(Breaks::merging(1.0, (1..=count).map(|category| category as f64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_kept_as_they_are_given() {
        for bounds in [&[0.0, 1.0][..], &[0.0, 0.0], &[-1.0, -1.0, 0.5, 9.25]] {
            assert_eq!(fixed(bounds).unwrap().bounds(), bounds);
        }
    }

    #[test]
    fn bounds_that_make_no_classes_are_refused() {
        assert_eq!(fixed(&[]), Err(ClassesError::TooFewBounds { count: 0 }));
        assert_eq!(fixed(&[1.0]), Err(ClassesError::TooFewBounds { count: 1 }));
        assert!(matches!(fixed(&[0.0, f64::NAN]), Err(ClassesError::NotFinite { index: 1, .. })));
        assert_eq!(fixed(&[1.0, 0.0]), Err(ClassesError::NotIncreasing { index: 1, bound: 0.0, previous: 1.0 }));
        assert_eq!(fixed(&[0.0, 0.0, 0.0]), Err(ClassesError::NotIncreasing { index: 2, bound: 0.0, previous: 0.0 }));
    }

    #[test]
    fn each_published_category_is_a_class_of_its_own() {
        let deciles = published_quantile(10).unwrap();
        for category in 1_u8..=10 {
            assert_eq!(deciles.class_of(f64::from(category)), Some(usize::from(category) - 1));
        }
        assert_eq!(deciles.class_of(0.0), None);
        assert_eq!(deciles.class_of(11.0), None);
    }

    #[test]
    fn a_published_quantile_has_2_to_12_parts() {
        for count in [0, 1, 13, 100] {
            let error = published_quantile(count).unwrap_err();
            assert_eq!(error, ClassesError::ClassCount { count });
        }
    }
}

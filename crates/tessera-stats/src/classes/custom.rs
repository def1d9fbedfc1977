use super::{Breaks, CLASS_COUNTS, ClassesError};

/// Classes between bounds that somebody chose: the minimum, then the upper bound of each class.
///
/// The minimum may equal the first upper bound; the first class then holds that value alone. Values
/// outside the bounds belong to no class. Nothing is merged, and classes may be empty: the bounds
/// are used exactly as they are given, which is what lets two maps share a legend. There may be one
/// class, and there are no more than other methods may have.
///
/// # Errors
///
/// [`ClassesError::TooFewBounds`], [`ClassesError::ClassCount`], [`ClassesError::NotFinite`] and
/// [`ClassesError::NotIncreasing`].
///
/// # Example
///
/// ```
/// use tessera_stats::classes::{self, ClassesError};
///
/// let breaks = classes::custom(&[0.0, 5.0, 20.0])?;
/// assert_eq!(breaks.counts(&[Some(5.0), Some(12.0), None, Some(21.0)]), [1, 1]);
///
/// let error = ClassesError::NotIncreasing { index: 2, bound: 5.0, previous: 20.0 };
/// assert_eq!(classes::custom(&[0.0, 20.0, 5.0]), Err(error));
/// # Ok::<(), ClassesError>(())
/// ```
pub fn custom(bounds: &[f64]) -> Result<Breaks, ClassesError> {
    if bounds.len() < 2 {
        return Err(ClassesError::TooFewBounds { count: bounds.len() });
    }
    if bounds.len() - 1 > *CLASS_COUNTS.end() {
        return Err(ClassesError::ClassCount { count: bounds.len() - 1 });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_kept_as_they_are_given() {
        for bounds in [&[0.0, 1.0][..], &[0.0, 0.0], &[-1.0, -1.0, 0.5, 9.25]] {
            assert_eq!(custom(bounds).unwrap().bounds(), bounds);
        }
    }

    #[test]
    fn bounds_that_make_no_classes_are_refused() {
        assert_eq!(custom(&[]), Err(ClassesError::TooFewBounds { count: 0 }));
        assert_eq!(custom(&[1.0]), Err(ClassesError::TooFewBounds { count: 1 }));
        let thirteen_classes: Vec<f64> = (0..14).map(f64::from).collect();
        assert_eq!(custom(&thirteen_classes), Err(ClassesError::ClassCount { count: 13 }));
        assert!(matches!(custom(&[0.0, f64::NAN]), Err(ClassesError::NotFinite { index: 1, .. })));
        assert_eq!(custom(&[1.0, 0.0]), Err(ClassesError::NotIncreasing { index: 1, bound: 0.0, previous: 1.0 }));
        assert_eq!(custom(&[0.0, 0.0, 0.0]), Err(ClassesError::NotIncreasing { index: 2, bound: 0.0, previous: 0.0 }));
    }
}

use super::{Breaks, ClassesError, check_count};

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
    check_count(count)?;
    Ok(Breaks::merging(1.0, (1..=count).map(|category| category as f64)))
}

#[cfg(test)]
mod tests {
    use super::*;

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

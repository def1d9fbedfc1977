use super::{Breaks, ClassesError};

impl Breaks {
    /// The same classes with a break at `value`, such as a benchmark or zero, so that two hues may
    /// meet there.
    ///
    /// The bound between two classes that is nearest to `value` moves to it, the lower one of two as
    /// near; all others stay. A single class becomes two. Where `value` is a bound already, nothing
    /// changes. A class beside the moved bound may become empty.
    ///
    /// # Errors
    ///
    /// [`ClassesError::CentreOutside`] where `value` is not between the minimum and the last bound.
    ///
    /// # Example
    ///
    /// ```
    /// use tessera_stats::classes;
    ///
    /// let breaks = classes::custom(&[-8.0, -3.0, 1.0, 6.0, 20.0])?;
    /// assert_eq!(breaks.centred(0.0)?.bounds(), [-8.0, -3.0, 0.0, 6.0, 20.0]);
    /// # Ok::<(), classes::ClassesError>(())
    /// ```
    pub fn centred(mut self, value: f64) -> Result<Self, ClassesError> {
        let value = value + 0.0; // negative zero becomes zero
        let (minimum, maximum) = (self.bounds[0], self.bounds[self.len()]);
        if !(minimum..=maximum).contains(&value) {
            return Err(ClassesError::CentreOutside { value, minimum, maximum });
        }
        if self.bounds.contains(&value) {
            return Ok(self);
        }
        let above = self.bounds.partition_point(|bound| *bound < value);
        let between_classes = [above - 1, above].into_iter().filter(|index| (1..self.len()).contains(index));
        let distance = |index: &usize| (self.bounds[*index] - value).abs();
        match between_classes.min_by(|a, b| distance(a).total_cmp(&distance(b))) {
            Some(nearest) => self.bounds[nearest] = value,
            None => self.bounds.insert(1, value),
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use crate::classes::{ClassesError, custom};

    #[track_caller]
    fn check(bounds: &[f64], value: f64, expected: &[f64]) {
        assert_eq!(custom(bounds).unwrap().centred(value).unwrap().bounds(), expected);
    }

    #[test]
    fn the_nearest_bound_between_classes_moves() {
        check(&[0.0, 10.0, 20.0, 30.0], 16.0, &[0.0, 10.0, 16.0, 30.0]);
        check(&[0.0, 10.0, 20.0, 30.0], 1.0, &[0.0, 1.0, 20.0, 30.0]);
        check(&[0.0, 10.0, 20.0, 30.0], 29.0, &[0.0, 10.0, 29.0, 30.0]);
        check(&[0.0, 10.0, 20.0, 30.0], 15.0, &[0.0, 15.0, 20.0, 30.0]);
    }

    #[test]
    fn bounds_stay_in_order_where_their_distances_cannot_be_told_apart() {
        check(&[0.0, 0.0, 900.0, 1.5e88], 1.4e88, &[0.0, 0.0, 1.4e88, 1.5e88]);
    }

    #[test]
    fn a_bound_stays_where_it_is() {
        for value in [0.0, -0.0, 10.0, 30.0] {
            check(&[0.0, 10.0, 30.0], value, &[0.0, 10.0, 30.0]);
        }
    }

    #[test]
    fn a_single_class_becomes_two() {
        check(&[0.0, 30.0], 7.0, &[0.0, 7.0, 30.0]);
    }

    #[test]
    fn a_value_outside_the_classes_is_refused() {
        for value in [-0.1, 30.1, f64::INFINITY] {
            let error = custom(&[0.0, 10.0, 30.0]).unwrap().centred(value).unwrap_err();
            assert_eq!(error, ClassesError::CentreOutside { value, minimum: 0.0, maximum: 30.0 });
        }
        assert!(custom(&[0.0, 10.0]).unwrap().centred(f64::NAN).is_err());
    }
}

use super::Breaks;
use crate::mean::mean;
use crate::summation::Sum;

impl Breaks {
    /// The goodness of variance fit: the part of the squared deviations from the mean that the
    /// classes account for, from 0 (none, a single class) to 1 (all values of a class are equal).
    ///
    /// 1 − Σ over the classes Σ (value − mean of the class)² / Σ (value − mean)², over the values
    /// that have a class. It grows with the number of classes, so it compares methods, not numbers of
    /// classes. `None` where the values do not differ, or are too large to be squared.
    ///
    /// ```
    /// use tessera_stats::classes;
    ///
    /// let column = [1.0, 2.0, 10.0, 11.0].map(Some);
    /// let breaks = classes::jenks(&column, 2)?;
    /// assert_eq!(breaks.goodness_of_variance_fit(&column), Some(1.0 - 1.0 / 82.0));
    /// # Ok::<(), classes::ClassesError>(())
    /// ```
    ///
    /// # References
    ///
    /// Jenks, G. F. & Caspall, F. C. (1971). Error on choroplethic maps: definition, measurement,
    /// reduction. *Annals of the Association of American Geographers* 61(2), 217–244.
    #[must_use]
    pub fn goodness_of_variance_fit(&self, values: &[Option<f64>]) -> Option<f64> {
        let mut classes = vec![Vec::new(); self.len()];
        for value in values.iter().flatten() {
            if let Some(class) = self.class_of(*value) {
                classes[class].push(Some(*value));
            }
        }
        let all = squared_deviations(&classes.concat())?;
        let within = classes.iter().filter_map(|class| squared_deviations(class)).sum::<f64>();
        (all > 0.0 && all.is_finite()).then(|| 1.0 - within / all)
    }
}

/// Σ (value − mean)²; `None` where there are no values.
fn squared_deviations(values: &[Option<f64>]) -> Option<f64> {
    let mean = mean(values)?;
    let mut sum = Sum::default();
    values.iter().flatten().for_each(|value| sum.add((value - mean).powi(2)));
    Some(sum.value())
}

#[cfg(test)]
mod tests {
    use crate::classes::custom;

    #[test]
    fn a_single_class_explains_nothing_and_a_class_for_each_value_everything() {
        let column = [Some(1.0), None, Some(2.0), Some(4.0)];
        let fit = |bounds: &[f64]| custom(bounds).unwrap().goodness_of_variance_fit(&column);
        assert_eq!(fit(&[1.0, 4.0]), Some(0.0));
        assert_eq!(fit(&[1.0, 1.0, 2.0, 4.0]), Some(1.0));
    }

    #[test]
    fn values_outside_the_classes_do_not_count() {
        let breaks = custom(&[0.0, 1.0, 3.0]).unwrap();
        let column = [0.0, 1.0, 3.0].map(Some);
        let with_outlier = [0.0, 1.0, 3.0, 1e6].map(Some);
        assert_eq!(breaks.goodness_of_variance_fit(&with_outlier), breaks.goodness_of_variance_fit(&column));
    }

    #[test]
    fn equal_values_have_no_fit() {
        let breaks = custom(&[2.0, 2.0]).unwrap();
        assert_eq!(breaks.goodness_of_variance_fit(&[Some(2.0), Some(2.0)]), None);
        assert_eq!(breaks.goodness_of_variance_fit(&[None]), None);
    }
}

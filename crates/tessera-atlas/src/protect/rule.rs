//! The rule by which a count is hidden or rounded, and what a reader learns from a rounded one.

/// Counts from 1 to `threshold` − 1 are hidden; what remains is rounded to multiples of `round`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule {
    /// The smallest count that may be shown, at least 2.
    pub threshold: u32,
    /// The rounding base; 1 is no rounding.
    pub round: u32,
}

impl Rule {
    /// The largest small count.
    pub fn largest_small(&self) -> f64 {
        f64::from(self.threshold) - 1.0
    }

    /// Whether a count is too small to be shown. Zero is not.
    pub fn is_small(&self, count: f64) -> bool {
        count > 0.0 && count < f64::from(self.threshold)
    }

    /// A count as it is published: the nearest multiple of the base, halves upwards. What is not zero is never rounded to
    /// zero, so that a published zero is one.
    ///
    /// ```
    /// use tessera_atlas::protect::Rule;
    /// let fives = Rule { threshold: 3, round: 5 };
    /// assert_eq!([7.0, 8.0, 2.5, 0.0, 2.0].map(|count| fives.published(count)), [5.0, 10.0, 5.0, 0.0, 5.0]);
    /// assert_eq!(Rule { threshold: 3, round: 1 }.published(7.5), 7.5);
    /// ```
    pub fn published(&self, count: f64) -> f64 {
        if self.round <= 1 || count == 0.0 {
            return count;
        }
        if count < 0.0 {
            return -self.published(-count);
        }
        let base = f64::from(self.round);
        ((count / base + 0.5).floor() * base).max(base)
    }

    /// The smallest and largest whole count that is published as this.
    ///
    /// ```
    /// use tessera_atlas::protect::Rule;
    /// let rule = Rule { threshold: 5, round: 5 };
    /// assert_eq!(rule.meant_by(5.0), (5.0, 7.0)); // 3 and 4 are hidden
    /// assert_eq!(rule.meant_by(10.0), (8.0, 12.0));
    /// assert_eq!(Rule { threshold: 5, round: 10 }.meant_by(20.0), (15.0, 24.0));
    /// assert_eq!(rule.meant_by(0.0), (0.0, 0.0));
    /// ```
    pub fn meant_by(&self, published: f64) -> (f64, f64) {
        if self.round <= 1 || published == 0.0 {
            return (published, published);
        }
        if published < 0.0 {
            let (least, most) = self.meant_by(-published);
            return (-most, -least);
        }
        let base = f64::from(self.round);
        let least = if published <= base { 1.0 } else { (published - base / 2.0).ceil() };
        (least.max(f64::from(self.threshold)), (published + base / 2.0).ceil() - 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// What is meant by a published number is exactly the shown counts that are published as it.
        #[test]
        fn a_rounded_number_means_the_counts_that_round_to_it(threshold in 2u32..12, round in 1u32..12, count in 0u32..200) {
            let (rule, count) = (Rule { threshold, round }, f64::from(count));
            prop_assume!(!rule.is_small(count));
            let published = rule.published(count);
            let (least, most) = rule.meant_by(published);
            prop_assert!(least <= count && count <= most, "{count} is published as {published}: {least} to {most}");
            for end in [least, most] {
                prop_assert!(rule.published(end) == published && !rule.is_small(end));
            }
            for beyond in [least - 1.0, most + 1.0] {
                prop_assert!(beyond < 0.0 || rule.is_small(beyond) || rule.published(beyond) != published);
            }
        }
    }
}

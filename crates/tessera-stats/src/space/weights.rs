//! Who is whose neighbour.

use super::SpaceError;

/// The neighbours of each area, in compressed rows: those of area i are
/// `indices[offsets[i]..offsets[i + 1]]`, in ascending order and without i itself.
///
/// Links carry no weights of their own. Each statistic weights them as its definition says: Gi*
/// with 1, Moran's I with one part in the number of the area's neighbours (row-standardised).
///
/// The lists are those of contiguity ([`from_neighbours`](Self::from_neighbours)), of the
/// [`nearest`](Self::nearest) areas or of those [`within`](Self::within) a distance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    offsets: Vec<u32>,
    indices: Vec<u32>,
}

#[expect(clippy::len_without_is_empty, reason = "weights of nothing answer nothing, and are refused with their values")]
impl Weights {
    /// Weights from lists of areas that touch each other, queen or rook, each pair in both
    /// directions.
    ///
    /// ```
    /// use tessera_stats::space::Weights;
    ///
    /// // 0 – 1 – 2, and 3 on an island
    /// let weights = Weights::from_neighbours(vec![0, 1, 3, 4, 4], vec![1, 0, 2, 1])?;
    /// assert_eq!(weights.of(1), [0, 2]);
    /// assert_eq!(weights.islands(), [3]);
    /// # Ok::<(), tessera_stats::space::SpaceError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SpaceError::Offsets`], [`SpaceError::Neighbours`] or [`SpaceError::OneWay`] where the lists
    /// are not such.
    pub fn from_neighbours(offsets: Vec<u32>, indices: Vec<u32>) -> Result<Self, SpaceError> {
        let covers = offsets.first() == Some(&0)
            && offsets.is_sorted()
            && offsets.last().map(|end| *end as usize) == Some(indices.len());
        if !covers {
            return Err(SpaceError::Offsets { offsets: offsets.len(), indices: indices.len() });
        }
        let weights = Self { offsets, indices };
        for (area, neighbours) in weights.rows() {
            let others = |neighbour: &u32| *neighbour as usize != area && (*neighbour as usize) < weights.len();
            if !neighbours.iter().all(others) || !neighbours.is_sorted_by(|one, next| one < next) {
                return Err(SpaceError::Neighbours { area });
            }
        }
        for (area, neighbours) in weights.rows() {
            let one_way = |neighbour: &&u32| weights.of(**neighbour as usize).binary_search(&(area as u32)).is_err();
            if let Some(neighbour) = neighbours.iter().find(one_way) {
                return Err(SpaceError::OneWay { area, neighbour: *neighbour as usize });
            }
        }
        Ok(weights)
    }

    /// Weights from a list for each area, which need not be mutual.
    pub(super) fn from_lists(lists: impl IntoIterator<Item = Vec<u32>>) -> Result<Self, SpaceError> {
        let (mut offsets, mut indices) = (vec![0], Vec::new());
        for mut list in lists {
            list.sort_unstable();
            indices.extend(list);
            offsets.push(indices.len().try_into().map_err(|_| SpaceError::TooManyLinks)?);
        }
        Ok(Self { offsets, indices })
    }

    /// The number of areas.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// The neighbours of an area, in ascending order; none for an index that is out of range.
    #[must_use]
    pub fn of(&self, area: usize) -> &[u32] {
        let row = || Some((*self.offsets.get(area)? as usize, *self.offsets.get(area + 1)? as usize));
        row().and_then(|(start, end)| self.indices.get(start..end)).unwrap_or(&[])
    }

    /// The areas without a neighbour.
    #[must_use]
    pub fn islands(&self) -> Vec<u32> {
        self.rows().filter(|(_, neighbours)| neighbours.is_empty()).map(|(area, _)| area as u32).collect()
    }

    /// Each area with its neighbours.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, &[u32])> {
        let row = |ends: &[u32]| &self.indices[ends[0] as usize..ends[1] as usize];
        self.offsets.windows(2).map(row).enumerate()
    }

    /// The most neighbours that an area has.
    pub(super) fn most(&self) -> usize {
        self.rows().map(|(_, neighbours)| neighbours.len()).max().unwrap_or(0)
    }

    /// The weights among some of the areas, given in ascending order, numbered anew in that order.
    pub(super) fn among(&self, areas: &[u32]) -> Self {
        let mut renumbered = vec![None; self.len()];
        for (new, old) in areas.iter().enumerate() {
            renumbered[*old as usize] = Some(new as u32);
        }
        let (mut offsets, mut indices) = (vec![0], Vec::new());
        for area in areas {
            indices.extend(self.of(*area as usize).iter().filter_map(|neighbour| renumbered[*neighbour as usize]));
            offsets.push(indices.len() as u32);
        }
        Self { offsets, indices }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_that_cut_no_rows_are_refused() {
        for offsets in [vec![], vec![1, 2], vec![0, 1], vec![0, 2, 1, 2]] {
            let count = offsets.len();
            let error = SpaceError::Offsets { offsets: count, indices: 2 };
            assert_eq!(Weights::from_neighbours(offsets, vec![1, 0]), Err(error));
        }
    }

    #[test]
    fn lists_that_are_not_of_other_areas_in_order_are_refused() {
        let itself = Weights::from_neighbours(vec![0, 1, 2], vec![1, 1]);
        assert_eq!(itself, Err(SpaceError::Neighbours { area: 1 }));
        let nobody = Weights::from_neighbours(vec![0, 1, 2], vec![2, 0]);
        assert_eq!(nobody, Err(SpaceError::Neighbours { area: 0 }));
        let twice = Weights::from_neighbours(vec![0, 2, 3], vec![1, 1, 0]);
        assert_eq!(twice, Err(SpaceError::Neighbours { area: 0 }));
        let out_of_order = Weights::from_neighbours(vec![0, 1, 2, 4], vec![2, 2, 1, 0]);
        assert_eq!(out_of_order, Err(SpaceError::Neighbours { area: 2 }));
    }

    #[test]
    fn contiguity_is_mutual() {
        let one_way = Weights::from_neighbours(vec![0, 1, 1], vec![1]);
        assert_eq!(one_way, Err(SpaceError::OneWay { area: 0, neighbour: 1 }));
    }

    #[test]
    fn an_area_that_is_left_out_leaves_every_list() {
        // 0 – 1 – 2 – 3
        let chain = Weights::from_neighbours(vec![0, 1, 3, 5, 6], vec![1, 0, 2, 1, 3, 2]).unwrap();
        let without_1 = chain.among(&[0, 2, 3]);
        assert_eq!(
            without_1.rows().map(|(_, neighbours)| neighbours.to_vec()).collect::<Vec<_>>(),
            [vec![], vec![2], vec![1]]
        );
        assert_eq!(without_1.islands(), [0]);
    }
}

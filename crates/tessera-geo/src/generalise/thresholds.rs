//! How important each place of a line is: the tolerance at which Douglas & Peucker's method lets it go.

use crate::mercator::web_mercator;
use crate::place::Place;

/// For each place of a line, the greatest squared tolerance at which Douglas–Peucker keeps it; infinite at the ends.
///
/// A place is kept when it, and every place at which the line was split before, is further from its chord than the
/// tolerance: so its threshold is the smallest of these distances.
pub(super) fn thresholds(line: &[Place]) -> Vec<f64> {
    let points: Vec<[f64; 2]> = line.iter().copied().map(web_mercator).collect();
    let mut thresholds = vec![f64::INFINITY; line.len()];
    let mut spans = vec![(0, line.len().saturating_sub(1), f64::INFINITY)];
    while let Some((first, last, limit)) = spans.pop() {
        let mut furthest = (first, -1.0);
        for middle in first + 1..last {
            let distance = squared_distance(points[middle], points[first], points[last]);
            if distance > furthest.1 {
                furthest = (middle, distance);
            }
        }
        let (middle, distance) = furthest;
        if middle > first {
            let threshold = limit.min(distance);
            thresholds[middle] = threshold;
            spans.extend([(first, middle, threshold), (middle, last, threshold)]);
        }
    }
    thresholds
}

/// The squared distance of a point from the stretch between two others.
fn squared_distance(point: [f64; 2], from: [f64; 2], to: [f64; 2]) -> f64 {
    let minus = |a: [f64; 2], b: [f64; 2]| [a[0] - b[0], a[1] - b[1]];
    let dot = |a: [f64; 2], b: [f64; 2]| a[0] * b[0] + a[1] * b[1];
    let (stretch, offset) = (minus(to, from), minus(point, from));
    let length = dot(stretch, stretch);
    let share = if length > 0.0 { (dot(offset, stretch) / length).clamp(0.0, 1.0) } else { 0.0 };
    let rest = minus(offset, [stretch[0] * share, stretch[1] * share]);
    dot(rest, rest)
}

//! Month by month of one unit, as a small multiple: all units share the scale, a missing month breaks the line.

use rust_decimal::Decimal;

use super::axis::Axis;

/// Width of the box.
pub const WIDTH: i32 = 240;
/// Height of the box.
pub const HEIGHT: i32 = 84;
/// Margin at the left, before the first month.
const LEFT: i32 = 6;
/// Where the last month stands; its value is written after it.
pub const RIGHT: i32 = 198;
/// Upper end of the scale.
const TOP: i32 = 10;
/// Lower end of the scale.
const BOTTOM: i32 = 76;

/// A month with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
}

/// The picture of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    /// Runs of at least two months without a gap, each as the points of a polyline.
    pub runs: Vec<String>,
    /// Months that stand alone between gaps.
    pub alone: Vec<Point>,
    /// The last month, if it has a value.
    pub last: Option<Point>,
    /// The last month still runs: its value is provisional.
    pub running: bool,
    /// From the month before to a running month, as the points of a polyline.
    pub open: Option<String>,
    /// Lines across, at the beginnings of the levels: height and kind.
    pub levels: Vec<(i32, &'static str)>,
}

impl Lines {
    /// Computes the picture of `values`, oldest first, on a scale that all units share.
    /// `levels` are drawn across where they lie on the scale; while the last month is `running` it stands apart.
    pub fn of(
        axis: Axis,
        values: &[Option<Decimal>],
        levels: &[(Decimal, &'static str)],
        running: bool,
    ) -> Self {
        let steps = i32::try_from(values.len())
            .unwrap_or(1)
            .saturating_sub(1)
            .max(1);
        let points: Vec<Option<Point>> = (0..)
            .zip(values)
            .map(|(month, value)| {
                value.map(|value| Point {
                    x: LEFT + (RIGHT - LEFT) * month / steps,
                    y: axis.place(value, BOTTOM, TOP),
                })
            })
            .collect();
        let finished = points.len().saturating_sub(usize::from(running));
        let open = points
            .windows(2)
            .last()
            .filter(|pair| running && pair.iter().all(Option::is_some))
            .map(polyline);
        let mut runs = Vec::new();
        let mut alone = Vec::new();
        let (closed, _) = points.split_at(finished);
        for run in closed.split(Option::is_none) {
            match run {
                [] => {}
                [Some(point)] => alone.push(*point),
                more => runs.push(polyline(more)),
            }
        }
        let levels = levels
            .iter()
            .filter(|(level, _)| axis.holds(*level) && *level > Decimal::from(axis.min))
            .map(|(level, kind)| (axis.place(*level, BOTTOM, TOP), *kind))
            .collect();
        Self {
            runs,
            alone,
            last: points.last().copied().flatten(),
            running,
            open,
            levels,
        }
    }
}

fn polyline(run: &[Option<Point>]) -> String {
    let points: Vec<String> = run
        .iter()
        .flatten()
        .map(|point| format!("{},{}", point.x, point.y))
        .collect();
    points.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const AXIS: Axis = Axis { min: 0, max: 100 };

    fn values(texts: &[&str]) -> Vec<Option<Decimal>> {
        texts.iter().map(|text| text.parse().ok()).collect()
    }

    #[test]
    fn twelve_months_spread_over_the_width_and_the_scale_counts_upwards() {
        let year = values(&[
            "0", "10", "20", "30", "40", "50", "60", "70", "80", "90", "95", "100",
        ]);
        let lines = Lines::of(AXIS, &year, &[], false);
        assert_eq!(lines.runs.len(), 1);
        assert!(lines.runs[0].starts_with("6,76 "));
        assert!(lines.runs[0].ends_with(" 198,10"));
        assert_eq!(lines.last, Some(Point { x: 198, y: 10 }));
    }

    #[test]
    fn a_missing_month_breaks_the_line_and_a_single_month_is_a_point() {
        let lines = Lines::of(
            AXIS,
            &values(&["50", "-", "60", "61", "-", "-"]),
            &[],
            false,
        );
        assert_eq!(lines.runs.len(), 1);
        assert_eq!(lines.alone, [Point { x: 6, y: 43 }]);
        assert_eq!(lines.last, None);
    }

    #[test]
    fn nothing_is_drawn_without_values() {
        let lines = Lines::of(AXIS, &values(&["-", "-"]), &[], false);
        assert!(lines.runs.is_empty() && lines.alone.is_empty() && lines.last.is_none());
        assert_eq!(Lines::of(AXIS, &[], &[], false).last, None);
    }

    #[test]
    fn values_outside_the_scale_stay_inside_the_box() {
        let lines = Lines::of(
            Axis { min: 50, max: 100 },
            &values(&["20", "140"]),
            &[],
            false,
        );
        assert_eq!(lines.runs, ["6,76 198,10"]);
    }

    #[test]
    fn levels_are_drawn_where_they_lie_on_the_scale() {
        let levels = [
            (Decimal::from(50), "completed"),
            (Decimal::from(90), "excellent"),
        ];
        assert_eq!(
            Lines::of(AXIS, &[], &levels, false).levels,
            [(43, "completed"), (17, "excellent")]
        );
        assert_eq!(
            Lines::of(Axis { min: 50, max: 100 }, &[], &levels, false).levels,
            [(23, "excellent")]
        );
    }

    #[test]
    fn a_running_month_stands_apart_from_the_finished_ones() {
        let lines = Lines::of(AXIS, &values(&["80", "90", "40"]), &[], true);
        assert_eq!(lines.runs, ["6,23 102,17"]);
        assert_eq!(lines.open.as_deref(), Some("102,17 198,50"));
        assert_eq!(lines.last, Some(Point { x: 198, y: 50 }));
        let first = Lines::of(AXIS, &values(&["80", "-", "40"]), &[], true);
        assert_eq!((first.open, first.alone.len()), (None, 1));
    }
}

//! A sorted dot plot (Cleveland): a row a unit, this month filled, last month hollow, a line between them.
//! Coordinates are whole units of the picture's own box, which the page scales.

use rust_decimal::Decimal;

use super::axis::{Axis, Band};
use super::wrap::two_lines;

/// What the colour of a dot says, beside the band it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A measured quantity without judgement.
    Measure,
    /// Reached.
    Good,
    /// At risk.
    Risk,
    /// Not reached.
    Bad,
}

impl Tone {
    /// The code in `data-tone`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Good => "good",
            Self::Risk => "risk",
            Self::Bad => "bad",
        }
    }
}

/// What a row shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The unit's whole name.
    pub label: String,
    /// This month, in points or percent; none while the data do not suffice.
    pub value: Option<Decimal>,
    /// The value as it is written at the dot ("91,2").
    pub value_text: String,
    /// Last month.
    pub previous: Option<Decimal>,
    /// The same row as a sentence, for those who do not see the picture.
    pub words: String,
    /// Address of the unit's detail.
    pub href: String,
    /// The visitor's own unit: written bold.
    pub own: bool,
    /// Colour of the dot.
    pub tone: Tone,
}

/// How wide the picture is and where the names stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Code in the class name and in the ids: wide or compact.
    pub name: &'static str,
    /// Width of the box.
    pub width: i32,
    /// Where the scale begins.
    pub left: i32,
    /// Where the scale ends.
    pub right: i32,
    /// Height of a row with a name in one line; at least 44 on the screen.
    row: i32,
    /// Most characters of a line of a name.
    letters: usize,
    /// Whether a name stands above its row instead of before it.
    above: bool,
}

impl Layout {
    /// Names to the left, for a screen or a page of paper.
    pub const WIDE: Self = Self {
        name: "wide",
        width: 720,
        left: 262,
        right: 650,
        row: 52,
        letters: 35,
        above: false,
    };
    /// Names above the rows, for a phone.
    pub const COMPACT: Self = Self {
        name: "compact",
        width: 344,
        left: 12,
        right: 290,
        row: 62,
        letters: 42,
        above: true,
    };
}

/// Height of a line of text.
const LINE: i32 = 17;
/// Room for the names of the bands, in two lines where they are narrow.
const HEAD: i32 = 34;
/// Room for the figures of the scale.
const FOOT: i32 = 26;
/// Average width of a letter of a band's name, on the safe side.
const LETTER: i32 = 7;
/// Width of the name of the expected value, on the safe side.
const MARK_NAME: i32 = 96;
/// Width of a written value, on the safe side.
const TEXT: i32 = 52;
/// From the centre of a dot to the text beside it.
const BESIDE: i32 = 14;

/// A computed dot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dot {
    /// Centre, from the left.
    pub x: i32,
    /// The value lies beyond the left (−1) or right (1) end of the scale; 0 when on it.
    pub beyond: i32,
}

/// A computed row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DotRow {
    /// What it shows.
    pub entry: Entry,
    /// Upper edge of the row, which is also its hit area.
    pub top: i32,
    /// Height of the row.
    pub height: i32,
    /// Centre of the dots, from the top.
    pub y: i32,
    /// The name in one or two lines, each with its base line.
    pub label: Vec<(i32, String)>,
    /// Where the name begins (compact) or ends (wide).
    pub label_x: i32,
    /// This month.
    pub dot: Option<Dot>,
    /// Last month.
    pub previous: Option<Dot>,
    /// Where the value is written.
    pub text_x: i32,
    /// "start" or "end": on which side of `text_x`.
    pub text_anchor: &'static str,
}

/// The name of a band with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BandName {
    /// The band.
    pub band: Band,
    /// Left edge of the band.
    pub x: i32,
    /// Width of the band.
    pub width: i32,
    /// Anchor point of the name.
    pub text_x: i32,
    /// Base line of the name.
    pub text_y: i32,
    /// "middle" or "end".
    pub anchor: &'static str,
}

/// The whole picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DotPlot {
    /// Width and place of names.
    pub layout: Layout,
    /// The scale.
    pub axis: Axis,
    /// Bands behind the dots.
    pub bands: Vec<BandName>,
    /// Ticks: value and place.
    pub ticks: Vec<(i32, i32)>,
    /// Where the expected value stands, if there is one, and the middle of its name.
    pub mark: Option<(i32, i32)>,
    /// Rows in the order given.
    pub rows: Vec<DotRow>,
    /// Upper end of the scale's ground.
    pub top: i32,
    /// Lower end of the scale's ground.
    pub bottom: i32,
    /// Height of the box.
    pub height: i32,
}

impl DotPlot {
    /// Computes the picture of `entries`, in their order. `starts` are the bands' beginnings (ascending),
    /// `mark` is an expected value.
    pub fn of(
        layout: Layout,
        entries: Vec<Entry>,
        starts: &[(Decimal, &'static str, &'static str)],
        mark: Option<Decimal>,
    ) -> Self {
        let values = entries
            .iter()
            .flat_map(|entry| [entry.value, entry.previous])
            .flatten();
        let axis = Axis::of(values.chain(mark));
        let place = |value| axis.place(value, layout.left, layout.right);
        let mut top = HEAD;
        let rows: Vec<DotRow> = entries
            .into_iter()
            .map(|entry| {
                let row = row(layout, axis, entry, top);
                top += row.height;
                row
            })
            .collect();
        Self {
            layout,
            axis,
            bands: axis
                .bands(starts)
                .into_iter()
                .map(|band| band_name(layout, axis, band))
                .collect(),
            ticks: axis
                .ticks()
                .map(|tick| (tick, place(Decimal::from(tick))))
                .collect(),
            mark: mark
                .map(place)
                .map(|x| (x, x.clamp(MARK_NAME / 2, layout.width - MARK_NAME / 2))),
            rows,
            top: HEAD,
            bottom: top,
            height: top + FOOT,
        }
    }
}

fn row(layout: Layout, axis: Axis, entry: Entry, top: i32) -> DotRow {
    let lines = two_lines(&entry.label, layout.letters);
    let more = if lines.len() > 1 { LINE } else { 0 };
    let (height, y, first) = if layout.above {
        (layout.row + more, top + more + 42, top + 20)
    } else {
        (
            layout.row,
            top + layout.row / 2,
            top + layout.row / 2 + 5 - more / 2,
        )
    };
    let label = std::iter::successors(Some(first), |line| Some(line + LINE))
        .zip(lines)
        .collect();
    let dot = |value: Option<Decimal>| {
        value.map(|value| Dot {
            x: axis.place(value, layout.left, layout.right),
            beyond: if axis.holds(value) {
                0
            } else if value < Decimal::from(axis.min) {
                -1
            } else {
                1
            },
        })
    };
    let (dot, previous) = (dot(entry.value), dot(entry.previous));
    let (text_x, text_anchor) = text_place(layout, dot, previous);
    let label_x = if layout.above { 0 } else { layout.left - 14 };
    DotRow {
        entry,
        top,
        height,
        y,
        label,
        label_x,
        dot,
        previous,
        text_x,
        text_anchor,
    }
}

/// Beside this month's dot, away from last month's; a row without a value says so where last month's dot leaves room.
fn text_place(layout: Layout, dot: Option<Dot>, previous: Option<Dot>) -> (i32, &'static str) {
    match (dot, previous) {
        (Some(dot), Some(previous))
            if dot.x < previous.x && dot.x - BESIDE - TEXT >= layout.left =>
        {
            (dot.x - BESIDE, "end")
        }
        (Some(dot), Some(previous)) => (dot.x.max(previous.x) + BESIDE, "start"),
        (Some(dot), None) => (dot.x + BESIDE, "start"),
        (None, Some(previous)) if previous.x < (layout.left + layout.right) / 2 => {
            (previous.x + BESIDE, "start")
        }
        (None, _) => (layout.left + BESIDE, "start"),
    }
}

/// A name in the middle of its band, or, where the band is too narrow, ending with it in the lower line.
fn band_name(layout: Layout, axis: Axis, band: Band) -> BandName {
    let x = axis.place(Decimal::from(band.from), layout.left, layout.right);
    let end = axis.place(Decimal::from(band.until), layout.left, layout.right);
    let width = end - x;
    let letters = i32::try_from(band.name.chars().count()).unwrap_or(0);
    let fits = letters * LETTER <= width;
    let (text_x, text_y, anchor) = if fits {
        (x + width / 2, HEAD - 20, "middle")
    } else {
        (end, HEAD - 6, "end")
    };
    BandName {
        band,
        x,
        width,
        text_x,
        text_y,
        anchor,
    }
}

#[cfg(test)]
mod tests;

use super::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn entry(label: &str, value: Option<&str>, previous: Option<&str>) -> Entry {
    Entry {
        label: label.to_owned(),
        value: value.map(decimal),
        value_text: value.unwrap_or("Chưa đủ dữ liệu").to_owned(),
        previous: previous.map(decimal),
        words: String::new(),
        href: "/unit".to_owned(),
        own: false,
        tone: Tone::Measure,
    }
}

fn levels() -> [(Decimal, &'static str, &'static str); 4] {
    [
        (decimal("0"), "Không hoàn thành", "not-completed"),
        (decimal("50"), "Hoàn thành", "completed"),
        (decimal("70"), "Tốt", "good"),
        (decimal("90"), "Xuất sắc", "excellent"),
    ]
}

fn plot(layout: Layout, entries: Vec<Entry>) -> DotPlot {
    DotPlot::of(layout, entries, &levels(), None)
}

#[test]
fn dots_stand_in_proportion_and_rows_one_under_another() {
    let plot = plot(
        Layout::WIDE,
        vec![
            entry("A", Some("100"), Some("75")),
            entry("B", Some("50"), None),
        ],
    );
    assert_eq!((plot.axis.min, plot.axis.max), (50, 100));
    let [first, second] = plot.rows.as_slice() else {
        panic!("two rows")
    };
    assert_eq!(first.dot, Some(Dot { x: 650, beyond: 0 }));
    assert_eq!(first.previous, Some(Dot { x: 456, beyond: 0 }));
    assert_eq!(second.dot, Some(Dot { x: 262, beyond: 0 }));
    assert_eq!((first.top, first.y, second.top), (34, 60, 86));
    assert_eq!(plot.bottom, 138);
    assert_eq!(plot.height, 164);
}

#[test]
fn ties_stand_at_the_same_place_in_their_own_rows() {
    let plot = plot(
        Layout::WIDE,
        vec![
            entry("A", Some("81.25"), None),
            entry("B", Some("81.25"), None),
        ],
    );
    assert_eq!(plot.rows[0].dot, plot.rows[1].dot);
    assert_eq!(plot.rows[1].top, plot.rows[0].top + plot.rows[0].height);
}

#[test]
fn a_row_without_a_value_keeps_last_months_dot_and_says_so_beside_it() {
    let plot = plot(
        Layout::WIDE,
        vec![
            entry("A", None, Some("95")),
            entry("B", None, Some("55")),
            entry("C", None, None),
        ],
    );
    assert!(plot.rows.iter().all(|row| row.dot.is_none()));
    assert_eq!(plot.rows[0].text_x, Layout::WIDE.left + 14);
    assert!(
        plot.rows[1]
            .previous
            .is_some_and(|dot| plot.rows[1].text_x > dot.x)
    );
    assert_eq!(plot.rows[2].previous, None);
}

#[test]
fn a_value_is_written_beside_its_own_dot_and_inside_the_picture() {
    let plot = plot(
        Layout::WIDE,
        vec![
            entry("fell", Some("70"), Some("90")),
            entry("rose", Some("90"), Some("70")),
            entry("low", Some("51"), Some("60")),
        ],
    );
    let [fell, rose, low] = plot.rows.as_slice() else {
        panic!("three rows")
    };
    assert_eq!(fell.text_anchor, "end");
    assert!(fell.dot.is_some_and(|dot| fell.text_x < dot.x));
    assert_eq!(rose.text_anchor, "start");
    assert!(rose.dot.is_some_and(|dot| rose.text_x > dot.x));
    // No room to the left: after both dots.
    assert_eq!(low.text_anchor, "start");
    assert!(low.previous.is_some_and(|dot| low.text_x > dot.x));
}

#[test]
fn a_value_below_fifty_opens_the_scale_down_to_zero() {
    let plot = plot(
        Layout::WIDE,
        vec![
            entry("A", Some("90"), None),
            entry("B", Some("80"), Some("42")),
        ],
    );
    assert_eq!((plot.axis.min, plot.axis.max), (0, 100));
    assert_eq!(plot.bands.len(), 4);
    assert_eq!(plot.ticks.first(), Some(&(0, Layout::WIDE.left)));
}

#[test]
fn a_value_outside_the_scale_stands_at_its_end_and_is_marked() {
    let plot = plot(Layout::WIDE, vec![entry("A", Some("120"), Some("-3"))]);
    assert_eq!(
        plot.rows[0].dot,
        Some(Dot {
            x: Layout::WIDE.right,
            beyond: 1
        })
    );
    assert_eq!(
        plot.rows[0].previous,
        Some(Dot {
            x: Layout::WIDE.left,
            beyond: -1
        })
    );
    assert!(plot.rows[0].text_x > Layout::WIDE.right);
}

#[test]
fn long_names_take_two_lines_and_stay_inside_their_row() {
    let long = "Vụ Theo dõi công tác phòng, chống tham nhũng, lãng phí, tiêu cực";
    for layout in [Layout::WIDE, Layout::COMPACT] {
        let plot = plot(
            layout,
            vec![entry(long, Some("80"), None), entry("B", Some("70"), None)],
        );
        let row = &plot.rows[0];
        assert_eq!(row.label.len(), 2, "{}", layout.name);
        assert!(
            row.label
                .iter()
                .all(|(line, _)| *line > row.top && *line < row.top + row.height)
        );
        assert!(row.label[1].0 - row.label[0].0 >= 16);
        assert_eq!(
            row.label
                .iter()
                .map(|(_, text)| text.as_str())
                .collect::<Vec<_>>()
                .join(" "),
            long
        );
        // On a phone the dots stand below the name.
        assert!(!layout.above || row.label[1].0 + 6 < row.y);
        assert!(row.y + 8 <= row.top + row.height);
    }
}

#[test]
fn every_row_can_be_touched() {
    for layout in [Layout::WIDE, Layout::COMPACT] {
        let plot = plot(layout, vec![entry("A", Some("80"), None)]);
        assert!(plot.rows.iter().all(|row| row.height >= 44));
    }
}

#[test]
fn names_of_bands_do_not_overlap() {
    for layout in [Layout::WIDE, Layout::COMPACT] {
        for value in ["80", "20"] {
            let plot = plot(layout, vec![entry("A", Some(value), None)]);
            let mut ends = std::collections::BTreeMap::new();
            for name in &plot.bands {
                let width = i32::try_from(name.band.name.chars().count()).unwrap() * LETTER;
                let start = if name.anchor == "middle" {
                    name.text_x - width / 2
                } else {
                    name.text_x - width
                };
                let before = ends.insert(name.text_y, start + width).unwrap_or(0);
                assert!(
                    start >= before,
                    "{} {value}: {}",
                    layout.name,
                    name.band.name
                );
                assert!(start + width <= layout.width);
            }
        }
    }
}

#[test]
fn the_expected_value_has_its_place_and_opens_the_scale_too() {
    let entries = vec![entry("A", Some("80"), None)];
    let plot = DotPlot::of(Layout::WIDE, entries, &[], Some(decimal("25")));
    assert_eq!(plot.axis.min, 0);
    assert_eq!(
        plot.mark,
        Some((Layout::WIDE.left + 97, Layout::WIDE.left + 97))
    );
    assert!(plot.bands.is_empty());
}

#[test]
fn the_name_of_the_expected_value_stays_inside_the_picture() {
    for (expected, text_x) in [("0", 48), ("100", 290)] {
        let plot = DotPlot::of(Layout::COMPACT, Vec::new(), &[], Some(decimal(expected)));
        assert_eq!(plot.mark.map(|(_, text_x)| text_x), Some(text_x));
    }
}

#[test]
fn no_rows_make_an_empty_picture() {
    let plot = plot(Layout::COMPACT, Vec::new());
    assert_eq!((plot.top, plot.bottom), (34, 34));
}

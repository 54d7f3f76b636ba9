//! Holds the colours of `style/tokens.css` to WCAG 2.2 AA in both modes: 4.5 : 1 for text (1.4.3),
//! 3 : 1 for edges of controls, bars and focus rings (1.4.11).

use std::collections::BTreeMap;

use crate::shell::root;

const TEXT: f64 = 4.5;
const SHAPE: f64 = 3.0;

/// Light and dark value of a colour, each as red, green, blue.
type Pair = [[u8; 3]; 2];

/// Colours of the tokens: `light-dark(#…, #…)` or one `#…` for both modes. Those with transparency are left out.
fn colours() -> BTreeMap<String, Pair> {
    let style = std::fs::read_to_string(root().join("style/tokens.css")).unwrap();
    let mut found = BTreeMap::new();
    for line in style.lines() {
        let Some((name, value)) = line
            .trim()
            .strip_prefix("--")
            .and_then(|l| l.split_once(": "))
        else {
            continue;
        };
        let value = value.trim_end_matches(';');
        let values: Vec<_> = match value.strip_prefix("light-dark(") {
            Some(both) => both.trim_end_matches(')').split(", ").map(colour).collect(),
            None => vec![colour(value); 2],
        };
        if let [Some(light), Some(dark)] = values[..] {
            found.insert(name.to_owned(), [light, dark]);
        }
    }
    found
}

fn colour(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |from: usize| u8::from_str_radix(digits.get(from..from + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// Relative luminance as WCAG 2.2 defines it, 0 to 1.
fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Which colours stand on which grounds, and how far apart they must be.
const USES: [(&[&str], &[&str], f64); 11] = [
    (
        &["ink", "ink-2", "ink-3", "indigo"],
        &["paper", "surface", "sunken", "raised"],
        TEXT,
    ),
    (
        &["lacquer", "jade", "ochre"],
        &["paper", "surface", "sunken"],
        TEXT,
    ),
    (
        &["ink", "ink-3", "indigo"],
        &["lacquer-soft", "jade-soft", "ochre-soft", "indigo-soft"],
        TEXT,
    ),
    (&["lacquer"], &["lacquer-soft"], TEXT),
    (&["jade"], &["jade-soft"], TEXT),
    (&["ochre"], &["ochre-soft"], TEXT),
    (
        &["on-fill"],
        &[
            "lacquer-fill",
            "lacquer-fill-over",
            "jade-fill",
            "jade-fill-over",
        ],
        TEXT,
    ),
    (&["rail-ink", "rail-ink-2"], &["rail"], TEXT),
    (&["edge", "focus"], &["paper", "surface", "raised"], SHAPE),
    (
        &["bar-measure", "bar-good", "bar-risk", "bar-bad"],
        &["surface", "sunken"],
        SHAPE,
    ),
    (
        &["ink"],
        &[
            "band-not-completed",
            "band-completed",
            "band-good",
            "band-excellent",
        ],
        SHAPE,
    ),
];

#[test]
fn colours_stand_out_from_their_grounds_in_both_modes() {
    let colours = colours();
    let mut weak = Vec::new();
    for (fronts, grounds, least) in USES {
        for front in fronts {
            for ground in grounds {
                for (mode, name) in ["light", "dark"].iter().enumerate() {
                    let reached = contrast(colours[*front][mode], colours[*ground][mode]);
                    if reached < least {
                        weak.push(format!(
                            "{front} on {ground} ({name}): {reached:.2} of {least}"
                        ));
                    }
                }
            }
        }
    }
    assert!(weak.is_empty(), "{weak:#?}");
}

#[test]
fn black_on_white_is_21_to_1() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
}

//! Long names in two lines: SVG text does not wrap by itself.

/// `text` in one or two lines of at most `most` characters each, broken between words as evenly as possible.
/// What does not fit into two lines ends in "…"; the whole name stands in the element's title.
pub fn two_lines(text: &str, most: usize) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if length(&text) <= most {
        return vec![text];
    }
    let breaks = text.match_indices(' ').map(|(at, _)| text.split_at(at));
    let even = breaks
        .map(|(first, second)| (first, second.trim_start()))
        .filter(|(first, second)| length(first) <= most && length(second) <= most)
        .min_by_key(|(first, second)| length(first).max(length(second)));
    if let Some((first, second)) = even {
        return vec![first.to_owned(), second.to_owned()];
    }
    let (first, rest) = fill(&text, most);
    let rest = rest.trim_start();
    if rest.is_empty() {
        vec![first]
    } else {
        vec![first, cut(rest, most)]
    }
}

/// The words that fit into `most` characters, and the rest; a single longer word is cut through.
fn fill(text: &str, most: usize) -> (String, &str) {
    let space = text
        .match_indices(' ')
        .map(|(at, _)| at)
        .take_while(|at| length(text.get(..*at).unwrap_or_default()) <= most)
        .last();
    let at = space.unwrap_or_else(|| {
        text.char_indices()
            .nth(most)
            .map_or(text.len(), |(at, _)| at)
    });
    let (first, rest) = text.split_at(at);
    (first.to_owned(), rest)
}

fn cut(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "Vụ Theo dõi công tác phòng, chống tham nhũng, lãng phí, tiêu cực";

    #[test]
    fn a_short_name_stays_in_one_line() {
        assert_eq!(two_lines("Vụ Kinh tế  ngành", 34), ["Vụ Kinh tế ngành"]);
        assert_eq!(two_lines("", 34), [""]);
    }

    #[test]
    fn a_long_name_is_broken_evenly_between_words() {
        let lines = two_lines(LONG, 36);
        assert_eq!(
            lines,
            [
                "Vụ Theo dõi công tác phòng, chống",
                "tham nhũng, lãng phí, tiêu cực"
            ]
        );
        assert_eq!(lines.join(" "), LONG);
    }

    #[test]
    fn what_does_not_fit_into_two_lines_ends_in_an_ellipsis() {
        let lines = two_lines(LONG, 20);
        assert_eq!(lines.len(), 2);
        assert!(
            lines.iter().all(|line| line.chars().count() <= 20),
            "{lines:?}"
        );
        assert!(lines[1].ends_with('…'));
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut_and_never_lost_in_silence() {
        let lines = two_lines("Abcdefghijklmnopqrstuvwxyz", 10);
        assert_eq!(lines, ["Abcdefghij", "klmnopqrs…"]);
    }
}

//! The fonts in the program, and which characters they hold: whatever else somebody typed is printed as a box, because
//! PDF/A refuses a glyph that does not exist.

use std::sync::LazyLock;

use serde_json::Value;
use typst::foundations::Bytes;
use typst::text::Font;

/// Stands for a character that no font holds.
const UNKNOWN: char = '\u{25A1}';

/// Times metrics in four styles, and a font that holds the boxes of the forms.
static FILES: [&[u8]; 5] = [
    include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../fonts/LiberationSerif-BoldItalic.ttf"),
    include_bytes!("../fonts/DejaVuSansMono.ttf"),
];

/// The fonts, read once.
pub static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    FILES
        .iter()
        .filter_map(|file| Font::new(Bytes::new(*file), 0))
        .collect()
});

/// Whether the character can be printed in every style.
fn printable(character: char) -> bool {
    let holds = |font: &Font| font.info().coverage.contains(u32::from(character));
    FONTS.split_last().is_some_and(|(symbols, text)| {
        text.iter().all(holds) || (holds(symbols) && !character.is_control())
    })
}

/// Puts a box for every character that no font holds; line breaks stay.
pub fn cover(value: &mut Value) {
    match value {
        Value::String(text) => {
            if text
                .chars()
                .any(|character| character != '\n' && !printable(character))
            {
                *text = text
                    .chars()
                    .filter(|character| *character == '\n' || !character.is_control())
                    .map(|character| {
                        if character == '\n' || printable(character) {
                            character
                        } else {
                            UNKNOWN
                        }
                    })
                    .collect();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(cover),
        Value::Object(fields) => fields.values_mut().for_each(cover),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters that Vietnamese has beyond ASCII, 67 in each case.
    const LOWER: &str = "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ";

    #[test]
    fn every_vietnamese_letter_has_a_glyph_in_every_style() {
        let letters: Vec<char> = LOWER.chars().chain(LOWER.to_uppercase().chars()).collect();
        assert_eq!(letters.len(), 134);
        assert_eq!(FONTS.len(), 5);
        for font in FONTS.iter().take(4) {
            for letter in &letters {
                assert!(
                    font.info().coverage.contains(u32::from(*letter)),
                    "{letter} in {:?}",
                    font.info().variant
                );
            }
        }
    }

    #[test]
    fn what_no_font_holds_becomes_a_box() {
        let mut value = serde_json::json!({ "a": ["Nguyễn 😀 漢\u{7}\nhai ☑"] });
        cover(&mut value);
        assert_eq!(value["a"][0], "Nguyễn □ □\nhai ☑");
    }
}

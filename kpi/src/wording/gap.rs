//! Where the difference between the officer's own total and the computed one comes from, in one short sentence.

use rust_decimal::Decimal;

use crate::number::format_vi;

/// One sentence. `parts` are the names of a, b, c and for a leader d, đ, e with the percentage as reported and as computed.
#[must_use]
pub fn explain_gap(own: Decimal, computed: Decimal, parts: &[(&str, Decimal, Decimal)]) -> String {
    let difference = computed - own;
    if difference.is_zero() {
        return "Bằng điểm tự chấm.".to_owned();
    }
    let side = if difference < Decimal::ZERO {
        "Thấp hơn"
    } else {
        "Cao hơn"
    };
    let from: Vec<String> = parts
        .iter()
        .filter(|(_, reported, found)| reported != found)
        .map(|(name, reported, found)| {
            let (found, reported) = (format_vi(*found, 1), format_vi(*reported, 1));
            format!("{} {found} % thay vì {reported} %", name.to_lowercase())
        })
        .collect();
    let from = if from.is_empty() {
        "số liệu đổi sau khi gửi hoặc tiêu chí chung được kết luận khác".to_owned()
    } else {
        from.join(", ")
    };
    format!(
        "{side} tự chấm {} điểm: {from}.",
        format_vi(difference.abs(), 2)
    )
}

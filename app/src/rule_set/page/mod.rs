//! The pages of the rule sets: all of them, one of them, two beside each other.

mod compare;
mod fields;
mod list;
mod set;
mod side;

use leptos::prelude::*;

pub use self::compare::CompareSetsPage;
pub use self::list::RuleSetsPage;
pub use self::set::RuleSetPage;
use super::api::{SetLine, Standing};
use crate::format::day;
use crate::ui::Chip;

/// Where a rule set stands, as a chip.
#[component]
fn StandingChip(standing: Standing) -> impl IntoView {
    let tone = match standing {
        Standing::InForce => "good",
        Standing::Coming => "measure",
        Standing::Draft => "risk",
        Standing::BuiltIn | Standing::Replaced => "plain",
    };
    view! { <Chip tone text=standing.label()/> }
}

/// From when until when it scores, in words; empty where it never did.
fn span(line: &SetLine) -> String {
    match (line.from, line.until) {
        (None, None) => String::new(),
        (Some(from), None) => format!("từ {}", day(from)),
        (Some(from), Some(until)) => format!("từ {} đến {}", day(from), day(until)),
        (None, Some(until)) => format!("đến {}", day(until)),
    }
}

/// What was done just now, from the address.
fn done_words(code: &str) -> Option<&'static str> {
    match code {
        "copied" => Some("Đã sao chép thành bản nháp; hãy sửa các mục cần thay đổi rồi lưu."),
        "changed" => Some("Đã lưu bản nháp."),
        "deleted" => Some("Đã xóa bản nháp."),
        "approved" => Some("Đã phê duyệt. Các tháng trước giữ nguyên bộ quy tắc của mình."),
        _ => None,
    }
}

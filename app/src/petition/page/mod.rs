//! Screens of petitions: the lists with the form, and one petition with its course.

mod answer;
mod list;
mod one;

pub use list::PetitionsPage;
pub use one::PetitionPage;

use kpi::petition::{PetitionOutcome, PetitionStatus};
use leptos::prelude::*;

use super::wire::Line;
use crate::format::capital;
use crate::ui::Chip;

/// Where a petition is, as a chip.
#[component]
fn StateChip(line: Line) -> impl IntoView {
    let (tone, text) = match (line.status, line.outcome) {
        (PetitionStatus::Answered, Some(outcome)) => (
            if outcome == PetitionOutcome::Refused {
                "plain"
            } else {
                "good"
            },
            outcome.label(),
        ),
        (PetitionStatus::Lodged, _) if line.left < 0 => ("bad", "quá hạn trả lời"),
        (PetitionStatus::Lodged, _) => ("risk", line.status.label()),
        _ => ("plain", line.status.label()),
    };
    view! { <Chip tone text=capital(text)/> }
}

/// "còn 3 ngày làm việc", "hạn hôm nay", "quá hạn 2 ngày làm việc"; nothing once it is final.
fn left(line: &Line) -> String {
    if line.status != PetitionStatus::Lodged {
        return String::new();
    }
    match line.left {
        0 => "hạn trả lời hôm nay".to_owned(),
        left if left > 0 => format!("còn {left} ngày làm việc"),
        late => format!("quá hạn {} ngày làm việc", late.unsigned_abs()),
    }
}

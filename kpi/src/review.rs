//! The review of a month: the life of a period sheet, and what is recorded about those who lead a unit.

mod attention;
mod life;

pub use attention::{Attention, MonthSeen, attention};
pub use life::{SHEET_TRANSITIONS, SheetAction, SheetActor, SheetStatus, sheet_step};

use crate::code::code_enum;

code_enum! {
    /// What is recorded about a unit and speaks for đ or e of those who lead it (Điều 15 khoản 3 điểm b, c).
    pub enum NoteKind {
        /// An initiative or an effective solution: for đ.
        Initiative = "initiative", "Sáng kiến, giải pháp";
        /// A complaint about disunity: against e.
        Complaint = "complaint", "Phản ánh mất đoàn kết";
    }
}

/// What a choice of đ or e must say because nothing recorded speaks for it: the most of đ without an initiative, less
/// than the most of e without a complaint. It is allowed, with a reason (Điều 15 khoản 3 điểm b, c; choice A14).
#[must_use]
pub fn unrecorded_ground(
    kind: NoteKind,
    percent: u32,
    allowed: &[u32],
    recorded: usize,
) -> Option<&'static str> {
    let best = allowed.iter().max().is_some_and(|most| percent >= *most);
    match kind {
        _ if recorded > 0 => None,
        NoteKind::Initiative if best => Some("Chưa ghi nhận sáng kiến trong tháng."),
        NoteKind::Complaint if !best => Some("Chưa ghi nhận phản ánh trong tháng."),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unrecorded_ground_is_told_for_the_best_of_organising_and_less_of_unity() {
        let told = |kind, percent, recorded| {
            unrecorded_ground(kind, percent, &[50, 75, 100], recorded).is_some()
        };
        for (percent, initiative, complaint) in
            [(100, true, false), (75, false, true), (50, false, true)]
        {
            assert_eq!(told(NoteKind::Initiative, percent, 0), initiative);
            assert_eq!(told(NoteKind::Complaint, percent, 0), complaint);
            assert!(!told(NoteKind::Initiative, percent, 1));
            assert!(!told(NoteKind::Complaint, percent, 1));
        }
    }
}

//! The minutes of a meeting (biên bản): composed from what was said, who was there, and the frozen figures.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::wire::{EntryKind, EntryRow, Figures, MeetingLine, Subject};

/// What the minutes say; what is signed is this, whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Minutes {
    /// The agency.
    pub agency: String,
    /// The unit.
    pub unit: String,
    /// What it was about: "Họp đánh giá tháng: Vụ Tổng hợp, tháng 11/2026".
    pub title: String,
    /// When it began.
    pub started: String,
    /// When it ended.
    pub ended: String,
    /// Who chaired: whoever presented last.
    pub chair: String,
    /// Who keeps the minutes: whoever closed the meeting, or wrote them last.
    pub secretary: String,
    /// Who was there.
    pub present: Vec<String>,
    /// When the figures were frozen.
    pub figures_at: String,
    /// The figures that the meeting had before it.
    pub figures: Vec<MinutesFigure>,
    /// The body, as the secretary left it.
    pub text: String,
}

/// The figures of one subject in the minutes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MinutesFigure {
    /// Officer or unit.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Title, unit, work.
    pub about: String,
    /// Label and value of each score, in order.
    pub scores: Vec<(String, Option<Decimal>)>,
    /// The level that counted, in full; empty without one.
    pub level: String,
}

/// The figures as the minutes keep them.
pub fn figures_of(figures: &Figures) -> Vec<MinutesFigure> {
    figures.subjects.iter().map(figure).collect()
}

fn figure(subject: &Subject) -> MinutesFigure {
    MinutesFigure {
        id: subject.id,
        name: subject.name.clone(),
        about: subject.about.clone(),
        scores: subject
            .scores
            .iter()
            .map(|score| (score.label.clone(), score.value))
            .collect(),
        level: subject
            .level
            .map_or_else(String::new, |level| level.label().to_owned()),
    }
}

/// The body: what was said about each subject in their order, then what concerns all. The secretary edits it. It names no
/// score: everybody who took part reads it.
pub fn compose(line: &MeetingLine, figures: &Figures, entries: &[EntryRow]) -> String {
    let mut text = String::new();
    let mut add = |words: &str| {
        text.push_str(words);
        text.push('\n');
    };
    add(&format!("Nội dung: {}.", line.title));
    for cap in &figures.caps {
        add(&format!(
            "{}: {} đề nghị xuất sắc, tối đa {} trên {} từ mức tốt trở lên.",
            cap.name, cap.standing, cap.most, cap.base
        ));
    }
    for (number, subject) in (1_u32..).zip(&figures.subjects) {
        let said = said(entries, Some(subject.id));
        if said.is_empty() {
            continue;
        }
        add("");
        add(&format!("{number}. {} ({})", subject.name, subject.about));
        said.iter().for_each(|line| add(line));
    }
    let known = |id: Uuid| figures.subjects.iter().any(|subject| subject.id == id);
    let general: Vec<EntryRow> = entries
        .iter()
        .filter(|entry| entry.subject.is_none_or(|id| !known(id)))
        .cloned()
        .map(|entry| EntryRow {
            subject: None,
            ..entry
        })
        .collect();
    if !general.is_empty() {
        add("");
        add("Nội dung chung");
        said_all(&general).iter().for_each(|line| add(line));
    }
    let silent = figures.subjects.len()
        - figures
            .subjects
            .iter()
            .filter(|subject| !said(entries, Some(subject.id)).is_empty())
            .count();
    if silent > 0 {
        add("");
        add(&format!(
            "Còn lại {silent}: cuộc họp không có ý kiến khác với kết quả đã trình bày."
        ));
    }
    text.trim_end().to_owned()
}

fn said(entries: &[EntryRow], subject: Option<Uuid>) -> Vec<String> {
    let about: Vec<EntryRow> = entries
        .iter()
        .filter(|entry| entry.subject == subject)
        .cloned()
        .collect();
    said_all(&about)
}

/// Remarks and opinions with their authors, then conclusions, then tasks.
fn said_all(entries: &[EntryRow]) -> Vec<String> {
    [
        EntryKind::Remark,
        EntryKind::Opinion,
        EntryKind::Conclusion,
        EntryKind::Task,
    ]
    .into_iter()
    .flat_map(|kind| entries.iter().filter(move |entry| entry.kind == kind))
    .map(|entry| match entry.kind {
        EntryKind::Conclusion | EntryKind::Task => {
            format!("- {}: {}", entry.kind.label(), entry.text)
        }
        EntryKind::Remark | EntryKind::Opinion => {
            format!("- {} ({}): {}", entry.kind.label(), entry.name, entry.text)
        }
    })
    .collect()
}

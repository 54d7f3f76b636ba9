//! One subject of a meeting: what was claimed, computed and proposed, where the difference comes from, what was said.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::side::Named;
use crate::format::{number, score, vietnam};
use crate::meeting::wire::{EntryKind, EntryRow, MeetingKind, Score, Subject};
use crate::review::wire::ComponentRow;
use crate::ui::{Chip, LevelChip, Meter};

/// Everything about one subject.
#[component]
pub(super) fn Article(
    subject: Subject,
    number: usize,
    entries: Vec<EntryRow>,
    hidden: bool,
    kind: MeetingKind,
) -> impl IntoView {
    let id = subject.id.to_string();
    let (entries_of, heading) = (id.clone(), format!("h-{id}"));
    let labelled = heading.clone();
    let link = (!subject.link.is_empty()).then(|| {
        let words = if kind == MeetingKind::CompareUnits {
            "KPI đơn vị"
        } else {
            "Xem đầy đủ"
        };
        view! { <a class="button room-full" data-tone="quiet" href=subject.link.clone()>{words}</a> }
    });
    let unseen = (!subject.seen).then(|| {
        view! { <p class="notice" data-tone="plain">"Điểm chỉ hiện cho người được đánh giá, cấp có thẩm quyền và bộ phận tổ chức cán bộ. Bạn vẫn ghi được ý kiến."</p> }
    });
    let said = entries.iter().map(entry).collect_view();
    view! {
        <article class="room-subject" data-subject=id hidden=hidden aria-labelledby=labelled>
            <div class="room-who">
                <div class="grow">
                    <h2 id=heading><Named name=subject.name.clone() number/></h2>
                    <p class="muted small room-about">{subject.about.clone()}</p>
                </div>
                {link}
            </div>
            {unseen}
            {subject.seen.then(|| view! { <Scores subject=subject.clone()/> })}
            <section class="room-said" aria-label="Ghi chép">
                <h3>"Ghi chép"</h3>
                <ol class="room-entries" data-entries=entries_of>{said}</ol>
                <p class="muted small room-none">"Chưa có ghi chép."</p>
            </section>
        </article>
    }
}

#[component]
fn Scores(subject: Subject) -> impl IntoView {
    let scores = subject.scores.iter().map(one).collect_view();
    let chip = subject.difference.map(|difference| {
        let sign = if difference > Decimal::ZERO { "+" } else { "" };
        let tone = if difference < Decimal::ZERO { "risk" } else { "plain" };
        view! { <Chip tone text=format!("{sign}{} điểm so với tự chấm", number(difference, 2).replace('-', "−"))/> }
    });
    let rows = subject.components.iter().map(component).collect_view();
    let formula = subject.formula.join(" · ");
    let notes = subject
        .notes
        .iter()
        .map(|note| view! { <li>{note.clone()}</li> })
        .collect_view();
    let has_rows = !subject.components.is_empty();
    view! {
        <div class="room-scores">{scores}</div>
        {has_rows.then(|| view! {
            <section class="room-why" aria-label="Chênh lệch đến từ đâu">
                <div class="room-why-head"><h3>"Chênh lệch đến từ đâu"</h3>{chip}</div>
                <div class="room-difference">{rows}</div>
                {(!formula.is_empty()).then(|| view! { <p class="formula">{formula}</p> })}
            </section>
        })}
        {(!subject.notes.is_empty()).then(|| view! { <ul class="room-notes">{notes}</ul> })}
    }
}

fn one(shown: &Score) -> impl IntoView + use<> {
    let level = shown
        .level
        .map(|level| view! { <LevelChip level=Some(level)/> });
    let state = (!shown.state.is_empty())
        .then(|| view! { <span class="muted small">{shown.state.clone()}</span> });
    view! {
        <div class="room-score">
            <p class="figure-label">{shown.label.clone()}</p>
            <p class="room-value"><span class="figure">{score(shown.value)}</span>{level}{state}</p>
        </div>
    }
}

fn component(row: &ComponentRow) -> impl IntoView + use<> {
    let reported = if row.reported == row.percent {
        String::new()
    } else {
        format!("tự báo {}% · ", number(row.reported, 1))
    };
    view! {
        <b>{row.name.clone()}</b>
        <Meter value=row.percent second=Signal::stored(row.reported) label=row.name.clone()/>
        <span class="num">{format!("{}%", number(row.percent, 1))}</span>
        <span class="muted small">{format!("{reported}{}", row.reasons.join(" · "))}</span>
    }
}

/// One entry; the device draws its own in the same way until the server has them.
pub(super) fn entry(entry: &EntryRow) -> impl IntoView + use<> {
    let at = vietnam(entry.written_at).format("%H:%M").to_string();
    let tone = match entry.kind {
        EntryKind::Conclusion => "good",
        EntryKind::Task => "measure",
        EntryKind::Remark | EntryKind::Opinion => "plain",
    };
    let late = entry.late.then_some(" · gửi sau khi kết thúc");
    view! {
        <li data-entry=entry.entry.to_string()>
            <Chip tone text=entry.kind.label()/>
            <span class="room-text">{entry.text.clone()}</span>
            <span class="muted small room-by">{format!("{} · {at}", entry.name)}{late}</span>
        </li>
    }
}

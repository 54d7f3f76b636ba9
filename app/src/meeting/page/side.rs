//! The cap that is always in sight, and the list of those whom the meeting goes through.

use leptos::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::format::{percent, score};
use crate::meeting::wire::{Cap, Room, Subject};
use crate::ui::{LevelChip, Meter, MeterTone};

/// Cap and list.
#[component]
pub(super) fn Side(room: Room, shown: Option<Uuid>) -> impl IntoView {
    let subjects = &room.figures.subjects;
    let caps = room.figures.caps.iter().map(cap).collect_view();
    let done = subjects.iter().filter(|one| one.concluded).count();
    let counted = subjects.iter().any(|one| one.seen).then(|| {
        view! { <p class="room-done"><span>"Đã kết luận "</span><b class="num">{format!("{done} / {}", subjects.len())}</b></p> }
    });
    let rows = subjects
        .iter()
        .enumerate()
        .map(|(at, one)| row(one, at + 1, shown == Some(one.id)))
        .collect_view();
    view! {
        <aside class="room-side">
            <div class="room-caps" data-part="caps">{counted} {caps}</div>
            <nav aria-label="Danh sách trình bày"><ol class="room-list" data-part="list">{rows}</ol></nav>
        </aside>
    }
}

fn cap(cap: &Cap) -> impl IntoView + use<> {
    let (standing, most) = (Decimal::from(cap.standing), Decimal::from(cap.most));
    let over = cap.standing > cap.most;
    let value = percent(standing, most).unwrap_or(if over {
        Decimal::ONE_HUNDRED
    } else {
        Decimal::ZERO
    });
    let tone = if over {
        MeterTone::Risk
    } else {
        MeterTone::Good
    };
    let words = if over {
        format!("vượt {}", cap.standing - cap.most)
    } else if cap.most == 0 {
        "chưa có suất".to_owned()
    } else {
        format!("còn {}", cap.most - cap.standing)
    };
    let label = format!("Suất xuất sắc, {}", cap.name);
    view! {
        <div class="room-cap" title=format!("Tối đa tính trên {} từ mức tốt trở lên (khoản 5 Điều 20)", cap.base)>
            <p><span>{format!("Xuất sắc · {}", cap.name)}</span><b class="num">{format!("{} / {}", cap.standing, cap.most)}</b><span class="muted">{words}</span></p>
            <Meter value tone=Signal::stored(tone) label/>
        </div>
    }
}

fn row(one: &Subject, number: usize, current: bool) -> impl IntoView + use<> {
    let figures = one.seen.then(|| {
        view! { <span class="room-figures"><b class="num">{score(one.score)}</b><LevelChip level=one.level/></span> }
    });
    let done = one
        .concluded
        .then(|| view! { <span class="room-tick" aria-hidden="true">"✓"</span><span class="visually-hidden">"đã kết luận"</span> });
    view! {
        <li>
            <a href=format!("?subject={}", one.id) data-go=one.id.to_string() aria-current=current.then_some("true")>
                <span class="room-number num">{number}</span>
                <span class="grow"><Named name=one.name.clone() number/>{done}</span>
                {figures}
            </a>
        </li>
    }
}

/// A name, and what stands for it while names are hidden.
#[component]
pub(super) fn Named(#[prop(into)] name: String, number: usize) -> impl IntoView {
    view! { <b class="room-name">{name}</b><b class="room-alias">{format!("Số {number}")}</b> }
}

//! The parts of a review that are only read: the list, the head, the three figures, where the difference comes from.

use kpi::review::SheetStatus;
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::why_link;
use crate::format::{number, percent, score};
use crate::review::wire::{ComponentRow, ListedPerson, ReviewView};
use crate::ui::{Avatar, Chip, Figure, LevelChip, Meter, MeterTone, WhyDetails};

/// The people whom the superior goes through, in the order of given names.
#[component]
pub fn People(data: ReviewView) -> impl IntoView {
    if data.people.is_empty() {
        return None;
    }
    let all = data.people.len();
    let done = data
        .people
        .iter()
        .filter(|person| person.status.is_concluded())
        .count();
    let share = percent(Decimal::from(done), Decimal::from(all)).unwrap_or_default();
    let rows = data
        .people
        .iter()
        .map(|person| row(person, &data))
        .collect_view();
    Some(view! {
        <nav class="card review-people" aria-label="Những người bạn đánh giá">
            <div class="card-body">
                <p><b>{format!("Đã kết luận {done} / {all}")}</b></p>
                <Meter value=share tone=MeterTone::Good label="Phiếu đã kết luận"/>
            </div>
            <ul class="rows">{rows}</ul>
        </nav>
    })
}

fn row(person: &ListedPerson, data: &ReviewView) -> impl IntoView + use<> {
    let link = format!("/review/{}?period={}", person.officer, data.sheet.period);
    let current = (person.officer == data.sheet.officer).then_some("page");
    let concluded = person
        .status
        .is_concluded()
        .then(|| view! { <Chip tone="good" text="✓ đã kết luận"/> });
    let sent = (person.status == SheetStatus::SelfAssessed)
        .then(|| view! { <Chip tone="risk" text="đã gửi"/> });
    let waiting = (person.waiting > 0)
        .then(|| view! { <Chip tone="risk" text=format!("{} chờ", person.waiting)/> });
    view! {
        <li data-key=person.officer.to_string()>
            <a href=link aria-current=current>
                <Avatar name=person.name.clone()/>
                <span class="grow"><b>{person.name.clone()}</b><span class="meter-words">{person.title.clone()}</span></span>
                <span class="review-state"><b class="num">{score(person.score)}</b><LevelChip level=person.level/>{concluded}{sent}{waiting}</span>
            </a>
        </li>
    }
}

/// Who it is, and the way to the one before and the next.
#[component]
pub fn Head(data: ReviewView) -> impl IntoView {
    let sheet = &data.sheet;
    let at = data
        .people
        .iter()
        .position(|person| person.officer == sheet.officer);
    let link =
        |person: &ListedPerson| format!("/review/{}?period={}", person.officer, sheet.period);
    let before = at
        .and_then(|at| data.people.get(at.checked_sub(1)?))
        .map(|person| view! { <a class="button" rel="prev" href=link(person) aria-label=format!("Người trước: {}", person.name)>"‹ Trước"</a> });
    let after = at
        .and_then(|at| data.people.get(at + 1))
        .map(|person| view! { <a class="button" rel="next" href=link(person) aria-label=format!("Người tiếp theo: {}", person.name)>"Tiếp ›"</a> });
    let about = format!(
        "{} · {} · {} việc · {} quy đổi",
        sheet.title,
        sheet.unit,
        data.assignments,
        number(data.assigned, 2)
    );
    let unit = format!("/unit?unit={}&period={}", data.unit, sheet.period);
    let print = format!("/sheet/{}?period={}", sheet.officer, sheet.period);
    let month = format!("/month/{}?period={}", sheet.officer, sheet.period);
    let why = why_link(sheet);
    view! {
        <header class="page-head">
            <p class="page-back"><a href=unit>{format!("‹ {} · {}", sheet.unit, sheet.period.label())}</a></p>
            <h1 class="person"><Avatar name=sheet.name.clone() large=true/><span>{sheet.name.clone()}</span></h1>
            <p class="muted">{about}</p>
            <div class="toolbar">
                <a class="button" data-tone="quiet" href=month>"Xem công việc"</a>
                <a class="button" data-tone="quiet" href=print>"Phiếu Mẫu số 01"</a>
                <a class="button" data-tone="quiet" href=why("self")>"So với tự đánh giá"</a>
                <a class="button" data-tone="quiet" href=why(&sheet.period.previous().to_string())>"So với tháng trước"</a>
                {before} {after}
            </div>
        </header>
    }
}

/// What the officer claims, what was computed, what is concluded.
#[component]
pub fn Figures(data: ReviewView) -> impl IntoView {
    let sheet = &data.sheet;
    let sent = sheet.status != SheetStatus::Draft;
    let own = if sent { sheet.own_total } else { data.reported };
    let said = if sent {
        "Cá nhân tự chấm"
    } else {
        "Cá nhân đang tự chấm, chưa gửi"
    };
    let concluded = sheet.status.is_concluded();
    let (level, confirmed_level) = (data.level, sheet.confirmed_level);
    let state = if concluded {
        view! { <LevelChip level=confirmed_level/> }.into_any()
    } else {
        view! { <Chip tone="plain" text="Chưa kết luận"/> }.into_any()
    };
    view! {
        <div class="grid-3">
            <div class="card"><div class="card-body"><Figure label=said value=score(own) of="/ 100"/></div></div>
            <div class="card"><div class="card-body">
                <Figure label="Hệ thống tính từ sản phẩm đã nghiệm thu" value=score(data.accepted) of="/ 100"><LevelChip level/></Figure>
            </div></div>
            <div class="card"><div class="card-body">
                <Figure label="Cấp có thẩm quyền kết luận" value=score(sheet.confirmed_total) of="/ 100">{state}</Figure>
            </div></div>
        </div>
    }
}

/// Where the difference between what is reported and what was accepted comes from, in words and with the formula.
#[component]
pub fn Difference(data: ReviewView) -> impl IntoView {
    let own = data.sheet.own_total.or(data.reported);
    let chip = own.zip(data.accepted).map(|(own, accepted)| {
        let difference = accepted - own;
        let tone = if difference < Decimal::ZERO { "risk" } else { "plain" };
        let sign = if difference > Decimal::ZERO { "+" } else { "" };
        view! { <Chip tone text=format!("{sign}{} điểm", number(difference, 2).replace('-', "−"))/> }
    });
    let none = data.accepted.is_none();
    let rows = data.components.iter().map(component).collect_view();
    let lines = data
        .formula
        .iter()
        .map(|step| view! { <p class="formula">{step.formula.clone()}</p> })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="difference">
            <header><h2 id="difference">"Chênh lệch đến từ đâu"</h2>{chip}</header>
            <div class="card-body stack">
                {none.then(|| view! { <p class="notice" data-tone="plain">"Chưa đủ dữ liệu để có điểm: chưa có việc được giao theo kế hoạch."</p> })}
                <div class="review-difference">{rows}</div>
                {lines}
                <WhyDetails sentences=data.formula.clone() subject="tổng điểm được tính như vậy"/>
            </div>
        </section>
    }
}

fn component(row: &ComponentRow) -> impl IntoView + use<> {
    let reported = if row.reported == row.percent {
        String::new()
    } else {
        format!("tự báo {}% · ", number(row.reported, 1))
    };
    let reasons = format!("{reported}{}", row.reasons.join(" · "));
    view! {
        <b>{row.name.clone()}</b>
        <Meter value=row.percent second=Signal::stored(row.reported) label=row.name.clone()/>
        <span class="num">{format!("{}%", number(row.percent, 1))}</span>
        <span class="muted small">{reasons}</span>
    }
}

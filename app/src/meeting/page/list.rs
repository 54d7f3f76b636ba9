//! The meetings that one takes part in, and the form that opens one.

use chrono::Datelike;
use kpi::period::Period;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::meeting::api::{OpenMeeting, load_meetings};
use crate::meeting::wire::{MeetingKind, MeetingLine, Meetings};
use crate::ui::{
    Chip, Empty, Field, PostForm, RefusalNotice, ask, refusal_of, refused_in, shown, typed_in,
};

/// The list of meetings.
#[component]
pub fn MeetingsPage() -> impl IntoView {
    let loaded = ask(|| (), |()| load_meetings());
    view! {
        <Title text="Họp"/>
        {Suspend::new(async move { shown(loaded.await, |data| view! { <Body data/> }) })}
    }
}

#[component]
fn Body(data: Meetings) -> impl IntoView {
    let holds = !data.units.is_empty();
    let (running, past): (Vec<_>, Vec<_>) = data
        .meetings
        .iter()
        .cloned()
        .partition(|line| line.ended.is_empty());
    let nothing = running.is_empty().then(|| {
        let way = if holds {
            "Mở một cuộc họp ở bên dưới; mọi máy của đơn vị sẽ thấy tại đây."
        } else {
            "Khi người chủ trì mở họp, cuộc họp hiện tại đây."
        };
        view! { <Empty text="Không có cuộc họp nào đang diễn ra."><p class="muted">{way}</p></Empty> }
    });
    let running = running.iter().map(running_row).collect_view();
    let past = (!past.is_empty()).then(|| {
        let rows = past.iter().map(past_row).collect_view();
        view! {
            <section class="card" aria-labelledby="past">
                <header><h2 id="past">"Đã họp"</h2></header>
                <ul class="rows">{rows}</ul>
            </section>
        }
    });
    view! {
        <header class="page-head">
            <h1>"Họp"</h1>
            <p class="muted">"Một người trình bày, các máy khác đi theo; ghi chép thành biên bản."</p>
        </header>
        <section class="card" aria-labelledby="running">
            <header><h2 id="running">"Đang họp"</h2></header>
            {nothing}
            <ul class="rows">{running}</ul>
        </section>
        {holds.then(|| view! { <Opening data/> })}
        {past}
    }
}

fn running_row(line: &MeetingLine) -> impl IntoView + use<> {
    let href = format!("/meeting/{}", line.meeting);
    let presenter = if line.presenter.is_empty() {
        "chưa có người trình bày".to_owned()
    } else {
        format!("{} trình bày", line.presenter)
    };
    view! {
        <li data-key=line.meeting.to_string()>
            <span class="grow"><b>{line.title.clone()}</b><span class="meter-words">{format!("Bắt đầu {} · {presenter}", line.started)}</span></span>
            <a class="button" data-tone="act" href=href aria-label=format!("Vào họp: {}", line.title)>"Vào họp"</a>
        </li>
    }
}

fn past_row(line: &MeetingLine) -> impl IntoView + use<> {
    let href = format!("/meeting/{}/minutes", line.meeting);
    let (tone, words) = match line.signed {
        Some(true) => ("good", "✓ biên bản đã ký"),
        _ => ("risk", "biên bản chưa ký"),
    };
    view! {
        <li data-key=line.meeting.to_string()>
            <span class="grow"><b>{line.title.clone()}</b><span class="meter-words">{format!("{} – {}", line.started, line.ended)}</span></span>
            <Chip tone text=words/>
            <a class="button" href=href aria-label=format!("Biên bản: {}", line.title)>"Biên bản"</a>
        </li>
    }
}

/// What to meet about.
#[component]
fn Opening(data: Meetings) -> impl IntoView {
    let refusal = refusal_of::<OpenMeeting>();
    let kinds = MeetingKind::ALL
        .into_iter()
        .map(|kind| view! { <option value=kind.code()>{kind.label()}</option> })
        .collect_view();
    let units = data
        .units
        .iter()
        .map(|unit| {
            let indent = "\u{2003}".repeat(usize::try_from(unit.depth).unwrap_or(0));
            view! { <option value=unit.unit.to_string()>{format!("{indent}{}", unit.name)}</option> }
        })
        .collect_view();
    let month = Period::of(data.today).map_or_else(|_| String::new(), |period| period.to_string());
    let typed = move |field, usual: String| {
        move || typed_in(refusal, field)().unwrap_or_else(|| usual.clone())
    };
    view! {
        <section class="card" aria-labelledby="opening">
            <header><h2 id="opening">"Mở cuộc họp"</h2></header>
            <div class="card-body">
                <PostForm<OpenMeeting>>
                    <div class="stack">
                        <RefusalNotice refusal/>
                        <div class="form-grid">
                            <Field label="Loại cuộc họp" name="kind"><select id="kind" name="kind">{kinds}</select></Field>
                            <Field label="Đơn vị" name="unit"><select id="unit" name="unit">{units}</select></Field>
                            <Field label="Tháng" name="period" hint="Họp năm không dùng ô này; so sánh đơn vị cả năm thì để trống.">
                                <input id="period" name="period" type="month" aria-describedby="period-hint" value=typed("period", month) aria-invalid=refused_in(refusal, "period")/>
                            </Field>
                            <Field label="Năm" name="year" hint="Cho họp xếp loại năm và so sánh cả năm.">
                                <input id="year" name="year" inputmode="numeric" maxlength="4" aria-describedby="year-hint" value=typed("year", data.today.year().to_string()) aria-invalid=refused_in(refusal, "year")/>
                            </Field>
                        </div>
                        <div class="form-actions"><button class="button" data-tone="act">"Mở cuộc họp"</button></div>
                    </div>
                </PostForm<OpenMeeting>>
            </div>
        </section>
    }
}

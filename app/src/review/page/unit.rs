//! The month of a unit: who needs the head today, whether the unit is on its way, everybody's bars.

use kpi::level::Level;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::unit_people::{PeopleCards, PeopleTable};
use crate::format::{number, percent, score};
use crate::live::Follow;
use crate::review::api::load_unit;
use crate::review::wire::{PersonRow, UnitChoice, UnitMonth};
use crate::ui::{
    Downloads, Empty, Meter, MeterTone, Pager, PeriodSwitch, Segmented, ask, query_link, shown,
};

/// The month of a unit, for its head, deputies, leaders and the personnel office.
#[component]
pub fn UnitPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move |key: &str| query.read().get(key).unwrap_or_default();
    let month = ask(
        move || (asked("unit"), asked("period"), asked("page")),
        |(unit, period, page)| load_unit(unit, period, page.parse().unwrap_or(1)),
    );
    let cards = Signal::derive(move || asked("view") == "cards");
    view! {
        <Title text="Đơn vị"/>
        {Suspend::new(async move {
            shown(month.await, |month| {
                let people = month.people.iter().map(|person| person.officer).collect();
                view! {
                    <Follow officers=people units=vec![month.unit]/>
                    <UnitBody month cards/>
                }
            })
        })}
    }
}

#[component]
fn UnitBody(month: UnitMonth, cards: Signal<bool>) -> impl IntoView {
    let expected = Decimal::from(month.days.percent());
    let own = month.people.iter().filter(|person| person.heads.is_none());
    let lead = format!(
        "{} người · {} việc · ngày làm việc {} / {} (vạch đứng: tiến độ kỳ vọng {}%)",
        own.count(),
        month.figures.assignments,
        month.days.done,
        month.days.total,
        month.days.percent()
    );
    let period = month.period;
    let first = month
        .people
        .iter()
        .find(|person| person.decides)
        .map(|person| format!("/review/{}?period={period}", person.officer));
    let assign = format!("/unit/assign?unit={}&period={period}", month.unit);
    let page_link = query_link("page");
    let closed = month
        .closed
        .map(|closed| view! { <p class="notice" data-tone="plain">{format!("{} {}: số liệu không thay đổi nữa.", period.label(), closed.label())}</p> });
    let list = month.people.clone();
    let people = move || {
        let people = list.clone();
        if cards.get() {
            view! { <PeopleCards people period expected/> }.into_any()
        } else {
            view! { <PeopleTable people period expected/> }.into_any()
        }
    };
    let view_name = Signal::derive(move || if cards.get() { "cards" } else { "table" }.to_owned());
    let nobody = month.people.is_empty();
    view! {
        <header class="page-head">
            <h1>{month.name.clone()}</h1>
            <p class="muted">{lead}</p>
            <div class="toolbar">
                <PeriodSwitch period/>
                <UnitSwitch units=month.units.clone() unit=month.unit period=period.to_string()/>
                {month.assigns.then(|| view! { <a class="button" data-tone="act" href=assign>"Giao việc"</a> })}
                {first.map(|first| view! { <a class="button" href=first>"Mở họp đánh giá"</a> })}
                <Downloads href={format!("/report/unit/{period}/{}", month.unit)} words="Tải bảng tổng hợp"/>
                <a class="button" rel="external" href={format!("/report/unit-sheets/{period}/{}.pdf", month.unit)}>"Tải phiếu cả đơn vị (PDF)"</a>
            </div>
        </header>
        {closed}
        <Exceptions people=month.people.clone() period=period.to_string()/>
        <Cards month=month.clone() expected/>
        <section class="card">
            <header>
                <h2>"Cán bộ, công chức"</h2>
                <Segmented label="Cách xem" key="view" options=vec![("table", "Bảng"), ("cards", "Thẻ")] current=view_name/>
            </header>
            {if nobody {
                view! {
                    <Empty text="Đơn vị chưa có ai giữ vị trí trong tháng này.">
                        <a class="button" href="/organisation">"Xem tổ chức"</a>
                    </Empty>
                }.into_any()
            } else {
                people.into_any()
            }}
            <Pager page=month.page per_page=month.per_page found=month.found rows="người" href=move |page| page_link(&page.to_string())/>
        </section>
    }
}

/// A plain form, so that switching needs no WASM.
#[component]
fn UnitSwitch(units: Vec<UnitChoice>, unit: Uuid, period: String) -> impl IntoView {
    (units.len() > 1).then(|| {
        let options = units
            .into_iter()
            .map(|choice| {
                let indent = "\u{2003}".repeat(usize::try_from(choice.depth).unwrap_or(0));
                view! { <option value=choice.unit.to_string() selected=choice.unit == unit>{format!("{indent}{}", choice.name)}</option> }
            })
            .collect_view();
        view! {
            <form class="row" method="get" action="/unit">
                <input type="hidden" name="period" value=period/>
                <label class="visually-hidden" for="unit">"Đơn vị"</label>
                <select id="unit" name="unit">{options}</select>
                <button class="button">"Xem"</button>
            </form>
        }
    })
}

/// "Ai cần bạn hôm nay": what waits for the viewer, in words that name the person and the number.
#[component]
fn Exceptions(people: Vec<PersonRow>, period: String) -> impl IntoView {
    let mine = people.iter().filter(|person| person.decides);
    let mut lines: Vec<(&'static str, String, String, String)> = Vec::new();
    for person in mine.clone() {
        let link = format!("/review/{}?period={period}", person.officer);
        let mut waits = Vec::new();
        if person.waiting > 0 {
            waits.push(format!("{} sản phẩm chờ nghiệm thu", person.waiting));
        }
        if person.causes > 0 {
            waits.push(format!(
                "{} đề nghị xác nhận nguyên nhân khách quan",
                person.causes
            ));
        }
        if person.status == kpi::review::SheetStatus::SelfAssessed {
            waits.push("đã gửi tự đánh giá, chờ xác nhận".to_owned());
        }
        if !waits.is_empty() {
            lines.push(("risk", person.name.clone(), waits.join("; "), link));
        }
    }
    for person in people.iter().filter(|person| person.overdue > 0) {
        let link = format!("/month/{}?period={period}", person.officer);
        lines.push((
            "bad",
            person.name.clone(),
            format!("{} việc quá hạn", person.overdue),
            link,
        ));
    }
    let more = lines.len().saturating_sub(8);
    let items = lines
        .into_iter()
        .take(8)
        .map(|(tone, name, what, link)| {
            view! { <li class="notice" data-tone=tone><p><a href=link><b>{name}</b></a>": " {what}"."</p></li> }
        })
        .collect_view();
    let empty = items.is_empty();
    view! {
        <section class="unit-exceptions" aria-labelledby="exceptions">
            <h2 id="exceptions">"Ai cần bạn hôm nay"</h2>
            {if empty {
                view! { <p class="notice" data-tone="good">"Không có gì chờ bạn quyết định, không việc nào quá hạn."</p> }.into_any()
            } else {
                view! { <ul class="notice-list">{items}</ul> }.into_any()
            }}
            {(more > 0).then(|| view! { <p class="muted">{format!("Và {more} dòng khác trong bảng dưới đây.")}</p> })}
        </section>
    }
}

#[component]
fn Cards(month: UnitMonth, expected: Decimal) -> impl IntoView {
    let figures = month.figures;
    let mean = figures.mean.unwrap_or_default();
    let tone = match figures.level {
        None => MeterTone::Measure,
        Some(Level::Excellent | Level::Good) => MeterTone::Good,
        Some(Level::Completed) => MeterTone::Risk,
        Some(Level::NotCompleted) => MeterTone::Bad,
    };
    let volume = percent(figures.volume, figures.assigned).unwrap_or_default();
    let own = || month.people.iter().filter(|person| person.heads.is_none());
    let overdue: u32 = own().map(|person| person.overdue).sum();
    let late = own().filter(|person| person.overdue > 0).count();
    let waiting = share_of(figures.waiting, figures.assignments);
    let overdue_share = share_of(overdue, figures.assignments);
    view! {
        <div class="grid-4">
            <FigureCard label="Điểm trung bình tạm tính" value=score(figures.mean) of=format!("/ 100 · {} người có điểm", figures.scored)>
                <Meter value=mean tone label="Điểm trung bình của đơn vị"/>
            </FigureCard>
            <FigureCard label="Khối lượng hoàn thành" value=number(figures.volume, 1) of=format!("/ {} quy đổi", number(figures.assigned, 1))>
                <Meter value=volume mark=Signal::stored(expected) label="Khối lượng hoàn thành"/>
            </FigureCard>
            <FigureCard label="Chờ nghiệm thu" value=figures.waiting.to_string() of="sản phẩm">
                <Meter value=waiting tone=MeterTone::Risk label="Sản phẩm chờ nghiệm thu so với số việc"/>
            </FigureCard>
            <FigureCard label="Quá hạn" value=overdue.to_string() of=format!("việc · {late} người")>
                <Meter value=overdue_share tone=MeterTone::Bad label="Việc quá hạn so với số việc"/>
            </FigureCard>
        </div>
    }
}

fn share_of(part: u32, whole: u32) -> Decimal {
    percent(Decimal::from(part), Decimal::from(whole)).unwrap_or_default()
}

#[component]
fn FigureCard(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(into)] of: String,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card">
            <div class="card-body figure-block">
                <p class="figure-label">{label}</p>
                <p class="figure-line"><span class="figure">{value}</span><span class="figure-of">{of}</span></p>
                {children()}
            </div>
        </section>
    }
}

//! The page of periods: the months with their state, and the chosen one with its steps, dates and what is missing.

mod announce;
mod dates;

use kpi::period::life::{PeriodAction, PeriodStatus};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use self::announce::{AnnounceCard, AnnouncementsCard, LockCard};
use self::dates::{DatesCard, OpenCard, UnitsCard};
use super::api::{StepPeriod, load_periods};
use super::wire::{ChosenMonth, MonthLine, PeriodsView};
use crate::format::day;
use crate::ui::{
    Chip, Empty, Field, PeriodSwitch, PostForm, RefusalNotice, TextArea, ask, refusal_in, shown,
};

/// Months of assessment, for the personnel office.
#[component]
pub fn PeriodsPage() -> impl IntoView {
    let query = use_query_map();
    let view = ask(
        move || query.read().get("period").unwrap_or_default(),
        load_periods,
    );
    view! {
        <Title text="Kỳ đánh giá"/>
        {Suspend::new(async move { shown(view.await, |view| view! { <Body view/> }) })}
    }
}

#[component]
fn Body(view: PeriodsView) -> impl IntoView {
    let PeriodsView {
        months,
        chosen,
        today,
        key,
    } = view;
    let period = chosen.period;
    view! {
        <header class="page-head">
            <h1>"Kỳ đánh giá"</h1>
            <p class="muted">{format!("Hôm nay {}. Mở kỳ, chuyển bước, công bố và khóa từng tháng.", day(today))}</p>
            <div class="toolbar">
                <PeriodSwitch period/>
                <a class="button" href="/period/holidays">"Ngày nghỉ"</a>
            </div>
        </header>
        <div class="stack">
            <Chosen chosen key=key.to_string()/>
            <Months months/>
        </div>
    }
}

/// The state as a chip; its words say everything.
#[component]
fn StateChip(status: Option<PeriodStatus>) -> impl IntoView {
    let tone = match status {
        None | Some(PeriodStatus::Open | PeriodStatus::Locked) => "plain",
        Some(PeriodStatus::SelfAssessment) => "measure",
        Some(PeriodStatus::Confirmation) => "risk",
        Some(PeriodStatus::Announced) => "good",
    };
    let text = status.map_or("chưa mở", PeriodStatus::label);
    view! { <Chip tone text=crate::format::capital(text)/> }
}

#[component]
fn Chosen(chosen: ChosenMonth, key: String) -> impl IntoView {
    let ChosenMonth {
        line,
        period,
        proposed,
        lacks,
        units,
        unfinished,
        announcements,
    } = chosen;
    let Some(line) = line else {
        return view! { <OpenCard period proposed lacks/> }.into_any();
    };
    let status = line.status;
    let unfinished_all = line.sheets.draft + line.sheets.sent;
    view! {
        <section class="card" aria-labelledby="chosen">
            <header>
                <h2 id="chosen">{period.label()}</h2>
                <StateChip status=Some(status)/>
            </header>
            <div class="card-body stack">
                <p>{counts(&line)}</p>
                <Steps line=line.clone()/>
            </div>
        </section>
        {(status == PeriodStatus::Confirmation).then(|| view! {
            <AnnounceCard line=line.clone() units=units.clone() unfinished unfinished_all key=key.clone()/>
        })}
        {(status == PeriodStatus::Announced).then(|| view! { <LockCard line=line.clone() key/> })}
        {(!announcements.is_empty()).then(|| view! { <AnnouncementsCard signatures=announcements/> })}
        {(status < PeriodStatus::Announced).then(|| view! { <UnitsCard period units/> })}
        {(status != PeriodStatus::Locked).then(|| view! { <DatesCard line proposed/> })}
    }
    .into_any()
}

fn counts(line: &MonthLine) -> String {
    let sheets = line.sheets;
    format!(
        "{} phiếu chưa gửi · {} chờ xác nhận · {} đã xác nhận · {} đã công bố hoặc khóa",
        sheets.draft, sheets.sent, sheets.confirmed, sheets.told
    )
}

/// The steps that are neither announcing nor locking: one on, one back.
#[component]
fn Steps(line: MonthLine) -> impl IntoView {
    let (on, words) = match line.status {
        PeriodStatus::Open => (
            Some(PeriodAction::BeginSelfAssessment),
            "Bắt đầu tự đánh giá",
        ),
        PeriodStatus::SelfAssessment => (
            Some(PeriodAction::BeginConfirmation),
            "Chuyển sang xác nhận",
        ),
        _ => (None, ""),
    };
    let back = matches!(
        line.status,
        PeriodStatus::SelfAssessment | PeriodStatus::Confirmation
    );
    let (period, version) = (line.period.to_string(), line.version.to_string());
    let fields = move |action: PeriodAction| {
        view! {
            <input type="hidden" name="period" value=period.clone()/>
            <input type="hidden" name="version" value=version.clone()/>
            <input type="hidden" name="action" value=action.as_str()/>
        }
    };
    let again = fields.clone();
    let refused = Signal::stored(refusal_in::<StepPeriod>("step-on"));
    let kept = Signal::stored(refusal_in::<StepPeriod>("step-back"));
    let is_kept = kept.get_untracked().is_some();
    view! {
        {on.map(|on| view! {
            <PostForm<StepPeriod> id="step-on" said="Đã chuyển bước.">
                <RefusalNotice refusal=refused/>
                {fields(on)}
                <button class="button" data-tone="act">{words}</button>
            </PostForm<StepPeriod>>
        })}
        {back.then(|| view! {
            <details class="more" open=is_kept>
                <summary>"Lùi lại một bước"</summary>
                <PostForm<StepPeriod> id="step-back" said="Đã lùi lại một bước.">
                    <div class="stack">
                        <RefusalNotice refusal=kept/>
                        {again(PeriodAction::Reopen)}
                        <Field label="Lý do" name="back-reason">
                            <TextArea name="reason" id="back-reason" value="" maxlength=1000 required=true/>
                        </Field>
                        <div><button class="button">"Lùi lại"</button></div>
                    </div>
                </PostForm<StepPeriod>>
            </details>
        })}
    }
}

#[component]
fn Months(months: Vec<MonthLine>) -> impl IntoView {
    if months.is_empty() {
        return view! { <Empty text="Chưa mở kỳ nào. Hãy chọn tháng ở trên và mở kỳ đầu tiên."/> }
            .into_any();
    }
    let rows = months
        .into_iter()
        .map(|line| {
            let link = format!("/period?period={}", line.period);
            let said = line.dates.map_or_else(
                || "–".to_owned(),
                |dates| {
                    format!(
                        "Tự đánh giá {}–{}, xác nhận đến {}, công bố {}, khóa {}",
                        crate::format::short_day(dates.self_from),
                        crate::format::short_day(dates.self_until),
                        crate::format::short_day(dates.confirm_until),
                        crate::format::short_day(dates.announce_on),
                        crate::format::short_day(dates.lock_on)
                    )
                },
            );
            view! {
                <tr data-key=line.period.to_string()>
                    <th scope="row"><a href=link>{line.period.label()}</a></th>
                    <td><StateChip status=Some(line.status)/></td>
                    <td>{said}{line.automatic.then_some(" · tự chuyển bước")}</td>
                    <td class="num">{line.sheets.draft}</td>
                    <td class="num">{line.sheets.sent}</td>
                    <td class="num">{line.sheets.confirmed}</td>
                    <td class="num">{line.sheets.told}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="months">
            <header><h2 id="months">"Các kỳ đã mở"</h2></header>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Bảng các kỳ">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Kỳ"</th>
                            <th scope="col">"Trạng thái"</th>
                            <th scope="col">"Các mốc"</th>
                            <th scope="col" class="num">"Chưa gửi"</th>
                            <th scope="col" class="num">"Chờ xác nhận"</th>
                            <th scope="col" class="num">"Đã xác nhận"</th>
                            <th scope="col" class="num">"Công bố, khóa"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

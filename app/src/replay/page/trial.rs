//! The last closed months side by side: as they are stored, and as a rule set would have made them.

use kpi::level::Level;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use rust_decimal::Decimal;

use crate::format::{number, score};
use crate::replay::api::{Counts, PersonTried, Trial, Tried, try_rule_set};
use crate::ui::{Chip, Empty, LevelChip, ask, shown};

/// "Tháng 6 sẽ ra sao?": the stored months are not touched.
#[component]
pub fn TrialPage() -> impl IntoView {
    let params = use_params_map();
    let code = params.with_untracked(|params| params.get("code").unwrap_or_default());
    let loaded = ask(|| (), |()| try_rule_set(code));
    view! {
        <Title text="Thử bộ quy tắc"/>
        {Suspend::new(async move { shown(loaded.await, |trial| view! { <Months trial/> }) })}
    }
}

#[component]
fn Months(trial: Trial) -> impl IntoView {
    let back = format!("/rule-set/{}", trial.code);
    let months = trial
        .months
        .iter()
        .map(|month| view! { <MonthCard month=month.clone()/> })
        .collect_view();
    view! {
        <header class="page-head">
            <p><a href=back>"← "{trial.name.clone()}</a></p>
            <h1>"Nếu đã áp dụng bộ quy tắc này"</h1>
            <p class="muted">"Các tháng đã khóa gần nhất được tính lại từ dữ liệu đang lưu. Điểm đã khóa giữ nguyên, không có gì được lưu."</p>
        </header>
        {if trial.months.is_empty() {
            view! {
                <Empty text="Chưa có tháng nào đã khóa để thử.">
                    <p>"Bộ quy tắc thử được khi cơ quan đã khóa ít nhất một tháng."</p>
                </Empty>
            }.into_any()
        } else {
            view! { <div class="trial-months">{months}</div> }.into_any()
        }}
    }
}

type Count = fn(&Counts) -> u32;

const LEVELS: [(Level, Count); 4] = [
    (Level::Excellent, |counts| counts.excellent),
    (Level::Good, |counts| counts.good),
    (Level::Completed, |counts| counts.completed),
    (Level::NotCompleted, |counts| counts.not_completed),
];

#[component]
fn MonthCard(month: Tried) -> impl IntoView {
    let id = format!("month-{}", month.period);
    let heading = id.clone();
    let title = month.period.label();
    let levels = LEVELS
        .into_iter()
        .map(|(level, count)| {
            let (before, after) = (count(&month.before), count(&month.after));
            view! {
                <tr>
                    <th scope="row">{level.short()}</th>
                    <td class="num">{before}</td>
                    <td class="num">{after}</td>
                    <td class="num">{signed(i64::from(after) - i64::from(before))}</td>
                </tr>
            }
        })
        .collect_view();
    let (before, after) = (mean(&month.before), mean(&month.after));
    let change = before.zip(after).map(|(before, after)| after - before);
    let people = month
        .people
        .iter()
        .map(|person| view! { <PersonLine person=person.clone()/> })
        .collect_view();
    let named = month.people.len();
    view! {
        <section class="card" aria-labelledby=id data-period=month.period.to_string()>
            <header>
                <h2 id=heading>{title}</h2>
                <Chip tone="plain" text=format!("{} người đổi điểm", month.moved)/>
            </header>
            <div class="card-body stack">
                <p class="small muted">{format!("Đã chấm theo: {}", month.rules.join("; "))}</p>
                {month.converted.then(|| view! {
                    <p class="notice" data-tone="plain">"Tiêu chí chung hoặc mức đ, e của bộ quy tắc này khác: điểm tiêu chí chung được giữ theo tỷ lệ đã đạt, mức đ, e lấy mức thấp hơn gần nhất."</p>
                })}
                <table class="trial-levels">
                    <caption class="visually-hidden">{format!("{}: đang lưu và nếu áp dụng", month.period.label())}</caption>
                    <thead><tr>
                        <th scope="col">"Chỉ số"</th><th scope="col" class="num">"Đang lưu"</th><th scope="col" class="num">"Nếu áp dụng"</th><th scope="col" class="num">"Thay đổi"</th>
                    </tr></thead>
                    <tbody>
                        <tr>
                            <th scope="row">"Điểm trung bình"</th>
                            <td class="num" data-figure="before">{score(before)}</td>
                            <td class="num" data-figure="after"><b>{score(after)}</b></td>
                            <td class="num">{change.map_or_else(|| "–".to_owned(), plus)}</td>
                        </tr>
                        {levels}
                    </tbody>
                </table>
                {(named > 0).then(|| view! {
                    <details open=named <= 5>
                        <summary>{format!("{named} người đổi nhiều nhất")}</summary>
                        <ul class="rows">{people}</ul>
                    </details>
                })}
            </div>
        </section>
    }
}

fn mean(counts: &Counts) -> Option<Decimal> {
    counts
        .sum
        .checked_div(Decimal::from(counts.scored))
        .map(|mean| kpi::number::round_half_up(mean, 2))
}

fn signed(change: i64) -> String {
    match change {
        0 => "–".to_owned(),
        more if more > 0 => format!("+{more}"),
        fewer => format!("−{}", fewer.abs()),
    }
}

fn plus(change: Decimal) -> String {
    if change.is_zero() {
        "–".to_owned()
    } else if change.is_sign_negative() {
        format!("−{}", number(change.abs(), 2))
    } else {
        format!("+{}", number(change, 2))
    }
}

#[component]
fn PersonLine(person: PersonTried) -> impl IntoView {
    let other = person.before_level != person.after_level;
    view! {
        <li class="trial-person">
            <span><b>{person.name}</b><br/><span class="small muted">{person.unit}</span></span>
            <span class="num">{format!("{} → {}", number(person.before, 2), number(person.after, 2))}</span>
            {other.then(|| view! { <span class="row"><LevelChip level=Some(person.before_level)/>" → "<LevelChip level=Some(person.after_level)/></span> })}
        </li>
    }
}

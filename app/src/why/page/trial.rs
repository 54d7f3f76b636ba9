//! "Nếu thì": the score as the reader moves what it depends on, computed in the browser by the same rules. An island:
//! it begins with the rules and the input of the month, and sends nothing anywhere.

use kpi::RuleError;
use kpi::number::parse_plain;
use kpi::rule_set::DelayUnit;
use kpi::scoring::{Outcome, score};
use kpi::trace::StepKey;
use kpi::wording::formula;
use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::format;
use crate::ui::{Bands, Chip, LevelChip};
use crate::why::trial::{Change, ItemChange, room, signed};
use crate::why::wire::Start;

/// Most faults that the buttons reach.
const MOST_FAULTS: u32 = 20;

/// Sliders and buttons on one side, the score and the formulas that change on the other.
#[island]
pub fn Trial(
    /// The rules and the input of the month.
    start: Start,
) -> impl IntoView {
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let change = RwSignal::new(Change::none(&start));
    let begun = score(&start.rules, &start.input);
    let start = StoredValue::new(start);
    let now = Memo::new(move |_| {
        start.with_value(|start| score(&start.rules, &change.with(|change| change.applied(start))))
    });
    let reset = move |_| change.set(start.with_value(Change::none));
    let leader = start.with_value(|start| start.input.leadership.is_some());
    view! {
        <section class="card why-trial no-print" id="thu" aria-labelledby="why-trial">
            <header>
                <h2 id="why-trial">"Thử thay đổi"</h2>
                <button type="button" class="button" on:click=reset disabled=move || !awake.get()>"Về như ban đầu"</button>
            </header>
            <div class="card-body stack">
                <p class="notice" data-tone="plain">"Chỉ là tính thử trong trình duyệt của bạn, theo đúng bộ quy tắc của tháng này. Không có gì được lưu hay gửi đi."</p>
                {move || (!awake.get()).then(|| view! {
                    <p class="notice" data-tone="risk">"Phần này cần chạy script của trang. Khi script chưa chạy, ở đây chỉ hiện điểm ban đầu."</p>
                })}
                <div class="grid-2">
                    <fieldset class="stack" disabled=move || !awake.get()>
                        <legend>"Nếu"</legend>
                        <Items start change/>
                        <Common start change/>
                        {leader.then(|| view! { <Leadership start change/> })}
                    </fieldset>
                    <Answered begun now/>
                </div>
            </div>
        </section>
    }
}

#[component]
fn Items(start: StoredValue<Start>, change: RwSignal<Change>) -> impl IntoView {
    let chosen = RwSignal::new(0_usize);
    let names: Vec<String> = start.with_value(|start| {
        let named = |(at, title): (usize, Option<&String>)| match title {
            Some(title) => format!("{}. {title}", at + 1),
            None => format!("Nhiệm vụ thứ {}", at + 1),
        };
        let titles = start.input.items.iter().map(|item| item.title.as_ref());
        titles.enumerate().map(named).collect()
    });
    if names.is_empty() {
        return view! { <p class="muted">"Tháng này chưa có việc nào được giao."</p> }.into_any();
    }
    let options = names
        .into_iter()
        .enumerate()
        .map(|(at, name)| view! { <option value=at.to_string()>{name}</option> })
        .collect_view();
    let choose = move |event| {
        if let Ok(at) = event_target_value(&event).parse() {
            chosen.set(at);
        }
    };
    let of = move || {
        let at = chosen.get();
        change.with(|change| change.items.get(at).copied())
    };
    let set = move |edit: &dyn Fn(&mut ItemChange)| {
        let at = chosen.get_untracked();
        change.update(|change| {
            if let Some(item) = change.items.get_mut(at) {
                edit(item);
            }
        });
    };
    let most = move || {
        let at = chosen.get();
        start.with_value(|start| start.input.items.get(at).map_or(Decimal::ZERO, room))
    };
    let quantity = Signal::derive(move || of().map_or(Decimal::ZERO, |item| item.quantity));
    let failed = Signal::derive(move || of().map_or(0, |item| item.failed_reviews));
    let delays = Signal::derive(move || of().map_or(0, |item| item.delays));
    let late = start.with_value(|start| match start.rules.deductions.delay_unit {
        DelayUnit::MissedDates => "Lần chậm",
        DelayUnit::WorkingDays => "Ngày làm việc chậm",
    });
    view! {
        <div class="field">
            <label for="why-item">"Công việc"</label>
            <select id="why-item" on:change=choose>{options}</select>
        </div>
        <Slider id="why-quantity" label="Số lượng hoàn thành" value=quantity most=Signal::derive(most)
            moved=Callback::new(move |to| set(&|item| item.quantity = to))/>
        <Count label=late value=delays moved=Callback::new(move |to| set(&|item| item.delays = to))/>
        <Count label="Lần đánh giá chưa đạt" value=failed moved=Callback::new(move |to| set(&|item| item.failed_reviews = to))/>
    }
    .into_any()
}

#[component]
fn Common(start: StoredValue<Start>, change: RwSignal<Change>) -> impl IntoView {
    let most = start.with_value(|start| {
        start
            .rules
            .criteria
            .iter()
            .map(|row| row.max)
            .sum::<Decimal>()
    });
    let value = Signal::derive(move || change.with(|change| change.common));
    view! {
        <Slider id="why-common" label="Điểm tiêu chí chung" value most=Signal::stored(most)
            moved=Callback::new(move |to| change.update(|change| change.common = to))/>
    }
}

/// đ and e, as the rules allow them.
#[component]
fn Leadership(start: StoredValue<Start>, change: RwSignal<Change>) -> impl IntoView {
    type Read = fn(&mut Change) -> &mut Option<u32>;
    let part = move |name: &'static str, legend: &'static str, read: Read| {
        let begun = start.with_value(|start| *read(&mut Change::none(start)));
        let picks = start
            .with_value(|start| start.rules.leadership.allowed.clone())
            .into_iter()
            .map(|percent| {
                let chosen = move || change.with(|change| *read(&mut change.clone())) == Some(percent);
                let pick = move |_| change.update(|change| *read(change) = Some(percent));
                view! {
                    <label>
                        <input type="radio" name=name value=percent.to_string() checked=begun == Some(percent) prop:checked=chosen on:change=pick/>
                        {format!("{percent} %")}
                    </label>
                }
            })
            .collect_view();
        view! { <fieldset class="stack"><legend>{legend}</legend><div class="picks">{picks}</div></fieldset> }
    };
    view! {
        {part("why-organising", "đ. Khả năng tổ chức triển khai", |change| &mut change.organising)}
        {part("why-unity", "e. Năng lực tập hợp, đoàn kết", |change| &mut change.unity)}
    }
}

/// A native slider with its value beside it: the arrow keys move it one step.
#[component]
fn Slider(
    id: &'static str,
    label: &'static str,
    value: Signal<Decimal>,
    most: Signal<Decimal>,
    moved: Callback<Decimal>,
) -> impl IntoView {
    let words = move || {
        format!(
            "{} / {}",
            format::number(value.get(), 4),
            format::number(most.get(), 4)
        )
    };
    let step = move || match most.get() {
        most if most < Decimal::ONE => Decimal::new(5, 2),
        most if most < Decimal::TEN => Decimal::new(25, 2),
        _ => Decimal::new(50, 2),
    };
    // The browser keeps a slider on its steps: the last of them stands for the most, and what the score is computed
    // from is exact until it is moved.
    let move_to = move |event| {
        if let Ok(to) = parse_plain(&event_target_value(&event)) {
            let most = most.get_untracked();
            moved.run(if to > Decimal::ZERO && to + untrack(step) > most {
                most
            } else {
                to
            });
        }
    };
    view! {
        <div class="field">
            <div class="row"><label for=id class="grow">{label}</label><output for=id class="num">{words}</output></div>
            <input
                id=id
                type="range"
                min="0"
                max=move || most.get().to_string()
                step=move || step().to_string()
                value=value.get_untracked().to_string()
                prop:value=move || value.get().to_string()
                aria-valuetext=words
                on:input=move_to
            />
        </div>
    }
}

/// − number +.
#[component]
fn Count(label: &'static str, value: Signal<u32>, moved: Callback<u32>) -> impl IntoView {
    let less = move |_| moved.run(value.get_untracked().saturating_sub(1));
    let more =
        move |_| moved.run((value.get_untracked() + 1).min(MOST_FAULTS.max(value.get_untracked())));
    view! {
        <div class="row">
            <span class="grow">{label}</span>
            <span class="stepper" role="group" aria-label=label>
                <button type="button" aria-label=format!("Bớt một: {label}") on:click=less>"−"</button>
                <output aria-live="polite">{value}</output>
                <button type="button" aria-label=format!("Thêm một: {label}") on:click=more>"+"</button>
            </span>
        </div>
    }
}

type Answer = Result<Outcome, RuleError>;

/// The new total with its difference and level, and the formulas that change.
#[component]
fn Answered(begun: Answer, now: Memo<Answer>) -> impl IntoView {
    let begun = StoredValue::new(begun);
    let total = |answer: &Answer| {
        let scored = answer.as_ref().ok()?.scored.as_ref()?;
        Some((scored.total, scored.level))
    };
    let first = begun.with_value(total);
    let current = Signal::derive(move || now.with(total));
    let bands = Signal::derive(move || current.get().map(|(total, _)| total));
    let difference = move || {
        let (before, after) = (first?.0, current.get()?.0);
        let tone = if after < before { "risk" } else { "plain" };
        Some(view! { <Chip tone text=format!("{} điểm", signed(after - before))/> })
    };
    let refusal = move || now.with(|answer| answer.as_ref().err().map(ToString::to_string));
    let changed = move || {
        let lines = begun.with_value(|begun| now.with(|now| changes(begun, now)));
        if lines.is_empty() {
            return view! { <p class="muted">"Chưa có gì thay đổi."</p> }.into_any();
        }
        let lines = lines
            .into_iter()
            .map(|(title, before, after)| {
                view! { <li><b>{title}</b><p class="formula">{before}</p><p class="formula">"→ "{after}</p></li> }
            })
            .collect_view();
        view! { <ul class="why-causes">{lines}</ul> }.into_any()
    };
    view! {
        <div class="stack">
            <div class="figure-block" role="status">
                <p class="figure-label">"Thì tổng điểm là"</p>
                <p class="figure-line">
                    <span class="figure" data-testid="trial">{move || format::score(bands.get())}</span>
                    <span class="figure-of">"/ 100"</span>
                    {difference}
                    {move || view! { <LevelChip level=current.get().map(|(_, level)| level) full=true/> }}
                </p>
            </div>
            <Bands value=bands/>
            <p class="muted small">{format!("Ban đầu: {} điểm.", format::score(first.map(|(total, _)| total)))}</p>
            {move || refusal().map(|words| view! { <p class="notice" data-tone="bad">{words}</p> })}
            <h3>"Phép tính thay đổi"</h3>
            {changed}
        </div>
    }
}

/// Title and both formulas of each step that has another value.
fn changes(before: &Answer, after: &Answer) -> Vec<(&'static str, String, String)> {
    let (Ok(before), Ok(after)) = (before, after) else {
        return Vec::new();
    };
    let words = |outcome: &Outcome, key| {
        outcome
            .trace
            .step(key)
            .map(|step| (step.value, formula(step)))
    };
    StepKey::ALL
        .iter()
        .filter_map(|key| {
            let (one, other) = (words(before, *key), words(after, *key));
            if one.as_ref().map(|step| step.0) == other.as_ref().map(|step| step.0) {
                return None;
            }
            let shown =
                |words: Option<_>| words.map_or_else(|| "–".to_owned(), |(_, formula)| formula);
            Some((key.label(), shown(one), shown(other)))
        })
        .collect()
}

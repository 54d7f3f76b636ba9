//! What the recognising authority gives: points of the common criteria (Điều 6) and facts with their documents.

use leptos::prelude::*;

use crate::error::AppError;
use crate::format::number;
use crate::ui::{Field, PostForm, RefusalNotice, Stepper, TextArea, refusal_of};
use crate::unit_kpi::api::{GivePoints, PutFacts};
use crate::unit_kpi::wire::{BasicView, UnitKpi};

/// The groups of the common criteria with their points; a form for whoever assesses the unit.
#[component]
pub(super) fn Basic(unit: UnitKpi) -> impl IntoView {
    let refusal = refusal_of::<GivePoints>();
    let open = unit.assesses && unit.standing.recognised.is_none();
    let rows = unit
        .basic
        .iter()
        .cloned()
        .map(|group| view! { <Group group open refusal/> })
        .collect_view();
    let (named, own_unit) = (unit.clone(), unit.own_unit);
    let body = if open {
        view! {
            <PostForm<GivePoints> said="Đã ghi điểm tiêu chí chung.">
                <div class="stack">
                    <RefusalNotice refusal/>
                    <Named unit=named/>
                    {rows}
                    <div class="form-actions"><button class="button" data-tone="act">"Ghi điểm"</button></div>
                </div>
            </PostForm<GivePoints>>
        }
        .into_any()
    } else {
        view! { <div class="stack">{rows}</div> }.into_any()
    };
    let own = own_unit.then(|| {
        view! { <p class="notice" data-tone="plain">"Bạn đứng đầu hoặc là cấp phó của đơn vị này nên việc chấm điểm, công nhận thuộc cấp trên trực tiếp (Điều 5)."</p> }
    });
    view! {
        <section class="card" aria-labelledby="basic">
            <header><h2 id="basic">"KPI chung (tối đa 30 điểm)"</h2></header>
            <div class="card-body stack">{own} {body}</div>
        </section>
    }
}

/// The fields that name a unit's year in each form of the authority.
#[component]
pub(super) fn Named(unit: UnitKpi) -> impl IntoView {
    view! {
        <input type="hidden" name="unit" value=unit.unit.to_string()/>
        <input type="hidden" name="year" value=unit.year.to_string()/>
        <input type="hidden" name="version" value=unit.version.to_string()/>
    }
}

#[component]
fn Group(group: BasicView, open: bool, refusal: Signal<Option<AppError>>) -> impl IntoView {
    let points = group.points.map(|points| number(points, 4));
    let head = format!("{} (tối đa {})", group.label, number(group.max, 4));
    if !open {
        let given = points.unwrap_or_else(|| "chưa chấm".to_owned());
        let reason = (!group.reason.is_empty())
            .then(|| view! { <p>{format!("Căn cứ: {}", group.reason)}</p> });
        return view! {
            <div>
                <p><b>{format!("{head}: {given}")}</b></p>
                {reason}
            </div>
        }
        .into_any();
    }
    let (field, reason) = (
        format!("points[{}]", group.code),
        format!("reasons[{}]", group.code),
    );
    let refused = refusal.with_untracked(
        |refusal| matches!(refusal, Some(AppError::Invalid { field: name, .. }) if *name == field),
    );
    let typed = refusal.with_untracked(|refusal| match refusal {
        Some(AppError::Invalid {
            field: name, typed, ..
        }) if *name == field => Some(typed.clone()),
        _ => None,
    });
    let id = format!("points-{}", group.code);
    let why = format!("reason-{}", group.code);
    view! {
        <fieldset class="unit-kpi-group">
            <legend>{head}</legend>
            <Stepper name=field id=id label=format!("Điểm: {}", group.label) value=typed.or(points).unwrap_or_default() most=group.max refused/>
            <Field label="Căn cứ" name=why.clone()>
                <TextArea name=reason id=why value=group.reason rows=2 maxlength=500 required=true/>
            </Field>
        </fieldset>
    }
    .into_any()
}

/// What was recorded, and the form for whoever assesses the unit.
#[component]
pub(super) fn FactsCard(unit: UnitKpi) -> impl IntoView {
    let refusal = refusal_of::<PutFacts>();
    let facts = unit.facts.clone();
    if !unit.assesses || unit.standing.recognised.is_some() {
        let documents = [
            (!facts.shortcomings_fixed)
                .then(|| format!("Hạn chế chưa khắc phục: {}", facts.shortcomings_note)),
            facts
                .wrongdoing
                .then(|| format!("Kết luận sai phạm: {}", facts.wrongdoing_document)),
            facts
                .force_majeure
                .then(|| format!("Bất khả kháng: {}", facts.force_majeure_document)),
        ];
        let lines: Vec<String> = documents.into_iter().flatten().collect();
        return (!lines.is_empty())
            .then(|| {
                let lines = lines
                    .into_iter()
                    .map(|line| view! { <li>{line}</li> })
                    .collect_view();
                view! {
                    <section class="card" aria-labelledby="facts">
                        <header><h2 id="facts">"Căn cứ khác"</h2></header>
                        <ul class="card-body">{lines}</ul>
                    </section>
                }
            })
            .into_any();
    }
    view! {
        <section class="card" aria-labelledby="facts">
            <header><h2 id="facts">"Căn cứ khác"</h2></header>
            <div class="card-body">
                <PostForm<PutFacts> said="Đã ghi.">
                    <div class="stack">
                        <RefusalNotice refusal/>
                        <Named unit=unit.clone()/>
                        <Fact name="shortcomings_open" held=!facts.shortcomings_fixed
                            words="Còn hạn chế, khuyết điểm được chỉ ra trước đó chưa khắc phục (điểm c khoản 1 Điều 8)"
                            text="shortcomings_note" label="Hạn chế nào, khắc phục đến đâu" value=facts.shortcomings_note/>
                        <Fact name="wrongdoing" held=facts.wrongdoing
                            words="Có kết luận sai phạm trong công tác cán bộ, mất đoàn kết, bè phái, chạy chức, chạy quyền (điểm a khoản 4 Điều 8)"
                            text="wrongdoing_document" label="Văn bản kết luận" value=facts.wrongdoing_document/>
                        <Fact name="force_majeure" held=facts.force_majeure
                            words="Không hoàn thành vì lý do bất khả kháng (điểm b khoản 4 Điều 8)"
                            text="force_majeure_document" label="Văn bản xác nhận" value=facts.force_majeure_document/>
                        <div class="form-actions"><button class="button" data-tone="act">"Ghi căn cứ"</button></div>
                    </div>
                </PostForm<PutFacts>>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Fact(
    name: &'static str,
    held: bool,
    words: &'static str,
    text: &'static str,
    label: &'static str,
    value: String,
) -> impl IntoView {
    view! {
        <fieldset class="unit-kpi-group">
            <legend class="visually-hidden">{words}</legend>
            <label class="check">
                <input type="checkbox" name=format!("facts[{name}]") value="true" checked=held/>
                <span>{words}</span>
            </label>
            <Field label=label name=text>
                <input id=text name=format!("facts[{text}]") maxlength="500" value=value/>
            </Field>
        </fieldset>
    }
}

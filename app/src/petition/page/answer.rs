//! The form of the authority: outcome, reply, what changes in the result, and the signature.

use kpi::petition::PetitionOutcome;
use leptos::prelude::*;

use crate::format::{capital, number};
use crate::petition::api::AnswerPetition;
use crate::petition::wire::{About, Changes, Petition};
use crate::rating::process::LevelSelect;
use crate::sign::PasswordField;
use crate::ui::{Field, PostForm, RefusalNotice, TextArea, refusal_of, refused_in, typed_in};

/// Answering a petition.
#[component]
pub(super) fn Answer(petition: Petition, changes: Changes) -> impl IntoView {
    let refusal = refusal_of::<AnswerPetition>();
    let reply = typed_in(refusal, "reply")().unwrap_or_default();
    let outcomes = PetitionOutcome::ALL
        .iter()
        .map(|outcome| {
            let id = format!("outcome-{}", outcome.as_str());
            view! {
                <label for=id.clone()>
                    <input id=id.clone() type="radio" name="outcome" value=outcome.as_str() required/>
                    {capital(outcome.label())}
                </label>
            }
        })
        .collect_view();
    let result = match petition.line.about {
        About::Month(_) => view! { <Month changes/> }.into_any(),
        About::Year { .. } => view! { <Year changes/> }.into_any(),
    };
    view! {
        <section class="card no-print" aria-labelledby="answer">
            <header><h2 id="answer">"Trả lời kiến nghị"</h2></header>
            <PostForm<AnswerPetition> said="Đã ký trả lời.">
                <div class="card-body stack">
                    <RefusalNotice refusal/>
                    <input type="hidden" name="petition" value=petition.line.id.to_string()/>
                    <input type="hidden" name="version" value=petition.version.to_string()/>
                    <fieldset class="stack"><legend>"Kết quả giải quyết"</legend>{outcomes}</fieldset>
                    <Field label="Nội dung trả lời, lý do" name="reply">
                        <TextArea name="reply" value=reply rows=5 maxlength=4000 required=true/>
                    </Field>
                    {result}
                    <div class="form-grid"><PasswordField refusal described_by="answer"/></div>
                    <div><button class="button" data-tone="act">"Ký trả lời"</button></div>
                </div>
            </PostForm<AnswerPetition>>
        </section>
    }
}

/// What a month may change: fields begin as the result stands, so that only what is touched changes.
#[component]
fn Month(changes: Changes) -> impl IntoView {
    let criteria = changes
        .criteria
        .into_iter()
        .map(|criterion| {
            let id = format!("points-{}", criterion.code);
            let label = format!("{} {} (tối đa {})", criterion.code, criterion.label, number(criterion.max, 2));
            let value = criterion.points.map_or_else(String::new, |points| number(points, 2));
            view! {
                <Field label name=id.clone()>
                    <input id=id name=format!("points[{}]", criterion.code) inputmode="decimal" autocomplete="off" value=value/>
                </Field>
            }
        })
        .collect_view();
    let faults = changes
        .faults
        .into_iter()
        .map(|fault| {
            let value = fault.assignment.to_string();
            let check = |name: &'static str, words: String, id: String| {
                view! { <label for=id.clone()><input id=id.clone() type="checkbox" name=name value=value.clone()/>{words}</label> }
            };
            let returns = (fault.returns > 0).then(|| {
                check(
                    "waive_returns[]",
                    format!("Bỏ trừ {} lần trả lại vì sai sót lớn", fault.returns),
                    format!("returns-{}", fault.assignment),
                )
            });
            let delays = (fault.delays > 0).then(|| {
                check(
                    "waive_delays[]",
                    format!("Bỏ trừ {} lần chậm tiến độ", fault.delays),
                    format!("delays-{}", fault.assignment),
                )
            });
            view! { <li><p>{fault.name.clone()}</p>{returns}{delays}</li> }
        })
        .collect_view();
    let leader = (!changes.allowed.is_empty()).then(|| {
        let choice = |name: &'static str, words: &'static str, now: Option<u32>| {
            let options = changes
                .allowed
                .iter()
                .map(|percent| view! { <option value=percent.to_string()>{format!("{percent} %")}</option> })
                .collect_view();
            let kept = now.map_or_else(|| "Giữ nguyên".to_owned(), |now| format!("Giữ {now} %"));
            view! { <Field label=words name=name><select id=name name=name><option value="">{kept}</option>{options}</select></Field> }
        };
        view! {
            <div class="form-grid">
                {choice("organising", "đ: khả năng tổ chức triển khai", changes.leader.0)}
                {choice("unity", "e: năng lực tập hợp, đoàn kết", changes.leader.1)}
            </div>
        }
    });
    view! {
        <fieldset class="stack">
            <legend>"Khi chấp nhận: sửa kết quả"</legend>
            <p class="muted small">"Điểm được tính lại thành một bản mới bên cạnh bản cũ; chỗ nào không sửa thì giữ nguyên."</p>
            <div class="form-grid">{criteria}</div>
            <ul class="petition-faults">{faults}</ul>
            {leader}
        </fieldset>
    }
}

/// What a year may change: a decision in the place of the old one.
#[component]
fn Year(changes: Changes) -> impl IntoView {
    let refusal = refusal_of::<AnswerPetition>();
    let computed = changes
        .computed
        .map_or_else(|| "chưa có".to_owned(), |level| level.label().to_owned());
    let today = changes
        .today
        .map_or_else(String::new, |today| today.to_string());
    view! {
        <fieldset class="stack">
            <legend>"Khi chấp nhận: quyết định thay thế"</legend>
            <p class="muted small">{format!("Mức tính theo điểm hiện nay: {computed}. Quyết định cũ được giữ nguyên bên cạnh (khoản 3 Điều 21). Nếu điểm một tháng sai, hãy giải quyết kiến nghị về tháng đó trước.")}</p>
            <div class="form-grid">
                <div class="field">
                    <label for="level">"Mức mới"</label>
                    <LevelSelect id="level" name="level" chosen=changes.computed/>
                </div>
                <Field label="Số quyết định thay thế" name="number">
                    <input id="number" name="number" maxlength="200" autocomplete="off" value=typed_in(refusal, "number") aria-invalid=refused_in(refusal, "number")/>
                </Field>
                <Field label="Ngày quyết định" name="decided_on">
                    <input id="decided_on" name="decided_on" type="date" value=today aria-invalid=refused_in(refusal, "decided_on")/>
                </Field>
            </div>
        </fieldset>
    }
}

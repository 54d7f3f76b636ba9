//! A decision about a year as the written notice to the person, with those it replaced and its signatures.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::LevelSelect;
use crate::error::AppError;
use crate::format::{day, score};
use crate::rating::process::api::{ReplaceDecision, load_decision};
use crate::rating::process::wire::{Decision, DecisionView};
use crate::sign::{PasswordField, SignatureList};
use crate::ui::{
    Chip, Field, LevelChip, PostForm, RefusalNotice, ask, refusal_of, refused_in, shown, typed_in,
};

/// A decision, for the person, the authority and the personnel office.
#[component]
pub fn DecisionPage() -> impl IntoView {
    let params = use_params_map();
    let asked = move || {
        params
            .read()
            .get("decision")
            .and_then(|text| text.parse::<Uuid>().ok())
    };
    let decision = ask(asked, |id| async move {
        match id {
            Some(id) => load_decision(id).await,
            None => Err(AppError::NotFound),
        }
    });
    view! {
        <Title text="Thông báo kết quả xếp loại"/>
        {Suspend::new(async move { shown(decision.await, |view| view! { <Body view/> }) })}
    }
}

#[component]
fn Body(view: DecisionView) -> impl IntoView {
    let one = view.decision.clone();
    let state = match (one.replaced_by, &one.published) {
        (Some(_), _) => view! { <Chip tone="plain" text="Đã được thay thế"/> }.into_any(),
        (None, Some(_)) => view! { <Chip tone="good" text="Đang có hiệu lực"/> }.into_any(),
        (None, None) => view! { <Chip tone="risk" text="Đã ký, chưa thông báo"/> }.into_any(),
    };
    let newer = one.replaced_by.map(|id| {
        view! { <p class="notice" data-tone="risk">"Quyết định này đã có quyết định thay thế. "<a href=format!("/decision/{id}")>"Xem quyết định đang có hiệu lực"</a></p> }
    });
    let print = format!("/report/notice/{}.pdf", one.id);
    let sheet = format!("/year-sheet/{}/{}", one.year, one.officer);
    let petition = (view.own && one.replaced_by.is_none()).then(|| {
        let href = format!("/petition?decision={}", one.id);
        view! {
            <section class="card no-print" aria-labelledby="disagree">
                <header><h2 id="disagree">"Không nhất trí với kết quả?"</h2></header>
                <div class="card-body stack">
                    <p>"Bạn có quyền kiến nghị; người có thẩm quyền phải trả lời trong thời hạn theo Điều 22."</p>
                    <p><a class="button" href=href>"Gửi kiến nghị về quyết định này"</a></p>
                </div>
            </section>
        }
    });
    view! {
        <header class="page-head">
            <a class="page-back" href=sheet>"‹ Phiếu xếp loại năm"</a>
            <h1>{format!("Thông báo kết quả xếp loại năm {}", one.year)}</h1>
            <p class="muted">{format!("{} · {}", view.name, view.post)}</p>
            <div class="toolbar">{state}<a class="button" href=print rel="external">"In thông báo (PDF)"</a></div>
        </header>
        {newer}
        <Notice agency=view.agency.clone() name=view.name.clone() decision=one.clone()/>
        {petition}
        <Chain chain=view.chain.clone() shown=one.id/>
        <section class="card" aria-labelledby="signatures">
            <header><h2 id="signatures">"Chữ ký"</h2></header>
            <div class="card-body">
                {if one.signature.is_some() {
                    view! { <SignatureList signatures=view.signatures.clone()/> }.into_any()
                } else {
                    view! { <p>{format!("Quyết định do {} ban hành bằng văn bản riêng.", one.by)}</p> }.into_any()
                }}
            </div>
        </section>
        <Replace view/>
    }
}

#[component]
fn Notice(agency: String, name: String, decision: Decision) -> impl IntoView {
    let text = format!(
        "{} thông báo: theo Quyết định số {} ngày {} của {}, đồng chí {name} được xếp loại chất lượng năm {} ở mức:",
        agency,
        decision.number,
        day(decision.day),
        decision.by,
        decision.year
    );
    let departs = (decision.level != decision.computed).then(|| {
        let words = format!(
            "Mức tính theo điểm: {}. Lý do quyết định khác: {}",
            decision.computed.label(),
            decision.reason
        );
        view! { <p>{words}</p> }
    });
    let handling = (!decision.handling.is_empty())
        .then(|| view! { <p>{format!("Phương án xử lý: {}", decision.handling)}</p> });
    let told = decision
        .published
        .clone()
        .map(|at| view! { <p class="muted small">{format!("Thông báo lúc {at}.")}</p> });
    view! {
        <section class="card" aria-labelledby="notice">
            <header><h2 id="notice">"Nội dung"</h2></header>
            <div class="card-body stack">
                <p>{text}</p>
                <p><LevelChip level=Some(decision.level) full=true/></p>
                <p>{format!("Điểm trung bình cả năm: {}.", score(decision.mean))}</p>
                {departs}{handling}{told}
            </div>
        </section>
    }
}

#[component]
fn Chain(chain: Vec<Decision>, shown: Uuid) -> impl IntoView {
    (chain.len() > 1).then(|| {
        let rows = chain
            .into_iter()
            .map(|one| {
                let words = format!("Quyết định số {} ngày {}", one.number, day(one.day));
                let here = (one.id == shown).then_some("true");
                let why = one
                    .supersedes
                    .map(|(_, why)| view! { <span class="small">{format!("Lý do thay thế: {why}")}</span> });
                let state = if one.replaced_by.is_some() { "đã được thay thế" } else { "đang có hiệu lực" };
                view! {
                    <li class="row">
                        <a href=format!("/decision/{}", one.id) aria-current=here>{words}</a>
                        <LevelChip level=Some(one.level) full=true/>
                        <span class="muted small">{state}</span>
                        {why}
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="card" aria-labelledby="chain">
                <header><h2 id="chain">"Các quyết định về năm này"</h2><span class="muted small">"Quyết định cũ được giữ nguyên (khoản 3 Điều 21)."</span></header>
                <ul class="rows">{rows}</ul>
            </section>
        }
    })
}

/// The form of a replacing decision, for the head of the agency.
#[component]
fn Replace(view: DecisionView) -> impl IntoView {
    let refusal = refusal_of::<ReplaceDecision>();
    (view.replaces && !view.decided_above).then(|| {
        let computed = view.computed.map_or_else(
            || "chưa có".to_owned(),
            |level| level.label().to_owned(),
        );
        view! {
            <details class="card no-print" open=move || refusal.get().is_some()>
                <summary>"Ban hành quyết định thay thế"</summary>
                <div class="card-body">
                    <PostForm<ReplaceDecision> said="Đã ký quyết định thay thế.">
                        <div class="stack">
                            <RefusalNotice refusal/>
                            <p class="muted">{format!("Khi phát hiện kết quả không chính xác (khoản 3 Điều 21). Mức tính theo điểm hiện nay: {computed}.")}</p>
                            <input type="hidden" name="decision" value=view.decision.id.to_string()/>
                            <div class="form-grid">
                                <Field label="Mức mới" name="level"><LevelSelect id="level" name="level" chosen=view.computed/></Field>
                                <Field label="Lý do thay thế" name="reason"><input id="reason" name="reason" required maxlength="1000" autocomplete="off" value=typed_in(refusal, "reason") aria-invalid=refused_in(refusal, "reason")/></Field>
                                <Field label="Số quyết định" name="number"><input id="number" name="number" required maxlength="200" autocomplete="off" value=typed_in(refusal, "number") aria-invalid=refused_in(refusal, "number")/></Field>
                                <Field label="Ngày quyết định" name="decided_on"><input id="decided_on" name="decided_on" type="date" required aria-invalid=refused_in(refusal, "decided_on")/></Field>
                                <PasswordField refusal/>
                            </div>
                            <div><button class="button" data-tone="act">"Ký quyết định thay thế"</button></div>
                        </div>
                    </PostForm<ReplaceDecision>>
                </div>
            </details>
        }
    })
}

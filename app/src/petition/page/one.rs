//! One petition for its parties: what it asks for, the reply with what changed, the signatures.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::answer::Answer;
use super::{StateChip, left};
use crate::error::AppError;
use crate::format::{capital, day};
use crate::petition::api::{WithdrawPetition, load_petition};
use crate::petition::wire::{About, Petition};
use crate::sign::SignatureList;
use crate::ui::{PostForm, RefusalNotice, ask, refusal_of, shown};

/// A petition, for who lodged it, who answers it and the personnel office.
#[component]
pub fn PetitionPage() -> impl IntoView {
    let params = use_params_map();
    let asked = move || {
        params
            .read()
            .get("petition")
            .and_then(|text| text.parse::<Uuid>().ok())
    };
    let petition = ask(asked, |id| async move {
        match id {
            Some(id) => load_petition(id).await,
            None => Err(AppError::NotFound),
        }
    });
    view! {
        <Title text="Kiến nghị"/>
        {Suspend::new(async move { shown(petition.await, |petition| view! { <Body petition/> }) })}
    }
}

#[component]
fn Body(petition: Petition) -> impl IntoView {
    let line = petition.line.clone();
    let result = match line.about {
        About::Month(period) => (
            format!("/sheet/{}?period={period}", line.officer),
            "Xem phiếu của tháng",
        ),
        About::Year { decision, .. } => (format!("/decision/{decision}"), "Xem quyết định"),
    };
    let about = if line.line.is_empty() {
        "Về toàn bộ kết quả.".to_owned()
    } else {
        format!("Về: {}.", line.line)
    };
    let dates = [
        format!("Nhận ngày {}", day(line.received)),
        format!("hạn trả lời {}", day(line.due)),
        left(&line),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join(" · ");
    let withdrawn = petition
        .withdrawn
        .clone()
        .map(|at| view! { <p class="muted">{format!("Người kiến nghị đã rút lúc {at}.")}</p> });
    view! {
        <header class="page-head">
            <a class="page-back" href="/petition">"‹ Kiến nghị"</a>
            <h1>{line.about.label()}</h1>
            <p class="muted">{format!("{} gửi · {} trả lời", line.name, line.authority_name)}</p>
            <div class="toolbar"><StateChip line=line.clone()/><span>{dates}</span></div>
        </header>
        <section class="card" aria-labelledby="asked">
            <header><h2 id="asked">"Nội dung kiến nghị"</h2><a class="muted" href=result.0>{result.1}</a></header>
            <div class="card-body stack">
                <p>{about}</p>
                <p class="pre-line">{petition.text.clone()}</p>
                {withdrawn}
                <Withdraw petition=petition.clone()/>
            </div>
        </section>
        <Reply petition=petition.clone()/>
        {petition.answers.clone().map(|changes| view! { <Answer petition=petition.clone() changes/> })}
    }
}

#[component]
fn Withdraw(petition: Petition) -> impl IntoView {
    let refusal = refusal_of::<WithdrawPetition>();
    petition.own.then(|| {
        view! {
            <PostForm<WithdrawPetition> said="Đã rút kiến nghị.">
                <RefusalNotice refusal/>
                <input type="hidden" name="petition" value=petition.line.id.to_string()/>
                <input type="hidden" name="version" value=petition.version.to_string()/>
                <button class="button">"Rút kiến nghị"</button>
            </PostForm<WithdrawPetition>>
        }
    })
}

#[component]
fn Reply(petition: Petition) -> impl IntoView {
    let outcome = petition.line.outcome?;
    let changed = match (petition.sheet_version, petition.new_decision, petition.line.about) {
        (Some(version), _, About::Month(period)) => {
            let href = format!("/sheet/{}?period={period}", petition.line.officer);
            let words = format!("Phiếu tháng có bản thay thế số {version}, bản cũ được giữ nguyên");
            Some(view! { <p><a href=href>{words}</a></p> }.into_any())
        }
        (_, Some(decision), _) => Some(
            view! { <p><a href=format!("/decision/{decision}")>"Quyết định thay thế, quyết định cũ được giữ nguyên"</a></p> }.into_any(),
        ),
        _ => None,
    };
    let head = format!(
        "{} · {} · {}",
        capital(outcome.label()),
        petition.line.authority_name,
        petition.answered.clone().unwrap_or_default()
    );
    Some(view! {
        <section class="card" aria-labelledby="reply">
            <header><h2 id="reply">"Trả lời"</h2></header>
            <div class="card-body stack">
                <p><b>{head}</b></p>
                <p class="pre-line">{petition.reply.clone()}</p>
                {changed}
                <SignatureList signatures=petition.signatures.clone()/>
            </div>
        </section>
    })
}

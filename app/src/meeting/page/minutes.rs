//! The minutes of a meeting: the secretary edits, the chair signs, then they are fixed.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::article::entry;
use crate::error::AppError;
use crate::format::score;
use crate::meeting::api::{ComposeAgain, SaveMinutes, SignMinutes, load_minutes};
use crate::meeting::minutes::Minutes;
use crate::meeting::wire::MinutesView;
use crate::sign::{PasswordField, SignatureList};
use crate::ui::{Chip, Field, PostForm, RefusalNotice, TextArea, ask, refusal_of, shown};

/// Minutes of one meeting.
#[component]
pub fn MinutesPage() -> impl IntoView {
    let params = use_params_map();
    let asked = move || {
        let id = params.read().get("meeting");
        id.and_then(|text| text.parse::<Uuid>().ok())
    };
    let loaded = ask(asked, |meeting| async move {
        match meeting {
            Some(meeting) => load_minutes(meeting).await,
            None => Err(AppError::NotFound),
        }
    });
    view! {
        <Title text="Biên bản họp"/>
        {Suspend::new(async move { shown(loaded.await, |view| view! { <Body view/> }) })}
    }
}

#[component]
fn Body(view: MinutesView) -> impl IntoView {
    let content = view.content.clone();
    let (tone, words) = if view.signed {
        ("good", "✓ đã ký")
    } else {
        ("risk", "chưa ký")
    };
    let file = |kind: &str| format!("/report/minutes/{}.{kind}", view.minutes);
    let (pdf, docx) = (file("pdf"), file("docx"));
    let keeps = view.keeps;
    let body = if keeps {
        view! { <Editing view=view.clone()/> }.into_any()
    } else {
        view! { <p class="minutes-text">{content.text.clone()}</p> }.into_any()
    };
    view! {
        <header class="page-head">
            <p class="page-back"><a href="/meeting">"‹ Họp"</a></p>
            <h1>"Biên bản"</h1>
            <p class="muted">{content.title.clone()}</p>
            <div class="toolbar">
                <Chip tone text=words/>
                <a class="button" data-tone="quiet" href=pdf rel="external">"Tải PDF"</a>
                <a class="button" data-tone="quiet" href=docx rel="external">"Tải DOCX"</a>
            </div>
        </header>
        <Facts content=content.clone()/>
        <section class="card" aria-labelledby="body">
            <header><h2 id="body">"Nội dung"</h2></header>
            <div class="card-body stack">{body}</div>
        </section>
        <Late view=view.clone()/>
        <Figures content/>
        <Signing view/>
    }
}

#[component]
fn Facts(content: Minutes) -> impl IntoView {
    let present = if content.present.is_empty() {
        "chưa ghi nhận".to_owned()
    } else {
        format!(
            "{} người: {}",
            content.present.len(),
            content.present.join(", ")
        )
    };
    view! {
        <section class="card" aria-label="Cuộc họp">
            <dl class="facts card-body">
                <div><dt>"Thời gian"</dt><dd>{format!("{} – {}", content.started, content.ended)}</dd></div>
                <div><dt>"Chủ trì"</dt><dd>{content.chair}</dd></div>
                <div><dt>"Thư ký"</dt><dd>{content.secretary}</dd></div>
                <div><dt>"Dự họp"</dt><dd>{present}</dd></div>
            </dl>
        </section>
    }
}

#[component]
fn Editing(view: MinutesView) -> impl IntoView {
    let refusal = refusal_of::<SaveMinutes>();
    // After a conflict both texts are kept: the stored one in the notice, the own one in the field.
    let typed = match refusal.get_untracked() {
        Some(AppError::Conflict { yours, .. }) => yours,
        _ => view.content.text.clone(),
    };
    view! {
        <PostForm<SaveMinutes> said="Đã lưu biên bản.">
            <div class="stack">
                <RefusalNotice refusal/>
                <input type="hidden" name="meeting" value=view.line.meeting.to_string()/>
                <input type="hidden" name="version" value=view.version.to_string()/>
                <Field label="Thư ký sửa trước khi người chủ trì ký" name="text">
                    <TextArea name="text" value=typed rows=18 maxlength=60000 required=true/>
                </Field>
                <div class="form-actions"><button class="button" data-tone="act">"Lưu biên bản"</button></div>
            </div>
        </PostForm<SaveMinutes>>
    }
}

/// What devices held back without network and sent after the end.
#[component]
fn Late(view: MinutesView) -> impl IntoView {
    let refusal = refusal_of::<ComposeAgain>();
    (!view.late.is_empty()).then(|| {
        let rows = view.late.iter().map(entry).collect_view();
        let again = view.keeps.then(|| {
            view! {
                <PostForm<ComposeAgain> said="Đã soạn lại biên bản.">
                    <input type="hidden" name="meeting" value=view.line.meeting.to_string()/>
                    <input type="hidden" name="version" value=view.version.to_string()/>
                    <button class="button">"Soạn lại từ mọi ghi chép"</button>
                    <p class="muted small">"Phần đã sửa trong nội dung sẽ được thay bằng bản soạn mới."</p>
                    <RefusalNotice refusal/>
                </PostForm<ComposeAgain>>
            }
        });
        view! {
            <section class="card" aria-labelledby="late">
                <header><h2 id="late">"Ghi chép gửi sau khi kết thúc"</h2></header>
                <div class="card-body stack"><ol class="room-entries">{rows}</ol>{again}</div>
            </section>
        }
    })
}

#[component]
fn Figures(content: Minutes) -> impl IntoView {
    let first = content.figures.first()?;
    let heads = first
        .scores
        .iter()
        .map(|(label, _)| view! { <th class="num">{label.clone()}</th> })
        .collect_view();
    let rows = content
        .figures
        .iter()
        .map(|figure| {
            let cells = figure
                .scores
                .iter()
                .map(|(_, value)| view! { <td class="num">{score(*value)}</td> })
                .collect_view();
            view! { <tr><th scope="row">{figure.name.clone()}<span class="meter-words">{figure.about.clone()}</span></th>{cells}<td>{figure.level.clone()}</td></tr> }
        })
        .collect_view();
    Some(view! {
        <section class="card" aria-labelledby="figures">
            <header><h2 id="figures">"Số liệu"</h2><span class="muted small">{format!("chốt lúc {}", content.figures_at)}</span></header>
            <div class="table-scroll"><table><thead><tr><th>"Người, đơn vị"</th>{heads}<th>"Mức"</th></tr></thead><tbody>{rows}</tbody></table></div>
        </section>
    })
}

/// Who signed, and the form of the chair.
#[component]
fn Signing(view: MinutesView) -> impl IntoView {
    let refusal = refusal_of::<SignMinutes>();
    let (meeting, version) = (view.line.meeting.to_string(), view.version.to_string());
    let form = view.signs.then(|| {
        view! {
            <PostForm<SignMinutes> said="Đã ký biên bản.">
                <div class="stack">
                    <RefusalNotice refusal/>
                    <p id="sign-what">"Ký xong biên bản không sửa được nữa. Hãy lưu mọi sửa đổi trước."</p>
                    <input type="hidden" name="meeting" value=meeting/>
                    <input type="hidden" name="version" value=version/>
                    <PasswordField refusal described_by="sign-what"/>
                    <div class="form-actions"><button class="button" data-tone="act">"Ký biên bản"</button></div>
                </div>
            </PostForm<SignMinutes>>
        }
    });
    view! {
        <section class="card" aria-labelledby="signing">
            <header><h2 id="signing">"Chữ ký của người chủ trì"</h2></header>
            <div class="card-body stack"><SignatureList signatures=view.signatures/>{form}</div>
        </section>
    }
}

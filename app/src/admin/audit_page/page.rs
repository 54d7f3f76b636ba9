//! The audit log, filtered by act and paged from newer to older.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use super::api::{AuditLine, AuditView, load_audit};
use super::words;
use crate::ui::{ask, shown};

/// Who did what, newest first.
#[component]
pub fn AuditPage() -> impl IntoView {
    let query = use_query_map();
    let source = Memo::new(move |_| {
        let query = query.read();
        let before: Option<Uuid> = query.get("before").and_then(|id| id.parse().ok());
        (before, query.get("action").unwrap_or_default())
    });
    let log = ask(
        move || source.get(),
        |(before, action)| load_audit(before, action),
    );
    view! {
        <Title text="Nhật ký"/>
        <header class="page-head">
            <h1>"Nhật ký"</h1>
            <p class="muted">"Ai đã làm gì, khi nào, vì lý do gì. Nhật ký chỉ thêm, không sửa; không chứa điểm và mật khẩu."</p>
        </header>
        {Suspend::new(async move {
            shown(log.await, move |view| {
                let (before, action) = source.get_untracked();
                view! { <Log view action paged=before.is_some()/> }
            })
        })}
    }
}

#[component]
fn Log(
    view: AuditView,
    action: String,
    /// Older rows are shown: offer the way back to the newest.
    paged: bool,
) -> impl IntoView {
    let options = view
        .actions
        .iter()
        .map(|code| {
            let selected = *code == action;
            view! { <option value=code.clone() selected=selected>{words::action(code).to_owned()}</option> }
        })
        .collect_view();
    let older = view
        .lines
        .last()
        .filter(|_| view.more)
        .map(|line| format!("/audit?action={action}&before={}", line.audit));
    let newest = paged.then(|| format!("/audit?action={action}"));
    let empty = view.lines.is_empty();
    let rows = view
        .lines
        .into_iter()
        .map(|line| view! { <Line line/> })
        .collect_view();
    view! {
        <form class="toolbar" method="get" action="/audit">
            <label for="action">"Việc"</label>
            <select id="action" name="action"><option value="">"Tất cả"</option>{options}</select>
            <button class="button">"Lọc"</button>
        </form>
        {if empty {
            view! { <div class="empty"><p>"Không có dòng nhật ký nào khớp."</p></div> }.into_any()
        } else {
            view! {
                <section class="card">
                    <div class="scroll-x" tabindex="0" role="region" aria-label="Nhật ký">
                        <table>
                            <caption class="visually-hidden">"Nhật ký, mới nhất trước"</caption>
                            <thead><tr><th scope="col">"Lúc"</th><th scope="col">"Ai"</th><th scope="col">"Việc"</th><th scope="col">"Với"</th><th scope="col">"Chi tiết"</th></tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </section>
            }.into_any()
        }}
        <nav class="row" aria-label="Trang">
            {newest.map(|href| view! { <a class="button" href=href>"Mới nhất"</a> })}
            {older.map(|href| view! { <a class="button" href=href>"Cũ hơn"</a> })}
        </nav>
    }
}

#[component]
fn Line(line: AuditLine) -> impl IntoView {
    let who = if line.who.is_empty() {
        "Dòng lệnh máy chủ".to_owned()
    } else {
        line.who
    };
    let kind = words::subject_kind(&line.subject_kind).to_owned();
    let subject = if line.subject.is_empty() {
        kind
    } else {
        format!("{kind} {}", line.subject)
    };
    let detail = line
        .detail
        .into_iter()
        .map(|(key, value)| format!("{}: {value}", words::particular(&key)))
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <tr>
            <td class="audit-when">{line.at}</td>
            <td>{who}</td>
            <td>{words::action(&line.action).to_owned()}</td>
            <td>{subject}</td>
            <td class="small">{detail}</td>
        </tr>
    }
}

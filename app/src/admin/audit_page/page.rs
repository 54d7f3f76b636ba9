//! The audit log: searched, paged from newer to older, exported, with the head of its chain.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use super::api::{AuditFilter, AuditLine, AuditView, load_audit};
use super::words;
use crate::ui::{Empty, ask, shown};

/// Who did what, newest first.
#[component]
pub fn AuditPage() -> impl IntoView {
    let query = use_query_map();
    let source = Memo::new(move |_| {
        let query = query.read();
        let text = |name: &str| query.get(name).unwrap_or_default();
        let before: Option<Uuid> = query.get("before").and_then(|id| id.parse().ok());
        let filter = AuditFilter {
            person: text("person"),
            action: text("action"),
            from: text("from"),
            until: text("until"),
            record: text("record"),
        };
        (before, filter)
    });
    let log = ask(
        move || source.get(),
        |(before, filter)| load_audit(before, filter),
    );
    view! {
        <Title text="Nhật ký"/>
        <header class="page-head">
            <h1>"Nhật ký"</h1>
            <p class="muted">"Ai đã làm gì, khi nào, từ đâu, vì lý do gì. Nhật ký chỉ thêm, không sửa; không chứa điểm và mật khẩu."</p>
        </header>
        {move || view! { <Search filter=source.get().1/> }}
        {Suspend::new(async move {
            shown(log.await, move |view| {
                let (before, filter) = source.get_untracked();
                view! { <Log view filter paged=before.is_some()/> }
            })
        })}
    }
}

/// Stands also over a refused search, so that it can be put right.
#[component]
fn Search(filter: AuditFilter) -> impl IntoView {
    view! {
        <form class="toolbar" method="get" action="/audit" role="search">
            <label for="person">"Người"</label>
            <input id="person" name="person" value=filter.person maxlength="100" placeholder="Tên hoặc tài khoản"/>
            <label for="action">"Việc"</label>
            <input id="action" name="action" value=words::action(&filter.action).to_owned() maxlength="100" list="actions" placeholder="Tất cả"/>
            <label for="from">"Từ ngày"</label>
            <input id="from" name="from" type="date" value=filter.from/>
            <label for="until">"Đến ngày"</label>
            <input id="until" name="until" type="date" value=filter.until/>
            <label for="record">"Mã hồ sơ"</label>
            <input id="record" name="record" value=filter.record maxlength="36" autocomplete="off"/>
            <button class="button">"Tìm"</button>
        </form>
    }
}

#[component]
fn Log(
    view: AuditView,
    filter: AuditFilter,
    /// Older rows are shown: offer the way back to the newest.
    paged: bool,
) -> impl IntoView {
    let options = view
        .actions
        .iter()
        .map(|code| view! { <option value=words::action(code).to_owned()></option> })
        .collect_view();
    let query = filter.query();
    let older = view
        .lines
        .last()
        .filter(|_| view.more)
        .map(|line| format!("/audit?{query}&before={}", line.audit));
    let newest = paged.then(|| format!("/audit?{query}"));
    let export = format!("/audit.csv?{query}");
    let empty = view.lines.is_empty();
    let rows = view
        .lines
        .into_iter()
        .map(|line| view! { <Line line/> })
        .collect_view();
    view! {
        <datalist id="actions">{options}</datalist>
        <Chain head=view.head/>
        {if empty {
            view! { <Empty text="Không có dòng nhật ký nào khớp."><p><a href="/audit">"Xem tất cả"</a></p></Empty> }.into_any()
        } else {
            view! {
                <section class="card">
                    <div class="scroll-x" tabindex="0" role="region" aria-label="Nhật ký">
                        <table>
                            <caption class="visually-hidden">"Nhật ký, mới nhất trước"</caption>
                            <thead>
                                <tr>
                                    <th scope="col" class="num">"Số"</th>
                                    <th scope="col">"Lúc"</th>
                                    <th scope="col">"Ai"</th>
                                    <th scope="col">"Việc"</th>
                                    <th scope="col">"Với"</th>
                                    <th scope="col">"Chi tiết"</th>
                                    <th scope="col">"Từ"</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </section>
            }.into_any()
        }}
        <nav class="row" aria-label="Trang">
            {newest.map(|href| view! { <a class="button" href=href>"Mới nhất"</a> })}
            {older.map(|href| view! { <a class="button" href=href>"Cũ hơn"</a> })}
            {(!empty).then(|| view! { <a class="button" data-tone="quiet" href=export download rel="external">"Tải về CSV"</a> })}
        </nav>
    }
}

/// The newest seal, to be compared with one that was printed, and how to check the whole.
#[component]
fn Chain(head: Option<(i64, String)>) -> impl IntoView {
    match head {
        None => view! { <p class="muted small">"Chưa có dòng nào được niêm phong; dòng mới được niêm phong sau mỗi giây."</p> }.into_any(),
        Some((seq, hash)) => view! {
            <details class="audit-chain">
                <summary>{format!("Đã niêm phong đến số {seq}")}</summary>
                <p class="audit-hash">{format!("{seq}:{hash}")}</p>
                <p class="muted small">
                    "Đầu chuỗi này xác định mọi dòng trước nó. Giữ nó ở nơi khác; sau này "<code>"congtam verify-audit --head SỐ:MÃ"</code>
                    " cho biết chuỗi có còn đi qua nó không và nêu dòng sai đầu tiên."
                </p>
            </details>
        }.into_any(),
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
    let subject = match line.subject_id {
        Some(id) => view! { <a href=format!("/audit?record={id}")>{subject}</a> }.into_any(),
        None => subject.into_any(),
    };
    let detail = line
        .detail
        .into_iter()
        .map(|(key, value)| {
            format!(
                "{}: {}",
                words::particular(&key),
                words::value(&key, &value)
            )
        })
        .collect::<Vec<_>>()
        .join(" · ");
    let seq = line
        .seq
        .map_or_else(|| "chờ".to_owned(), |seq| seq.to_string());
    view! {
        <tr>
            <td class="num">{seq}</td>
            <td class="audit-when">{line.at}</td>
            <td>{who}</td>
            <td>{words::action(&line.action).to_owned()}</td>
            <td>{subject}</td>
            <td class="small">{detail}</td>
            <td class="small">{line.address}</td>
        </tr>
    }
}

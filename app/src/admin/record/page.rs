//! The own record's log as a page.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use super::api::{RecordLine, RecordView, load_record};
use crate::admin::audit_page::words;
use crate::sign::{SignatureList, Signed};
use crate::ui::{Empty, Segmented, ask, shown};

/// Who looked at the own record and who changed it, newest first.
#[component]
pub fn RecordPage() -> impl IntoView {
    let query = use_query_map();
    let source = Memo::new(move |_| {
        let query = query.read();
        let before: Option<Uuid> = query.get("before").and_then(|id| id.parse().ok());
        (before, query.get("show").unwrap_or_default())
    });
    let record = ask(
        move || source.get(),
        |(before, show)| load_record(before, show),
    );
    let options = vec![
        ("", "Tất cả"),
        ("views", "Lượt xem"),
        ("changes", "Người khác sửa"),
        ("signatures", "Chữ ký"),
    ];
    view! {
        <Title text="Hồ sơ của tôi"/>
        <header class="page-head">
            <h1>"Ai đã xem, ai đã sửa hồ sơ của tôi"</h1>
            <p class="muted">
                "Mỗi lần người khác mở công việc, phiếu, căn cứ điểm, kết quả năm, quyết định hoặc kiến nghị của bạn, xem điểm của bạn trong cuộc họp hay tải hồ sơ của bạn thành tệp đều được ghi lại (mỗi người nhiều nhất một lần mỗi giờ), và mỗi thay đổi cũng vậy. Bảng tổng hợp của đơn vị không tính là lượt xem hồ sơ."
            </p>
            <Segmented label="Loại" key="show" options current=Signal::derive(move || source.get().1)/>
        </header>
        {Suspend::new(async move {
            shown(record.await, move |view| {
                let (before, show) = source.get_untracked();
                view! { <Record view show paged=before.is_some()/> }
            })
        })}
    }
}

#[component]
fn Record(
    view: RecordView,
    show: String,
    /// Older rows are shown: offer the way back to the newest.
    paged: bool,
) -> impl IntoView {
    if !view.has_record {
        return view! { <Empty text="Tài khoản này không gắn với công chức nào, nên không có hồ sơ để xem hay sửa."><p><a href="/account">"Tài khoản của tôi"</a></p></Empty> }.into_any();
    }
    if show == "signatures" {
        return view! { <Signatures signatures=view.signatures/> }.into_any();
    }
    if view.lines.is_empty() {
        return view! { <Empty text="Chưa có ai xem hay sửa hồ sơ của bạn ở phần này."><p><a href="/month">"Xem tháng của tôi"</a></p></Empty> }.into_any();
    }
    let show = crate::ui::query_value(&show);
    let older = view
        .lines
        .last()
        .filter(|_| view.more)
        .map(|line| format!("/record?show={show}&before={}", line.audit));
    let newest = paged.then(|| format!("/record?show={show}"));
    let rows = view
        .lines
        .into_iter()
        .map(|line| view! { <Line line/> })
        .collect_view();
    view! {
        <section class="card">
            <div class="scroll-x" tabindex="0" role="region" aria-label="Hồ sơ của tôi">
                <table>
                    <caption class="visually-hidden">"Ai đã xem, ai đã sửa, mới nhất trước"</caption>
                    <thead><tr><th scope="col">"Lúc"</th><th scope="col">"Ai"</th><th scope="col">"Việc"</th><th scope="col">"Kỳ"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
        <nav class="row" aria-label="Trang">
            {newest.map(|href| view! { <a class="button" href=href>"Mới nhất"</a> })}
            {older.map(|href| view! { <a class="button" href=href>"Cũ hơn"</a> })}
        </nav>
    }
    .into_any()
}

#[component]
fn Signatures(signatures: Vec<(Signed, String)>) -> impl IntoView {
    let links = signatures
        .iter()
        .map(|(signed, link)| (signed.id, link.clone()))
        .collect::<Vec<_>>();
    let signatures: Vec<Signed> = signatures.into_iter().map(|(signed, _)| signed).collect();
    view! {
        <section class="card" aria-labelledby="signatures">
            <header><h2 id="signatures">"Chữ ký về tôi"</h2></header>
            <div class="card-body stack">
                <p class="muted">"Ai đã ký xác nhận phiếu tháng, quyết định xếp loại năm và trả lời kiến nghị của bạn. Quyết định ký một lần cho nhiều người hiện ở đây sau khi được thông báo cho bạn."</p>
                <SignatureList signatures links/>
            </div>
        </section>
    }
}

#[component]
fn Line(line: RecordLine) -> impl IntoView {
    let who = match (line.own, line.who.is_empty()) {
        (true, _) => "Bạn".to_owned(),
        (false, true) => "Hệ thống".to_owned(),
        (false, false) => line.who,
    };
    let what = if line.seen.is_empty() {
        words::action(&line.action).to_owned()
    } else {
        format!("Xem {}", words::seen(&line.seen))
    };
    view! {
        <tr>
            <td class="audit-when">{line.at}</td>
            <td>{who}</td>
            <td>{what}</td>
            <td>{line.period}</td>
        </tr>
    }
}

//! The way from an empty agency to its first month; what is done is read from the data.

use leptos::prelude::*;

use super::super::api::{FirstSteps, load_first_steps};
use crate::ui::{Chip, shown};

/// The list of first steps with the next one marked.
#[component]
pub(super) fn FirstStepsCard() -> impl IntoView {
    view! {
        {Suspend::new(async move { shown(load_first_steps().await, |steps| view! { <Steps steps/> }) })}
    }
}

#[component]
fn Steps(steps: FirstSteps) -> impl IntoView {
    let list = [
        (
            steps.people,
            "/organisation/import",
            "Nhập đơn vị và công chức",
            "Từ tệp xlsx theo mẫu, hoặc thêm từng người ở dưới.",
        ),
        (
            steps.catalogue,
            "/catalogue/import",
            "Nhập danh mục sản phẩm",
            "Tệp xlsx của cơ quan, để nguyên như khi ban hành.",
        ),
        (
            steps.approved,
            "/catalogue",
            "Phê duyệt danh mục",
            "Chỉ danh mục đã duyệt mới giao việc được.",
        ),
        (
            steps.accounts,
            "/accounts",
            "Tạo tài khoản",
            "Cho từng người, hoặc cho tất cả cùng lúc.",
        ),
        (
            steps.month,
            "/unit",
            "Giao việc tháng đầu tiên",
            "Người đứng đầu đơn vị đăng nhập và giao việc.",
        ),
    ];
    let next = list.iter().position(|(done, ..)| !done);
    let done = list.iter().filter(|(done, ..)| *done).count();
    let items = list
        .into_iter()
        .enumerate()
        .map(|(place, (is_done, href, words, hint))| {
            let chip = match (is_done, next == Some(place)) {
                (true, _) => view! { <Chip tone="good" text="Xong"/> }.into_any(),
                (false, true) => view! { <Chip tone="measure" text="Tiếp theo"/> }.into_any(),
                (false, false) => ().into_any(),
            };
            view! {
                <li>
                    <div class="row"><a href=href>{words}</a>{chip}</div>
                    <p class="muted small">{hint}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <header><h2>"Các bước đầu tiên"</h2><span class="muted small">{format!("{done}/5 bước đã xong")}</span></header>
            <ol class="card-body stack">{items}</ol>
            <div class="card-body"><a class="button" href="/organisation?first=1" rel="external">"Xem lại tiến độ"</a></div>
        </section>
    }
}

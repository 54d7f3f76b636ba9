//! A confirmed sheet: both totals, every difference with its reason, the remark.

use leptos::prelude::*;

use super::criteria::{CriteriaTable, points};
use crate::format::score;
use crate::review::wire::SheetView;
use crate::ui::{Figure, LevelChip};

/// What the competent person concluded, beside what the officer said.
#[component]
pub fn Concluded(sheet: SheetView) -> impl IntoView {
    let by = match (&sheet.confirmed_by, &sheet.confirmed) {
        (Some(by), Some(at)) => format!("{by} xác nhận lúc {at}."),
        _ => "Phiếu đã được xác nhận.".to_owned(),
    };
    let changed: Vec<String> = sheet
        .criteria
        .iter()
        .filter(|row| row.own != row.confirmed)
        .map(|row| {
            format!(
                "Tiêu chí {}: tự chấm {}, kết luận {}. {}",
                row.code,
                points(row.own),
                points(row.confirmed),
                row.reason
            )
        })
        .collect();
    let same = changed.is_empty();
    let changed = changed
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    let leader = [
        (
            "Khả năng tổ chức triển khai (đ)",
            sheet.organising,
            &sheet.organising_reason,
        ),
        (
            "Năng lực tập hợp, đoàn kết (e)",
            sheet.unity,
            &sheet.unity_reason,
        ),
    ]
    .into_iter()
    .filter_map(|(name, percent, reason)| Some((name, percent?, reason.clone())))
    .map(|(name, percent, reason)| {
        let reason = if reason.is_empty() {
            String::new()
        } else {
            format!(": {reason}")
        };
        view! { <li>{format!("{name}: {percent} %{reason}")}</li> }
    })
    .collect_view();
    let none = sheet.confirmed_total.is_none();
    view! {
        <div class="card-body stack">
            <p class="muted">{by}</p>
            <div class="grid-2">
                <Figure label="Bạn tự đánh giá" value=score(sheet.own_total) of="/ 100"/>
                <Figure label="Cấp có thẩm quyền kết luận" value=score(sheet.confirmed_total) of="/ 100">
                    <LevelChip level=sheet.confirmed_level full=true/>
                </Figure>
            </div>
            {none.then(|| view! { <p class="notice" data-tone="plain">"Chưa đủ dữ liệu để có điểm: trong tháng không có việc được giao theo kế hoạch."</p> })}
            {if same {
                view! { <p>"Mọi tiêu chí được xác nhận đúng như tự chấm."</p> }.into_any()
            } else {
                view! { <h3>"Chênh lệch và lý do"</h3> <ul>{changed}</ul> }.into_any()
            }}
            {(!leader.is_empty()).then(|| view! { <ul>{leader}</ul> })}
            {(!sheet.remark.is_empty()).then(|| view! { <h3>"Nhận xét của cấp có thẩm quyền"</h3> <p>{sheet.remark.clone()}</p> })}
        </div>
        <CriteriaTable sheet/>
    }
}

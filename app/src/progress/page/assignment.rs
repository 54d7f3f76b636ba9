//! One assignment: how it stands, delivering it, its rounds, evidence and history.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::deliver::DeliverForm;
use super::deliverable::{Deliverable, Place};
use super::evidence::Evidence;
use crate::assignment::CancelForm;
use crate::format;
use crate::live::Follow;
use crate::progress::api::load_assignment;
use crate::progress::wire::AssignmentData;
use crate::ui::{Chip, Empty, ask, shown};

/// The page `/assignment/:period/:assignment`.
#[component]
pub fn AssignmentPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let named = move || {
        let params = params.read();
        let id = params
            .get("assignment")
            .and_then(|text| text.parse::<Uuid>().ok());
        (
            params.get("period").unwrap_or_default(),
            id.unwrap_or_default(),
        )
    };
    let loaded = ask(named, |(period, id)| load_assignment(period, id));
    let file_refused = move || query.read().get("file").map(|code| file_refusal(&code));
    view! {
        {move || file_refused().map(|text| view! { <p class="notice" data-tone="bad" role="alert">{text}</p> })}
        {Suspend::new(async move {
            shown(loaded.await, |data| view! { <Assignment data/> })
        })}
    }
}

/// The sentence of an upload's refusal.
fn file_refusal(code: &str) -> &'static str {
    match code {
        "large" => "Tệp lớn hơn 10 MB nên không nhận được.",
        "type" => "Chỉ nhận PDF, ảnh PNG hoặc JPG, Word, Excel và ODT không có macro.",
        "empty" => "Tệp rỗng.",
        "many" => "Việc này đã có đủ 50 minh chứng; hãy bỏ bớt trước khi thêm.",
        "closed" => "Tháng đã công bố, đã khóa hoặc việc đã hủy nên không thêm được minh chứng.",
        "lost" => "Tệp chưa được tải lên hết; hãy thử lại.",
        _ => "Hãy chọn một tệp rồi tải lên.",
    }
}

#[component]
fn Assignment(data: AssignmentData) -> impl IntoView {
    let item = data.item.clone();
    let place = Place {
        period: data.period.clone(),
        today: data.today.to_string(),
        editable: data.editable,
    };
    let back = if data.own {
        format!("/month?period={}", data.period)
    } else {
        format!("/month/{}?period={}", data.officer, data.period)
    };
    let rounds = data
        .deliverables
        .iter()
        .map(|item| view! { <Deliverable item=item.clone() place=place.clone()/> })
        .collect_view();
    let none = data
        .deliverables
        .is_empty()
        .then(|| view! { <Empty text="Chưa bàn giao sản phẩm nào."/> });
    let can_deliver = data.editable && !data.left.is_zero();
    view! {
        <Title text=item.product.clone()/>
        <Follow officers=vec![data.officer]/>
        <header class="page-head">
            <p class="page-back"><A href=back>{format!("{} · {}", data.name, data.period_label)}</A></p>
            <h1>{item.product.clone()}</h1>
            <p class="muted">{item.about.clone()}</p>
        </header>
        {data.cancelled.clone().map(|reason| view! { <p class="notice" data-tone="plain">{format!("Việc này đã được hủy: {reason}")}</p> })}
        <Facts data=data.clone()/>
        {can_deliver.then(|| view! {
            <section class="card" aria-labelledby="deliver-title">
                <header><h2 id="deliver-title">"Bàn giao"</h2></header>
                <div class="card-body"><DeliverForm data=data.clone()/></div>
            </section>
        })}
        <section class="card" aria-labelledby="rounds-title">
            <header><h2 id="rounds-title">"Sản phẩm đã bàn giao"</h2></header>
            {none}
            <ul class="rows deliverables">{rounds}</ul>
        </section>
        <Evidence data=data.clone()/>
        <Reports data/>
    }
}

#[component]
fn Facts(data: AssignmentData) -> impl IntoView {
    let item = &data.item;
    let fact =
        |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let over = (!item.handed_over.is_zero())
        .then(|| fact("Đã chuyển giao", format::number(item.handed_over, 4)));
    let output = (!data.expected_output.is_empty())
        .then(|| fact("Sản phẩm đầu ra", data.expected_output.clone()));
    let hand_over = format!("/assignment/{}/{}/hand-over", data.period, item.assignment);
    view! {
        <section class="card">
            <header>
                <h2>"Tình hình"</h2>
                <Chip tone=item.tone.clone() text=item.state.clone()/>
                {data.directs.then(|| view! { <a class="button" href=hand_over>"Chuyển giao cho người khác"</a> })}
            </header>
            <div class="card-body stack">
                <dl class="facts">
                    {fact("Được giao", format::number(item.quantity, 4))}
                    {fact("Đã làm", format!("{} ({}%)", format::number(item.done, 4), format::number(item.percent, 1)))}
                    {fact("Hạn", format::day(item.due_day))}
                    {over}
                    {output}
                </dl>
                {(!item.remark.is_empty()).then(|| view! { <p>{item.remark.clone()}</p> })}
                {data.directs.then(|| view! { <CancelForm period=data.period.clone() assignment=item.assignment version=item.version/> })}
            </div>
        </section>
    }
}

#[component]
fn Reports(data: AssignmentData) -> impl IntoView {
    let rows = data
        .reports
        .iter()
        .map(|report| {
            view! {
                <tr>
                    <td>{format::day(report.work_day)}</td>
                    <td class="num">{format::number(report.quantity_done, 4)}</td>
                    <td>{report.note.clone()}</td>
                    <td class="muted small">{report.at.clone()}</td>
                </tr>
            }
        })
        .collect_view();
    (!data.reports.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="reports-title">
                <header><h2 id="reports-title">"Lịch sử ghi tiến độ"</h2></header>
                <div class="scroll-x" tabindex="0" role="region" aria-label="Lịch sử ghi tiến độ">
                    <table>
                        <thead><tr><th scope="col">"Ngày thực hiện"</th><th scope="col" class="num">"Đã làm"</th><th scope="col">"Ghi chú"</th><th scope="col">"Ghi lúc"</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
    })
}

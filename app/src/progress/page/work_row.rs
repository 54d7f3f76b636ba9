//! One assignment in the table: what is done, how it stands, and the form that reports it.

use leptos::prelude::*;
use leptos_router::components::A;

use super::refusal::{Refusal, names};
use crate::error::AppError;
use crate::format;
use crate::progress::api::Report;
use crate::progress::wire::{MonthData, WorkItem};
use crate::ui::{Chip, Meter, MeterTone, PostForm, Stepper, TextArea, refusal_in};

/// The row of an assignment.
#[component]
pub fn WorkRow(
    /// The assignment.
    item: WorkItem,
    /// The month it stands in.
    data: MonthData,
) -> impl IntoView {
    let id = item.assignment;
    let link = format!("/assignment/{}/{id}", data.period);
    let over = (!item.handed_over.is_zero())
        .then(|| view! { <div class="muted small">{format!("đã chuyển {}", format::number(item.handed_over, 4))}</div> });
    let done = if data.editable {
        view! { <ReportForm item=item.clone() data/> }.into_any()
    } else {
        view! { <span>{format::number(item.done, 4)}</span> }.into_any()
    };
    let percent = format!(
        "{}% · hạn {}",
        format::number(item.percent, 1),
        format::short_day(item.due_day)
    );
    let remark = (!item.remark.is_empty())
        .then(|| view! { <div class="muted small">{item.remark.clone()}</div> });
    let tone = tone(&item.tone);
    let bar = format!("Tiến độ {}", item.product);
    view! {
        <tr data-key=id.to_string()>
            <th scope="row">
                <A href=link.clone()>{item.product}</A>
                <div class="muted small">{item.about}</div>
            </th>
            <td class="num" data-label="Giao">{format::number(item.quantity, 4)} " " {over}</td>
            <td data-label="Hoàn thành">{done}</td>
            <td data-label="Tiến độ">
                <Meter value=item.percent mark=Signal::stored(item.expected) tone label=bar/>
                <div class="muted small">{percent}</div>
            </td>
            <td data-label="Trạng thái"><Chip tone=item.tone text=item.state/> {remark}</td>
            <td class="num" data-label="Lần chưa đạt">{item.faults.0}</td>
            <td class="num" data-label="Minh chứng">
                <A href=format!("{link}#evidence") attr:class="small">{format!("{} minh chứng", item.evidence)}</A>
            </td>
        </tr>
    }
}

fn tone(name: &str) -> MeterTone {
    match name {
        "good" => MeterTone::Good,
        "risk" => MeterTone::Risk,
        "bad" => MeterTone::Bad,
        _ => MeterTone::Measure,
    }
}

/// The form names the version that the officer saw when he began to type: while he does, it is left alone.
#[component]
fn ReportForm(item: WorkItem, data: MonthData) -> impl IntoView {
    let id = item.assignment;
    let form = format!("report-{id}");
    let refusal = refusal_in::<Report>(&form);
    let value = match &refusal {
        Some(AppError::Invalid { field, typed, .. }) if field == "quantity_done" => typed.clone(),
        _ => format::number(item.done, 4),
    };
    let refused = Signal::stored(refusal);
    let named = move |field| names(refused, field).get_untracked();
    let (day, note) = (named("work_day"), named("note"));
    view! {
        <PostForm<Report> id=form said=format!("Đã ghi tiến độ: {}.", item.product)>
            <input type="hidden" name="period" value=data.period/>
            <input type="hidden" name="assignment" value=id.to_string()/>
            <input type="hidden" name="version" value=item.version.to_string()/>
            <input type="hidden" name="key" value=item.key.to_string()/>
            <div class="month-report">
                <Stepper
                    name="quantity_done"
                    id=format!("done-{id}")
                    label=format!("Số lượng hoàn thành: {}", item.product)
                    value
                    most=item.quantity - item.handed_over
                    refused=named("quantity_done")
                />
                <button class="button" data-tone="quiet">"Ghi"</button>
            </div>
            <details class="month-more" open=day || note>
                <summary>"Ngày, ghi chú"</summary>
                <div class="stack">
                    <label>
                        "Ngày thực hiện "
                        <input type="date" name="work_day" value=data.today.to_string() aria-invalid=day.then_some("true")/>
                    </label>
                    <label for=format!("note-{id}")>"Ghi chú"</label>
                    <TextArea name="note" id=format!("note-{id}") value=String::new() rows=2/>
                </div>
            </details>
            <Refusal refusal=refused/>
        </PostForm<Report>>
    }
}

//! The page of exports: what is due first, then the files that were made.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::{MakeExport, MarkSent, load_exports};
use super::wire::{ExportLine, ExportState, ExportView, SubjectLine};
use crate::format::day;
use crate::ui::{Chip, Empty, Field, PostForm, RefusalNotice, ask, refusal_in, refusal_of, shown};

/// Results for the national database: due, made, sent.
#[component]
pub fn ExportPage() -> impl IntoView {
    let query = use_query_map();
    let view = ask(
        move || query.read().get("year").unwrap_or_default(),
        load_exports,
    );
    let refusal = refusal_of::<MakeExport>();
    view! {
        <Title text="Gửi cơ sở dữ liệu quốc gia"/>
        <header class="page-head">
            <h1>"Gửi cơ sở dữ liệu quốc gia"</h1>
            <p class="muted">
                "Kết quả kỳ và năm được cập nhật vào cơ sở dữ liệu quốc gia về cán bộ, công chức, viên chức trong 05 ngày kể từ khi có (điểm d khoản 1 Điều 26)."
            </p>
        </header>
        <RefusalNotice refusal/>
        {Suspend::new(async move { shown(view.await, |view| view! { <Exports view/> }) })}
    }
}

#[component]
fn Exports(view: ExportView) -> impl IntoView {
    let (year, today) = (view.year, view.today);
    let years = view! {
        <nav class="period" aria-label="Năm">
            <a rel="prev" href=format!("/export?year={}", year - 1) aria-label=format!("Năm trước: {}", year - 1)>"‹"</a>
            <span class="period-label" aria-current="true">{format!("Năm {year}")}</span>
            <a rel="next" href=format!("/export?year={}", year + 1) aria-label=format!("Năm sau: {}", year + 1)>"›"</a>
        </nav>
    };
    let subjects = if view.subjects.is_empty() {
        view! {
            <Empty text=format!("Năm {year} chưa có kết quả nào được công bố.")>
                <p>"Kết quả xuất hiện ở đây khi một kỳ được công bố hoặc quyết định xếp loại năm được công khai."</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows = view
            .subjects
            .into_iter()
            .map(|line| view! { <Subject line today/> })
            .collect_view();
        view! {
            <section class="card">
                <header><h2>"Cần gửi"</h2></header>
                <div class="scroll-x" tabindex="0" role="region" aria-label="Cần gửi">
                    <table>
                        <thead><tr><th scope="col">"Kỳ"</th><th scope="col">"Có kết quả"</th><th scope="col">"Tình trạng"</th><td></td></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any()
    };
    let exports = (!view.exports.is_empty()).then(|| {
        let items = view
            .exports
            .into_iter()
            .map(|line| view! { <Export line today/> })
            .collect_view();
        view! {
            <section class="card">
                <header><h2>"Tệp đã tạo"</h2></header>
                <ol class="card-body stack">{items}</ol>
            </section>
        }
    });
    view! { {years} {subjects} {exports} }
}

#[component]
fn Subject(line: SubjectLine, today: NaiveDate) -> impl IntoView {
    let again = |changed: bool| {
        if changed {
            "Kết quả đã thay đổi. "
        } else {
            ""
        }
    };
    let (tone, chip, words) = match line.state {
        ExportState::Late { by, changed } => (
            "bad",
            "Trễ hạn".to_owned(),
            format!(
                "{}Hạn {}, quá {} ngày",
                again(changed),
                day(by),
                (today - by).num_days()
            ),
        ),
        ExportState::Due { by, changed } => (
            "risk",
            "Cần gửi".to_owned(),
            format!(
                "{}Hạn {}, còn {} ngày",
                again(changed),
                day(by),
                (by - today).num_days()
            ),
        ),
        ExportState::Sent { on, late } => (
            "good",
            "Đã gửi".to_owned(),
            format!("Ngày {}{}", day(on), if late { ", sau hạn" } else { "" }),
        ),
    };
    let buttons = ["csv", "json"].map(|format| {
        let subject = line.subject.clone();
        let name = format!("Tạo tệp {} của {}", format.to_uppercase(), line.label);
        view! {
            <PostForm<MakeExport> said=format!("Đã tạo tệp của {}", line.label)>
                <input type="hidden" name="subject" value=subject/>
                <input type="hidden" name="format" value=format/>
                <button class="button" aria-label=name>{format.to_uppercase()}</button>
            </PostForm<MakeExport>>
        }
    });
    view! {
        <tr data-key=line.subject.clone()>
            <th scope="row">{line.label.clone()}</th>
            <td>{day(line.result_on)}</td>
            <td><Chip tone text=chip/>" "{words}</td>
            <td><div class="row">{buttons}</div></td>
        </tr>
    }
}

#[component]
fn Export(line: ExportLine, today: NaiveDate) -> impl IntoView {
    let file = format!("/export/file/{}", line.export);
    let id = format!("sent-{}", line.export);
    let refused = refusal_in::<MarkSent>(&id);
    let open = refused.is_some();
    let sent = match line.sent {
        Some(sent) => view! {
            <p><Chip tone="good" text="Đã gửi"/>{format!(" Số {} ngày {}, {} ghi nhận.", sent.number, day(sent.on), sent.by)}</p>
        }
        .into_any(),
        None => {
            let (number, on) = (format!("number-{id}"), format!("on-{id}"));
            view! {
                <details open=open>
                    <summary>"Ghi nhận đã gửi"</summary>
                    <PostForm<MarkSent> id said="Đã ghi nhận">
                        <RefusalNotice refusal=Signal::stored(refused)/>
                        <input type="hidden" name="export" value=line.export.to_string()/>
                        <div class="form-grid">
                            <Field label="Số văn bản hoặc mã lần gửi" name=number.clone()>
                                <input id=number name="number" required maxlength="100"/>
                            </Field>
                            <Field label="Ngày gửi" name=on.clone()>
                                <input id=on name="sent_on" type="date" required value=today.to_string()/>
                            </Field>
                        </div>
                        <div><button class="button">"Ghi nhận"</button></div>
                    </PostForm<MarkSent>>
                </details>
            }
            .into_any()
        }
    };
    view! {
        <li class="stack" data-key=line.export.to_string()>
            <p>
                <a href=file download rel="external">{format!("{} ({})", line.label, line.format.to_uppercase())}</a>
                {format!(" · {} người · {} tạo lúc {}", line.people, line.made_by, line.made_at)}
            </p>
            <p class="muted small audit-hash">{format!("SHA-256 {}", line.hash)}</p>
            {sent}
        </li>
    }
}

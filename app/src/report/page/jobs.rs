//! Printing a whole agency: ask, follow, stop, download. It works by reloading where nothing runs in the browser.

use leptos::prelude::*;
use leptos_meta::Title;
use rust_decimal::Decimal;

use crate::live::Follow;
use crate::report::api::{AskReport, CancelReport, JobState, JobView, ReportView, load_reports};
use crate::ui::{
    Chip, Empty, Field, Meter, PostForm, RefusalNotice, ask, refusal_of, shown, typed_in,
};

/// The queue of prints of the agency.
#[component]
pub fn ReportPage() -> impl IntoView {
    let loaded = ask(|| (), |()| load_reports());
    view! {
        <Title text="In phiếu toàn cơ quan"/>
        <header class="page-head">
            <h1>"In phiếu toàn cơ quan"</h1>
            <p class="muted">
                "Phiếu của một người hay một đơn vị tải ngay từ trang của người hay đơn vị đó. Cả cơ quan thì máy chủ in lần lượt; bạn có thể làm việc khác trong lúc chờ."
            </p>
        </header>
        <RefusalNotice refusal={refusal_of::<AskReport>()}/>
        <RefusalNotice refusal={refusal_of::<CancelReport>()}/>
        {Suspend::new(async move { shown(loaded.await, |data| view! { <Queue data/> }) })}
    }
}

#[component]
fn Queue(data: ReportView) -> impl IntoView {
    let typed = typed_in(refusal_of::<AskReport>(), "time");
    let period = data.period.to_string();
    let time = move || typed().unwrap_or_else(|| period.clone());
    let kept = data.kept;
    let jobs = data
        .jobs
        .into_iter()
        .map(|job| view! { <Job job/> })
        .collect_view();
    let empty = jobs.is_empty();
    view! {
        <Follow officers={data.me.into_iter().collect::<Vec<_>>()}/>
        <section class="card">
            <header><h2>"In mới"</h2></header>
            <div class="card-body">
                <PostForm<AskReport> said="Đã đưa vào hàng chờ in.">
                    <div class="toolbar">
                        <Field label="Tháng hoặc năm" name="time">
                            <input id="time" name="time" required=true inputmode="numeric" maxlength="7" value=time aria-describedby="time-help"/>
                        </Field>
                        <Field label="Đóng gói" name="pack">
                            <select id="pack" name="pack">
                                <option value="zip">"Tệp nén ZIP, mỗi người một PDF"</option>
                                <option value="pdf">"Một tệp PDF"</option>
                            </select>
                        </Field>
                        <button class="button" data-tone="act">"In"</button>
                    </div>
                    <p class="muted small" id="time-help">"2026-11 in Mẫu số 01 của tháng 11/2026; 2026 in Mẫu số 02 của năm 2026."</p>
                </PostForm<AskReport>>
            </div>
        </section>
        {if empty {
            view! {
                <Empty text="Chưa có lần in nào.">
                    <p>"Chọn tháng hoặc năm ở trên rồi bấm “In”."</p>
                </Empty>
            }.into_any()
        } else {
            view! {
                <section class="card">
                    <header><h2>"Các lần in"</h2><span class="muted small">{format!("Tệp được giữ {kept} ngày")}</span></header>
                    <ul class="rows">{jobs}</ul>
                </section>
            }.into_any()
        }}
    }
}

#[component]
fn Job(job: JobView) -> impl IntoView {
    let tone = match job.state {
        JobState::Done => "good",
        JobState::Failed => "bad",
        JobState::Waiting | JobState::Running => "measure",
        JobState::Cancelled | JobState::Removed => "plain",
    };
    let running = (job.state == JobState::Running && job.total > 0).then(|| {
        let percent = Decimal::from(job.done) * Decimal::ONE_HUNDRED / Decimal::from(job.total);
        let words = format!("{} trên {} phiếu", job.done, job.total);
        view! { <Meter value=percent label={words.clone()}/><span class="small">{words}</span> }
    });
    let file = (job.state == JobState::Done).then(|| {
        let href = format!("/report/job/{}.{}", job.job, job.pack);
        let words = format!(
            "Tải {} ({} kB, {} phiếu)",
            job.pack.to_uppercase(),
            job.kilobytes,
            job.total
        );
        let until = job.until.clone().map(|day| format!("giữ đến {day}"));
        view! { <a class="button" href=href rel="external" download>{words}</a><span class="muted small">{until}</span> }
    });
    let stop = job.state.is_open().then(|| {
        let id = format!("stop-{}", job.job);
        view! {
            <PostForm<CancelReport> id said="Đã dừng.">
                <input type="hidden" name="job" value=job.job.to_string()/>
                <button class="button">"Dừng"</button>
            </PostForm<CancelReport>>
        }
    });
    let error = (!job.error.is_empty()).then(|| view! { <p class="small">{job.error.clone()}</p> });
    view! {
        <li class="row" data-key=job.job.to_string()>
            <b>{job.what}</b>
            <Chip tone text=job.state.label()/>
            <span class="muted small">{format!("{} yêu cầu lúc {}", job.by, job.at)}</span>
            {running}
            {file}
            {stop}
            {error}
        </li>
    }
}

//! The printable sheet: Mẫu số 01 on the first page, every step of the score on the second.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::criteria::CriteriaTable;
use super::why_link;
use crate::error::AppError;
use crate::format::score;
use crate::review::api::load_print;
use crate::review::version::Versions;
use crate::review::wire::{PrintView, TraceStep};
use crate::sign::SignatureList;
use crate::ui::{Downloads, PeriodSwitch, ask, shown};

/// Mẫu số 01 of one person and month, for the person and everyone within reach.
#[component]
pub fn SheetPage() -> impl IntoView {
    let (query, params) = (use_query_map(), use_params_map());
    let source = move || {
        let officer = params
            .read()
            .get("officer")
            .and_then(|text| text.parse::<Uuid>().ok());
        (officer, query.read().get("period").unwrap_or_default())
    };
    let sheet = ask(source, |(officer, period)| async move {
        match officer {
            Some(officer) => load_print(officer, period).await,
            None => Err(AppError::NotFound),
        }
    });
    view! {
        <Title text="Phiếu theo dõi, đánh giá"/>
        {Suspend::new(async move { shown(sheet.await, |sheet| view! { <Sheet print=sheet/> }) })}
    }
}

#[component]
fn Sheet(print: PrintView) -> impl IntoView {
    let sheet = print.sheet;
    let state = if sheet.is_confirmed() {
        let by = sheet.confirmed_by.clone().unwrap_or_default();
        let at = sheet.confirmed.clone().unwrap_or_default();
        format!("{by} xác nhận lúc {at}.")
    } else {
        "Phiếu chưa được xác nhận: số liệu tạm tính theo kết quả công chức báo cáo.".to_owned()
    };
    let confirmed = state.clone();
    let level = print
        .level
        .map_or("Chưa đủ dữ liệu", kpi::level::Level::label);
    let or_blank = |text: &str| {
        if text.is_empty() {
            "…".to_owned()
        } else {
            text.to_owned()
        }
    };
    let steps = print.trace.into_iter().map(step).collect_view();
    let leader = [
        (
            "đ. Khả năng tổ chức triển khai",
            sheet.organising,
            &sheet.organising_reason,
        ),
        (
            "e. Năng lực tập hợp, đoàn kết",
            sheet.unity,
            &sheet.unity_reason,
        ),
    ]
    .into_iter()
    .filter_map(|(name, percent, reason)| Some(format!("{name}: {} %. {reason}", percent?)))
    .map(|line| view! { <p>{line}</p> })
    .collect_view();
    let period = sheet.period;
    let month = format!("/month/{}?period={period}", sheet.officer);
    let why = why_link(&sheet);
    let whose = format!(
        "{} · {} · {} · {} điểm ({level})",
        sheet.name,
        sheet.unit,
        period.label(),
        score(print.total)
    );
    view! {
        <div class="toolbar no-print">
            <PeriodSwitch period/>
            <a class="button" href=month>"Xem công việc trong tháng"</a>
            <a class="button" href=why("self")>"So với tự đánh giá"</a>
            <a class="button" href=why(&period.previous().to_string())>"So với tháng trước"</a>
            <a class="button" href=why("") + "#thu">"Thử thay đổi"</a>
            <Downloads href={format!("/report/sheet/{period}/{}", sheet.officer)} words="Tải phiếu"/>
            <a class="button" rel="external" href={format!("/report/trace/{period}/{}.pdf", sheet.officer)}>"Tải cách tính điểm (PDF)"</a>
            {print.contestable.then(|| view! { <a class="button" href=format!("/petition?period={period}")>"Gửi kiến nghị"</a> })}
        </div>
        <article class="sheet-print card">
            <div class="card-body stack">
                <div class="sheet-head">
                    <p>{sheet.agency.clone()}<br/><b>{sheet.unit.clone()}</b></p>
                    <p><b>"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"</b><br/><b>"Độc lập - Tự do - Hạnh phúc"</b></p>
                </div>
                <h1>"Phiếu theo dõi, đánh giá công chức"</h1>
                <p class="sheet-period">{format!("{} (Mẫu số 01, Nghị định số 335/2025/NĐ-CP)", period.label())}</p>
                <p>"Họ và tên: "<b>{sheet.name.clone()}</b></p>
                <p>{format!("Chức vụ, chức danh: {}. Đơn vị: {}.", sheet.title, sheet.unit)}</p>
                <h2>"I. Tiêu chí chung"</h2>
                <CriteriaTable sheet=sheet.clone()/>
                <h2>"II. Kết quả"</h2>
                <p>"1. Điểm tiêu chí chung: "<b>{score(Some(print.common_points))}</b></p>
                <p>"2. Điểm tiêu chí kết quả thực hiện nhiệm vụ: "<b>{score(print.task_points)}</b></p>
                <p>"3. Tổng điểm: "<b>{score(print.total)}</b>{format!(" ({level})")}</p>
                {leader}
                <p>"4. Ưu điểm: "{or_blank(&sheet.strengths)}</p>
                <p>"5. Hạn chế, khuyết điểm: "{or_blank(&sheet.shortcomings)}</p>
                <p>"6. Nhận xét của cấp có thẩm quyền: "{or_blank(&sheet.remark)}</p>
                <p class="muted">{state}</p>
                <div class="sheet-sign">
                    <div><p><b>"Người tự đánh giá"</b></p><p class="sheet-name">{sheet.name.clone()}</p></div>
                    <div><p><b>"Cấp có thẩm quyền"</b></p><p class="sheet-name">{sheet.confirmed_by.clone().unwrap_or_default()}</p></div>
                </div>
            </div>
        </article>
        <article class="sheet-print card sheet-trace">
            <div class="card-body stack">
                <h2>"Cách tính điểm, kiểm tra được bằng máy tính bỏ túi"</h2>
                <p>{whose}</p>
                <p class="small">
                    "Bộ quy tắc: "<a href=format!("/rule-set/{}", print.rules.0)>{print.rules.1.clone()}</a>". Hệ số quy đổi là hệ số của danh mục khi giao việc. "{confirmed}
                </p>
                <div class="why-steps">{steps}</div>
            </div>
        </article>
        {(!print.versions.is_empty()).then(|| view! { <Versions versions=print.versions/> })}
        {(!print.announcement.is_empty()).then(|| view! {
            <section class="card no-print" aria-labelledby="announced">
                <header><h2 id="announced">"Công bố kết quả"</h2></header>
                <div class="card-body"><SignatureList signatures=print.announcement/></div>
            </section>
        })}
    }
}

fn step(step: TraceStep) -> impl IntoView {
    let lines = step
        .lines
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    let words = step.sentence;
    view! {
        <div class="why-step">
            <p><b>{words.title}</b>" "<span class="why-article small">{words.article}</span></p>
            <p class="formula">{words.formula}</p>
            {(!lines.is_empty()).then(|| view! { <ul class="why-lines">{lines}</ul> })}
            <p class="small">{words.reason}</p>
        </div>
    }
}

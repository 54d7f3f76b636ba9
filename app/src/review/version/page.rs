//! The versions of a sheet, and the form that withdraws a signature.

use kpi::period::Period;
use kpi::review::SheetStatus;
use leptos::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::api::UnsignSheet;
use super::wire::VersionRow;
use crate::format::{number, score};
use crate::sign::PasswordField;
use crate::ui::{Chip, Field, LevelChip, PostForm, RefusalNotice, refusal_of, typed_in};

/// Every signed version, the newest first, each with what differs from the one before.
#[component]
pub fn Versions(
    /// What is listed.
    versions: Vec<VersionRow>,
) -> impl IntoView {
    let rows = versions.into_iter().enumerate().map(row).collect_view();
    view! {
        <section class="card no-print" aria-labelledby="versions">
            <header><h2 id="versions">"Các bản đã ký"</h2></header>
            <ol class="rows version-list" reversed>{rows}</ol>
        </section>
    }
}

fn row((at, version): (usize, VersionRow)) -> impl IntoView {
    let state = match (&version.withdrawn, at) {
        (Some(_), _) => view! { <Chip tone="risk" text="Đã rút chữ ký"/> },
        (None, 0) => view! { <Chip tone="good" text="Đang có hiệu lực"/> },
        (None, _) => view! { <Chip tone="plain" text="Đã được thay thế"/> },
    };
    let difference = version
        .total
        .zip(version.before)
        .map(|(now, before)| now - before);
    let difference = difference
        .filter(|value| *value != Decimal::ZERO)
        .map(|value| {
            let sign = if value > Decimal::ZERO { "+" } else { "−" };
            format!(" ({sign}{} so với bản trước)", number(value.abs(), 2))
        });
    let short: String = version.hash.chars().take(12).collect();
    let hash = (!short.is_empty())
        .then(|| view! { " · dấu nội dung "<code title=version.hash.clone()>{short}</code> });
    let prepared = version.prepared_by.map(|by| format!(" · {by} chuẩn bị"));
    let changed = (!version.changed.is_empty()).then(|| version.changed.join(" · "));
    let reason = (!version.reason.is_empty()).then(|| format!("Lý do: {}", version.reason));
    let withdrawn = version
        .withdrawn
        .map(|(at, why)| format!("Rút chữ ký lúc {at}: {why}"));
    let notes = [changed, reason, withdrawn]
        .into_iter()
        .flatten()
        .map(|line| view! { <p>{line}</p> })
        .collect_view();
    view! {
        <li data-key=version.number.to_string()>
            <p class="figure-line">
                <b>{format!("Bản {}", version.number)}</b>
                <span class="num">{score(version.total)}</span>
                <LevelChip level=version.level/>
                {difference}
                {state}
            </p>
            <p class="muted">{format!("{} ký lúc {}", version.by, version.at)}{prepared}{hash}</p>
            {notes}
        </li>
    }
}

/// Withdrawing the signature of a confirmed sheet: rare, so it explains itself first.
#[component]
pub fn Unsign(
    /// Whose sheet.
    officer: Uuid,
    /// The month.
    period: Period,
    /// Version of the sheet that is shown.
    version: i32,
    /// How far it is; only a confirmed one can be withdrawn.
    status: SheetStatus,
    /// A key for the act, so that a retry counts once.
    key: Uuid,
) -> impl IntoView {
    let refusal = refusal_of::<UnsignSheet>();
    let open = refusal.get_untracked().is_some();
    let reason = typed_in(refusal, "reason");
    let why_not = match status {
        SheetStatus::Confirmed => None,
        SheetStatus::Announced | SheetStatus::Locked => Some(
            "Kết quả đã công bố nên chữ ký không rút được nữa; phiếu chỉ đổi bằng bản thay thế khi giải quyết kiến nghị.",
        ),
        SheetStatus::Draft | SheetStatus::SelfAssessed => return ().into_any(),
    };
    if let Some(why) = why_not {
        return view! { <p class="card-body muted">{why}</p> }.into_any();
    }
    view! {
        <details class="more card-body" open=open>
            <summary>"Rút chữ ký để sửa"</summary>
            <PostForm<UnsignSheet> said="Đã rút chữ ký; phiếu chờ xác nhận lại.">
                <div class="stack">
                    <RefusalNotice refusal/>
                    <p>"Bản đã ký vẫn được giữ và hiện cho người được đánh giá, cùng lý do rút. Điểm đã kết luận được điền sẵn cho lần xác nhận sau."</p>
                    <input type="hidden" name="officer" value=officer.to_string()/>
                    <input type="hidden" name="period" value=period.to_string()/>
                    <input type="hidden" name="version" value=version.to_string()/>
                    <input type="hidden" name="key" value=key.to_string()/>
                    <Field label="Lý do rút chữ ký" name="unsign-reason">
                        <input id="unsign-reason" name="reason" maxlength="1000" autocomplete="off" required value=reason/>
                    </Field>
                    <PasswordField refusal id="unsign-password"/>
                    <div><button class="button">"Rút chữ ký"</button></div>
                </div>
            </PostForm<UnsignSheet>>
        </details>
    }
    .into_any()
}

//! The own sheet: the draft with its ten criteria, what was sent, and what the competent person concluded.

use kpi::period::Period;
use kpi::review::SheetStatus;
use leptos::prelude::*;

use super::concluded::Concluded;
use super::criteria::CriteriaTable;
use super::draft::{Draft, DraftSheet};
use super::why_link;
use crate::review::api::{SaveSheet, WithdrawSubmission, load_own_sheet};
use crate::review::wire::SheetView;
use crate::ui::{Chip, PostForm, RefusalNotice, ask, refusal_of, shown};

/// The own sheet of a month (Mẫu số 01), as far as it is.
#[component]
pub fn SelfAssessment(
    /// The month; the current one when none is named.
    #[prop(into)]
    period: Signal<Option<Period>>,
) -> impl IntoView {
    let named = move || {
        period
            .get()
            .map_or_else(String::new, |period| period.to_string())
    };
    let sheet = ask(named, load_own_sheet);
    view! {
        {Suspend::new(async move {
            shown(sheet.await, |sheet| view! { <OwnSheet sheet/> })
        })}
    }
}

#[component]
fn OwnSheet(sheet: SheetView) -> impl IntoView {
    let print = format!("/sheet/{}?period={}", sheet.officer, sheet.period);
    let trial = why_link(&sheet)("") + "#thu";
    let status = sheet.status;
    let body = if status == SheetStatus::Draft && sheet.closed.is_none() {
        let refusal = refusal_of::<SaveSheet>().get_untracked();
        view! { <Draft draft=DraftSheet::of(&sheet, refusal)/> }.into_any()
    } else if sheet.is_confirmed() {
        view! { <Concluded sheet/> }.into_any()
    } else {
        view! { <Sent sheet/> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="own-sheet" id="self-assessment">
            <header>
                <h2 id="own-sheet">"Tiêu chí chung và tự đánh giá"</h2>
                <SheetChip status/>
                <div class="toolbar">
                    <a class="button" data-tone="quiet" href=print>"Xem phiếu Mẫu số 01"</a>
                    <a class="button" data-tone="quiet" href=trial>"Thử thay đổi"</a>
                </div>
            </header>
            {body}
        </section>
    }
}

/// How far the sheet is, to its owner.
#[component]
pub fn SheetChip(status: SheetStatus) -> impl IntoView {
    let (tone, text) = match status {
        SheetStatus::Draft => ("plain", "Chưa gửi"),
        SheetStatus::SelfAssessed => ("risk", "Đã gửi, chờ xác nhận"),
        SheetStatus::Confirmed => ("good", "Đã xác nhận"),
        SheetStatus::Announced => ("good", "Đã công bố"),
        SheetStatus::Locked => ("plain", "Đã khóa"),
    };
    view! { <Chip tone text/> }
}

/// A sheet that waits for the competent person: to read, and to take back.
#[component]
fn Sent(sheet: SheetView) -> impl IntoView {
    let refusal = refusal_of::<WithdrawSubmission>();
    let said = match (&sheet.submitted, sheet.closed) {
        (_, Some(closed)) => format!(
            "{} {}, phiếu không sửa được nữa.",
            sheet.period.label(),
            closed.label()
        ),
        (Some(at), _) => {
            format!("Đã gửi lúc {at}. Cấp có thẩm quyền chưa xác nhận; bạn có thể rút lại để sửa.")
        }
        (None, _) => "Phiếu chờ xác nhận.".to_owned(),
    };
    let (period, key) = (sheet.period.to_string(), sheet.key.to_string());
    let may_withdraw = sheet.closed.is_none() && sheet.status == SheetStatus::SelfAssessed;
    view! {
        <div class="card-body stack">
            <p class="notice" data-tone="plain">{said}</p>
            <RefusalNotice refusal/>
            {may_withdraw.then(|| view! {
                <PostForm<WithdrawSubmission> said="Đã rút lại phiếu.">
                    <input type="hidden" name="period" value=period/>
                    <input type="hidden" name="key" value=key/>
                    <button class="button">"Rút lại phiếu"</button>
                </PostForm<WithdrawSubmission>>
            })}
        </div>
        <CriteriaTable sheet/>
    }
}

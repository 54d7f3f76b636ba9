//! Announcing the results of a month, and locking it: rare acts that explain themselves first.

use leptos::prelude::*;

use super::super::api::{AnnouncePeriod, LockPeriod};
use super::super::wire::{MonthLine, UnfinishedLine, UnitLine, reason_key};
use crate::sign::{PasswordField, SignatureList, Signed};
use crate::ui::{Field, PostForm, RefusalNotice, TextArea, refusal_of, typed_in};

/// Announcing: everybody, or one unit before the others.
#[component]
pub(super) fn AnnounceCard(
    line: MonthLine,
    units: Vec<UnitLine>,
    /// The first of the unfinished sheets.
    unfinished: Vec<UnfinishedLine>,
    /// How many there are.
    unfinished_all: i64,
    key: String,
) -> impl IntoView {
    let refusal = refusal_of::<AnnouncePeriod>();
    let options = units
        .into_iter()
        .filter(|unit| !unit.announced)
        .map(|unit| {
            let words = if unit.unfinished > 0 {
                format!(
                    "{} (còn {} phiếu chưa xác nhận)",
                    unit.name, unit.unfinished
                )
            } else {
                unit.name
            };
            view! { <option value=unit.unit.to_string()>{words}</option> }
        })
        .collect_view();
    let whole = unfinished.is_empty();
    let hidden = unfinished_all - i64::try_from(unfinished.len()).unwrap_or_default();
    let rows = unfinished
        .into_iter()
        .map(|sheet| {
            let id = format!("left-{}", sheet.officer);
            let link = format!("/review/{}?period={}", sheet.officer, line.period);
            let state = if sheet.sent { "chờ xác nhận" } else { "chưa gửi" };
            view! {
                <li class="field" data-key=sheet.officer.to_string()>
                    <label for=id.clone()><a href=link>{sheet.name.clone()}</a>" · "{sheet.unit}" · "{state}</label>
                    <input
                        id=id
                        name=format!("reasons[{}]", reason_key(sheet.officer))
                        maxlength="1000"
                        placeholder="Lý do chưa công bố riêng của người này"
                    />
                </li>
            }
        })
        .collect_view();
    let typed = typed_in(refusal, "reason");
    let label = line.period.label().to_lowercase();
    view! {
        <section class="card" aria-labelledby="announce">
            <header><h2 id="announce">{format!("Công bố kết quả {label}")}</h2></header>
            <div class="card-body stack">
                <p>"Phiếu đã xác nhận được công bố đến từng người; từ đó chỉ thay đổi qua kiến nghị. Việc này không hoàn tác được."</p>
                <PostForm<AnnouncePeriod> said="Đã công bố.">
                    <div class="stack">
                        <RefusalNotice refusal/>
                        <input type="hidden" name="period" value=line.period.to_string()/>
                        <input type="hidden" name="version" value=line.version.to_string()/>
                        <input type="hidden" name="key" value=key/>
                        <Field label="Công bố cho" name="announce-unit">
                            <select id="announce-unit" name="unit"><option value="">"Toàn cơ quan"</option>{options}</select>
                        </Field>
                        {if whole {
                            view! { <p class="notice" data-tone="good">"Mọi phiếu đã được xác nhận."</p> }.into_any()
                        } else {
                            view! {
                                <Field label="Lý do chưa công bố, chung cho những phiếu chưa xác nhận" name="announce-reason">
                                    <TextArea name="reason" id="announce-reason" value=typed().unwrap_or_default() maxlength=1000/>
                                </Field>
                                <details class="more">
                                    <summary>"Phiếu chưa xác nhận, lý do từng người"</summary>
                                    <ul class="stack">{rows}</ul>
                                    {(hidden > 0).then(|| view! { <p class="muted">{format!("Và {hidden} phiếu khác, gồm cả người đã ghi lý do trước.")}</p> })}
                                </details>
                            }.into_any()
                        }}
                        <PasswordField refusal id="announce-password" described_by="announce"/>
                        <div><button class="button" data-tone="act">"Ký và công bố"</button></div>
                    </div>
                </PostForm<AnnouncePeriod>>
            </div>
        </section>
    }
}

/// Who announced what of a month, when.
#[component]
pub(super) fn AnnouncementsCard(signatures: Vec<Signed>) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="announcements">
            <header><h2 id="announcements">"Các lần công bố đã ký"</h2></header>
            <div class="card-body"><SignatureList signatures/></div>
        </section>
    }
}

/// Locking a month whose results were announced.
#[component]
pub(super) fn LockCard(line: MonthLine, key: String) -> impl IntoView {
    let refusal = refusal_of::<LockPeriod>();
    let open = refusal.get_untracked().is_some();
    let label = line.period.label().to_lowercase();
    view! {
        <section class="card">
            <details class="more card-body" open=open>
                <summary>{format!("Khóa {label}")}</summary>
                <PostForm<LockPeriod> said="Đã khóa kỳ.">
                    <div class="stack">
                        <RefusalNotice refusal/>
                        <p>"Phiếu đã công bố được khóa; phiếu để lại giữ nguyên và không sửa được nữa. Việc này không hoàn tác được."</p>
                        <input type="hidden" name="period" value=line.period.to_string()/>
                        <input type="hidden" name="version" value=line.version.to_string()/>
                        <input type="hidden" name="key" value=key/>
                        <div><button class="button" data-tone="act">{format!("Khóa {label}")}</button></div>
                    </div>
                </PostForm<LockPeriod>>
            </details>
        </section>
    }
}

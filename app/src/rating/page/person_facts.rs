//! The facts of a person's year with their papers, and the forms by which the personnel office records them.

use kpi::rating::{Absence, Blocker};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use uuid::Uuid;

use crate::format::day;
use crate::rating::api::{
    RecordAbsence, RecordBlocker, RecordOutsideMonth, WithdrawAbsence, WithdrawBlocker,
};
use crate::rating::wire::PersonYear;
use crate::ui::{Field, PostForm, RefusalNotice, refusal_in, refusal_of, refused_in, typed_in};

/// Taking something back: a reason, then the button.
#[component]
fn Withdraw<T>(
    #[prop(optional)] _function: std::marker::PhantomData<T>,
    /// Name of the id that the function takes.
    field: &'static str,
    /// What is taken back.
    subject: Uuid,
    /// Read out with the button.
    label: String,
) -> impl IntoView
where
    T: ServerFn + 'static,
{
    let form = format!("withdraw-{subject}");
    let refusal = Signal::stored(refusal_in::<T>(&form));
    let id = format!("withdraw-reason-{subject}");
    view! {
        <details class="more no-print" open=refusal.get_untracked().is_some()>
            <summary>"Rút lại…"</summary>
            <PostForm<T> id=form said="Đã rút lại.">
                <input type="hidden" name=field value=subject.to_string()/>
                <div class="filter">
                    <div class="field grow">
                        <label for=id.clone()>"Lý do rút lại"</label>
                        <input id=id name="reason" required maxlength="1000" autocomplete="off"/>
                    </div>
                    <button class="button" aria-label=label>"Rút lại"</button>
                </div>
                <RefusalNotice refusal/>
            </PostForm<T>>
        </details>
    }
}

/// Recording a fact of the year: a folded form, open while it is refused.
#[component]
fn Record<T>(
    #[prop(optional)] _function: std::marker::PhantomData<T>,
    /// What opens it.
    summary: &'static str,
    /// Name of the field that says whose fact it is.
    field: &'static str,
    /// Whose.
    officer: Uuid,
    /// The other fields.
    children: Children,
) -> impl IntoView
where
    T: ServerFn + 'static,
{
    let refusal = refusal_of::<T>();
    view! {
        <details class="more no-print" open=move || refusal.get().is_some()>
            <summary>{summary}</summary>
            <PostForm<T> said="Đã ghi nhận.">
                <div class="stack">
                    <RefusalNotice refusal/>
                    <input type="hidden" name=field value=officer.to_string()/>
                    <div class="form-grid">{children()}</div>
                    <div><button class="button" data-tone="act">"Ghi nhận"</button></div>
                </div>
            </PostForm<T>>
        </details>
    }
}

/// What makes the year "không hoàn thành" (khoản 4 Điều 20).
#[component]
pub(super) fn Blockers(data: PersonYear) -> impl IntoView {
    let refusal = refusal_of::<RecordBlocker>();
    let records = data.records;
    let rows = data
        .blockers
        .into_iter()
        .map(|blocker| {
            let words = blocker.kind.label();
            let paper = format!("{}, ngày {}", blocker.document, day(blocker.decided_on));
            let label = format!("Rút lại: {}", blocker.act);
            view! {
                <li class="notice" data-tone="bad">
                    <p><b>{blocker.act}</b></p>
                    <p>{format!("Công chức {words} ({} Điều 20). Căn cứ: {paper}.", point(blocker.kind))}</p>
                    {records.then(|| view! { <Withdraw<WithdrawBlocker> field="blocker" subject=blocker.blocker label/> })}
                </li>
            }
        })
        .collect_view();
    let none = rows.is_empty();
    let officer = data.line.officer;
    (records || !none).then(|| {
        view! {
            <section class="card" aria-labelledby="blockers">
                <header><h2 id="blockers">"Trường hợp không hoàn thành nhiệm vụ"</h2></header>
                <div class="card-body stack">
                    {if none {
                        view! { <p class="muted">"Không có kết luận, quyết định nào trong năm."</p> }.into_any()
                    } else {
                        view! { <ul class="notice-list">{rows}</ul> }.into_any()
                    }}
                    {records.then(|| view! {
                        <Record<RecordBlocker> summary="Ghi nhận trường hợp…" field="blocker[officer]" officer>
                            <Field label="Trường hợp" name="blocker-kind">
                                <select id="blocker-kind" name="blocker[kind]" required aria-invalid=refused_in(refusal, "kind")>{options(Blocker::ALL.iter().map(|kind| (kind.as_str(), kind.label())))}</select>
                            </Field>
                            <Field label="Tính vào năm" name="blocker-year" hint="Một hành vi chỉ tính trong một năm (khoản 3 Điều 11).">
                                <input id="blocker-year" name="blocker[year]" inputmode="numeric" required value=data.year.to_string() aria-describedby="blocker-year-hint" aria-invalid=refused_in(refusal, "year")/>
                            </Field>
                            <Field label="Hành vi" name="blocker-act">
                                <input id="blocker-act" name="blocker[act]" required maxlength="200" value=typed_in(refusal, "act") aria-invalid=refused_in(refusal, "act")/>
                            </Field>
                            <Field label="Số quyết định, kết luận" name="blocker-document">
                                <input id="blocker-document" name="blocker[document]" required maxlength="200" value=typed_in(refusal, "document") aria-invalid=refused_in(refusal, "document")/>
                            </Field>
                            <Field label="Ngày quyết định" name="blocker-day">
                                <input id="blocker-day" name="blocker[decided_on]" type="date" required aria-invalid=refused_in(refusal, "decided_on")/>
                            </Field>
                        </Record<RecordBlocker>>
                    })}
                </div>
            </section>
        }
    })
}

/// The point of khoản 4 Điều 20 that a case stands in.
fn point(kind: Blocker) -> &'static str {
    match kind {
        Blocker::Degradation => "điểm b khoản 4",
        Blocker::Discipline => "điểm c khoản 4",
        Blocker::UnitCorruption => "điểm d khoản 4",
    }
}

fn options(values: impl Iterator<Item = (&'static str, &'static str)>) -> Vec<AnyView> {
    values
        .map(|(value, words)| view! { <option value=value>{words}</option> }.into_any())
        .collect()
}

/// Absences: what leaves the divisor (khoản 2 Điều 11).
#[component]
pub(super) fn Absences(data: PersonYear) -> impl IntoView {
    let refusal = refusal_of::<RecordAbsence>();
    let records = data.records;
    let rows = data
        .absences
        .into_iter()
        .map(|absence| {
            let days = format!("{} – {}", day(absence.from_day), day(absence.until_day));
            let label = format!("Rút lại: {} {days}", absence.kind.label());
            view! {
                <li>
                    <b>{absence.kind.label()}</b>
                    <span>{days}</span>
                    <span class="muted">{absence.document}</span>
                    {records.then(|| view! { <Withdraw<WithdrawAbsence> field="absence" subject=absence.absence label/> })}
                </li>
            }
        })
        .collect_view();
    let none = rows.is_empty();
    let officer = data.line.officer;
    (records || !none).then(|| {
        view! {
            <section class="card" aria-labelledby="absences">
                <header><h2 id="absences">"Vắng mặt trong năm"</h2></header>
                <ul class="rows">{rows}</ul>
                <div class="card-body stack">
                    {none.then(|| view! { <p class="muted">"Không có lần vắng mặt nào được ghi nhận."</p> })}
                    <p class="small muted">"Tháng không có điểm được bỏ khỏi mẫu số khi vắng mặt từ nửa số ngày công tác của tháng trở lên."</p>
                    {records.then(|| view! {
                        <Record<RecordAbsence> summary="Ghi nhận vắng mặt…" field="absence[officer]" officer>
                            <Field label="Lý do" name="absence-kind">
                                <select id="absence-kind" name="absence[kind]" required aria-invalid=refused_in(refusal, "kind")>{options(Absence::ALL.iter().map(|kind| (kind.as_str(), kind.label())))}</select>
                            </Field>
                            <Field label="Từ ngày" name="absence-from">
                                <input id="absence-from" name="absence[from_day]" type="date" required aria-invalid=refused_in(refusal, "from_day")/>
                            </Field>
                            <Field label="Đến hết ngày" name="absence-until">
                                <input id="absence-until" name="absence[until_day]" type="date" required aria-invalid=refused_in(refusal, "until_day")/>
                            </Field>
                            <Field label="Giấy tờ làm căn cứ" name="absence-document">
                                <input id="absence-document" name="absence[document]" required maxlength="200" value=typed_in(refusal, "document") aria-invalid=refused_in(refusal, "document")/>
                            </Field>
                        </Record<RecordAbsence>>
                    })}
                </div>
            </section>
        }
    })
}

/// Bringing in a month that another organisation scored (khoản 2 Điều 19).
#[component]
pub(super) fn OutsideCard(data: PersonYear) -> impl IntoView {
    let refusal = refusal_of::<RecordOutsideMonth>();
    let months = data
        .months
        .iter()
        .map(|line| line.period)
        .filter(|period| !data.settled.contains(&period.month_number()))
        .filter(|period| period.first_day() <= data.today);
    let choices: Vec<AnyView> = months
        .map(|period| {
            view! { <option value=period.to_string()>{period.label()}</option> }.into_any()
        })
        .collect();
    (data.records && !choices.is_empty()).then(|| {
        view! {
            <details class="card no-print" open=move || refusal.get().is_some()>
                <summary>"Nhập kết quả tháng từ cơ quan khác"</summary>
                <div class="card-body">
                    <PostForm<RecordOutsideMonth> said="Đã nhập.">
                        <div class="stack">
                            <RefusalNotice refusal/>
                            <p class="small muted">"Kết quả đã nhập chỉ đọc; khi có văn bản mới, nhập lại tháng đó kèm lý do thay thế."</p>
                            <input type="hidden" name="outside[officer]" value=data.line.officer.to_string()/>
                            <div class="form-grid">
                                <Field label="Tháng" name="outside-period">
                                    <select id="outside-period" name="outside[period]" required aria-invalid=refused_in(refusal, "period")>{choices}</select>
                                </Field>
                                <Field label="Tổng điểm của tháng" name="outside-score">
                                    <input id="outside-score" name="outside[score]" inputmode="decimal" required value=typed_in(refusal, "score") aria-invalid=refused_in(refusal, "score")/>
                                </Field>
                                <Field label="Cơ quan chấm điểm" name="outside-origin">
                                    <input id="outside-origin" name="outside[origin]" required maxlength="200" value=typed_in(refusal, "origin") aria-invalid=refused_in(refusal, "origin")/>
                                </Field>
                                <Field label="Số văn bản gửi kết quả" name="outside-document">
                                    <input id="outside-document" name="outside[document]" required maxlength="200" value=typed_in(refusal, "document") aria-invalid=refused_in(refusal, "document")/>
                                </Field>
                                <Field label="Lý do thay thế (khi tháng đã có kết quả)" name="outside-reason">
                                    <input id="outside-reason" name="outside[reason]" maxlength="1000" value=typed_in(refusal, "reason") aria-invalid=refused_in(refusal, "reason")/>
                                </Field>
                            </div>
                            <div><button class="button" data-tone="act">"Nhập"</button></div>
                        </div>
                    </PostForm<RecordOutsideMonth>>
                </div>
            </details>
        }
    })
}

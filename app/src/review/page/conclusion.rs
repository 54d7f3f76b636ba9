//! The conclusion: ten criteria with the officer's own points beside each field, a leader's đ and e, the remark.

use kpi::review::{NoteKind, SheetStatus};
use leptos::prelude::*;

use super::concluded::Concluded;
use super::criteria::points;
use crate::error::AppError;
use crate::format::number;
use crate::review::api::ConfirmSheet;
use crate::review::leader::Unrecorded;
use crate::review::leader::wire::LeaderGrounds;
use crate::review::typed::{Typed, field_of};
use crate::review::version::Unsign;
use crate::review::wire::{CriterionRow, ReviewView, SheetView};
use crate::sign::PasswordField;
use crate::ui::{Field, PostForm, RefusalNotice, TextArea, refusal_of};

/// The form of the direct superior; what was concluded for everyone else.
#[component]
pub fn Conclusion(data: ReviewView) -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="conclusion" data-key="conclusion">
            <header><h2 id="conclusion">"Kết luận của cấp có thẩm quyền"</h2></header>
            {conclude(data)}
        </section>
    }
}

fn conclude(data: ReviewView) -> AnyView {
    let (sheet, decides) = (data.sheet.clone(), data.decides);
    if sheet.is_confirmed() {
        let (officer, period, version) = (sheet.officer, sheet.period, sheet.version);
        let (status, key) = (sheet.status, sheet.key);
        return view! {
            <Concluded sheet/>
            {decides.then(|| view! { <Unsign officer period version status key/> })}
        }
        .into_any();
    }
    let over = sheet.today > sheet.period.last_day();
    let why_not = if let Some(closed) = sheet.closed {
        Some(format!(
            "Tháng {}, phiếu chưa xác nhận không xác nhận được nữa.",
            closed.label()
        ))
    } else if !decides {
        Some("Cấp có thẩm quyền trực tiếp chưa kết luận.".to_owned())
    } else if sheet.status == SheetStatus::Draft && !over {
        Some(
            "Công chức chưa gửi tự đánh giá. Bạn xác nhận được sau khi phiếu được gửi, hoặc xác nhận thay sau ngày cuối của tháng."
                .to_owned(),
        )
    } else {
        None
    };
    match why_not {
        Some(why) => view! { <p class="card-body muted">{why}</p> }.into_any(),
        None => view! { <Form sheet data/> }.into_any(),
    }
}

#[component]
fn Form(sheet: SheetView, data: ReviewView) -> impl IntoView {
    let refusal = refusal_of::<ConfirmSheet>();
    let typed = Typed::of(refusal.get_untracked().as_ref());
    let blocked = data
        .deliverables
        .iter()
        .filter(|row| row.waits || !row.causes.is_empty())
        .count();
    let unconfirmed = data.unconfirmed;
    let groups = sheet
        .groups
        .iter()
        .map(|group| {
            let rows = sheet
                .criteria
                .iter()
                .filter(|row| row.group == group.code)
                .map(|row| view! { <Criterion row=row.clone() typed=typed.clone() refusal/> })
                .collect_view();
            view! {
                <fieldset class="stack">
                    <legend>{format!("{}. {}", group.code, group.label)}</legend>
                    {rows}
                </fieldset>
            }
        })
        .collect_view();
    let leader = data
        .leader
        .map(|grounds| view! { <Leadership typed=typed.clone() grounds/> });
    let instead = (sheet.status == SheetStatus::Draft).then(|| {
        let text = Typed::text(typed.as_ref(), "instead_reason", "");
        view! {
            <div class="notice" data-tone="risk">
                <p>"Công chức không gửi tự đánh giá. Bạn đang xác nhận thay; lý do hiện trong phiếu."</p>
                <Field label="Lý do xác nhận thay" name="instead_reason">
                    <input id="instead_reason" name="instead_reason" maxlength="1000" value=text required/>
                </Field>
            </div>
        }
    });
    let words = if sheet.status == SheetStatus::Draft {
        "Ký xác nhận thay"
    } else {
        "Ký xác nhận phiếu"
    };
    let remark = Typed::text(typed.as_ref(), "remark", &sheet.remark);
    let own_words = [
        ("Ưu điểm", sheet.strengths.clone()),
        ("Hạn chế, khuyết điểm", sheet.shortcomings.clone()),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(name, text)| view! { <p><b>{format!("{name}: ")}</b>{text}</p> })
    .collect_view();
    view! {
        <PostForm<ConfirmSheet> said="Đã xác nhận phiếu.">
            <div class="card-body stack">
                {own_words}
                <p class="muted">"Điểm của bạn điền sẵn theo điểm tự chấm. Mỗi tiêu chí kết luận khác phải ghi lý do; lý do hiện cho người được đánh giá và lưu vào nhật ký."</p>
                <input type="hidden" name="officer" value=sheet.officer.to_string()/>
                <input type="hidden" name="period" value=sheet.period.to_string()/>
                <input type="hidden" name="version" value=sheet.version.to_string()/>
                <input type="hidden" name="key" value=sheet.key.to_string()/>
                {groups}
                {leader}
                {instead}
                <Field label="Nhận xét" name="remark">
                    <TextArea name="remark" value=remark maxlength=4000/>
                </Field>
                {(blocked > 0).then(|| view! {
                    <p class="notice" data-tone="risk">{format!("Còn {} sản phẩm chờ quyết định ở trên; quyết định xong mới xác nhận phiếu được.", blocked)}</p>
                })}
                {(unconfirmed > 0).then(|| view! {
                    <p class="notice" data-tone="plain">{format!("{} người dưới quyền chưa được xác nhận; tiêu chí d đang tính theo điểm tạm tính của họ.", unconfirmed)}</p>
                })}
                <RefusalNotice refusal/>
                <PasswordField refusal/>
                <div class="form-actions">
                    <button class="button" data-tone="act">{words}</button>
                </div>
            </div>
        </PostForm<ConfirmSheet>>
    }
}

#[component]
fn Criterion(
    row: CriterionRow,
    typed: Option<Typed>,
    refusal: Signal<Option<AppError>>,
) -> impl IntoView {
    let (id, reason_id) = (
        format!("points-{}", row.code),
        format!("reason-{}", row.code),
    );
    let (name, reason_name) = (
        format!("points[{}]", row.code),
        format!("reasons[{}]", row.code),
    );
    let stored = row
        .confirmed
        .or(row.own)
        .map_or_else(String::new, |value| number(value, 2));
    let typed = typed.as_ref();
    let value = typed
        .and_then(|typed| typed.points.get(&row.code).cloned())
        .unwrap_or(stored);
    let reason = typed
        .and_then(|typed| typed.reasons.get(&row.code).cloned())
        .unwrap_or_else(|| row.reason.clone());
    let invalid = |name: String| {
        move || {
            refusal
                .with(|refusal| field_of(refusal.as_ref()) == name)
                .then_some("true")
        }
    };
    let hint = format!("{id}-hint");
    view! {
        <div class="review-criterion">
            <label for=id.clone()><b>{row.code.clone()}</b>" "{row.label}</label>
            <div class="review-points">
                <input
                    id=id
                    inputmode="decimal"
                    autocomplete="off"
                    maxlength="20"
                    size="6"
                    value=value
                    aria-describedby=hint.clone()
                    aria-invalid=invalid(name.clone())
                    name=name
                />
                <span class="muted" id=hint>{format!("tự chấm {} · tối đa {}", points(row.own), number(row.max, 2))}</span>
            </div>
            <div class="review-reason">
                <label class="visually-hidden" for=reason_id.clone()>{format!("Lý do khác điểm tự chấm, tiêu chí {}", row.code)}</label>
                <input
                    id=reason_id
                    placeholder="Lý do, nếu khác điểm tự chấm"
                    maxlength="1000"
                    autocomplete="off"
                    value=reason
                    aria-invalid=invalid(reason_name.clone())
                    name=reason_name
                />
            </div>
        </div>
    }
}

/// đ and e of a leader: the choices of the rules, with what they rest on.
#[component]
fn Leadership(typed: Option<Typed>, grounds: LeaderGrounds) -> impl IntoView {
    let chosen = |name: &str| Typed::text(typed.as_ref(), name, "");
    let part = |name: &'static str, label: &'static str, hint: &'static str, kind: NoteKind| {
        let picked = chosen(name);
        let recorded = grounds.standing(kind);
        let picks = grounds
            .allowed
            .iter()
            .map(|percent| {
                let checked = picked == percent.to_string();
                view! { <label><input type="radio" name=name value=percent.to_string() checked=checked required/>{format!("{percent} %")}</label> }
            })
            .collect_view();
        let reason_name = format!("{name}_reason");
        let reason = chosen(&reason_name);
        view! {
            <fieldset class="stack">
                <legend>{label}</legend>
                <div class="picks">{picks}</div>
                <Unrecorded kind recorded/>
                <Field label="Căn cứ" name=reason_name.clone() hint=hint>
                    <input id=reason_name.clone() name=reason_name.clone() maxlength="1000" autocomplete="off" value=reason aria-describedby=format!("{reason_name}-hint")/>
                </Field>
            </fieldset>
        }
    };
    view! {
        <div class="grid-2">
            {part("organising", "đ. Khả năng tổ chức triển khai (điểm b khoản 3 Điều 15)", "100 % khi đơn vị hoàn thành đúng hạn, bảo đảm chất lượng và có sáng kiến hoặc giải pháp hiệu quả.", NoteKind::Initiative)}
            {part("unity", "e. Năng lực tập hợp, đoàn kết (điểm c khoản 3 Điều 15)", "50 % khi có phản ánh về mất đoàn kết kéo dài; hãy ghi rõ.", NoteKind::Complaint)}
        </div>
    }
}

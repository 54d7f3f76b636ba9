//! The details of one person: where the difference comes from, and the choices as buttons.

use kpi::period::Period;
use leptos::prelude::*;

use super::row::form_id;
use crate::format::{number, score};
use crate::review::queue::api::PrepareSheet;
use crate::review::queue::reasons;
use crate::review::queue::wire::{LeaderChoice, QueueRow};
use crate::review::typed::{Typed, field_of};
use crate::review::wire::CriterionRow;
use crate::ui::{Field, Meter, PostForm, RefusalNotice, Stepper, refusal_in};

/// What is known and what can be chosen.
#[component]
pub fn Panel(
    /// Who.
    row: QueueRow,
    /// The month.
    period: Period,
) -> impl IntoView {
    let parts = row
        .components
        .iter()
        .map(|part| {
            let said = part.reasons.join(" · ");
            view! {
                <b>{part.name.clone()}</b>
                <Meter value=part.percent second=Signal::stored(part.reported) label=part.name.clone()/>
                <span class="num">{format!("{} %", number(part.percent, 1))}</span>
                <span class="muted small">{said}</span>
            }
        })
        .collect_view();
    let own_words = [
        ("Ưu điểm", row.strengths.clone()),
        ("Hạn chế, khuyết điểm", row.shortcomings.clone()),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(name, text)| view! { <p><b>{format!("{name}: ")}</b>{text}</p> })
    .collect_view();
    let said = row
        .said
        .iter()
        .map(|said| {
            view! {
                <li>
                    <b>{said.label()}": "</b>{said.text.clone()}
                    <span class="muted small">{format!(" · {} ghi · ", said.by)}</span>
                    <a href=said.link.clone()>{if said.link.ends_with("minutes") { "Xem biên bản" } else { "Mở cuộc họp" }}</a>
                </li>
            }
        })
        .collect_view();
    let said = (!row.said.is_empty()).then(
        || view! { <ul class="queue-meeting" aria-label="Cuộc họp về tháng này">{said}</ul> },
    );
    let whole = format!("/review/{}?period={period}", row.officer);
    let sheet = format!("/sheet/{}?period={period}", row.officer);
    let difference = row.difference.clone();
    view! {
        <div class="card-body stack">
            {(!difference.is_empty()).then(|| view! { <p>{difference}</p> })}
            <div class="review-difference">{parts}</div>
            {own_words}
            {said}
            {choices(row, period)}
            <p class="row">
                <a class="button" data-tone="quiet" href=whole>"Mở trang đánh giá"</a>
                <a class="button" data-tone="quiet" href=sheet>"Xem phiếu"</a>
            </p>
        </div>
    }
}

fn choices(row: QueueRow, period: Period) -> AnyView {
    if !row.prepares {
        let text = "Đây là phiếu của chính bạn; bạn không chuẩn bị được.";
        return view! { <p class="muted">{text}</p> }.into_any();
    }
    if row.waiting > 0 {
        let link = format!("/review/{}?period={period}", row.officer);
        let text = format!(
            "Còn {} sản phẩm hoặc đề nghị chờ quyết định; quyết định xong mới xác nhận phiếu được.",
            row.waiting
        );
        return view! {
            <p class="notice" data-tone="risk">{text}</p>
            <p><a class="button" data-tone="act" href=link>"Quyết định ngay"</a></p>
        }
        .into_any();
    }
    view! { <Form row period/> }.into_any()
}

#[component]
fn Form(row: QueueRow, period: Period) -> impl IntoView {
    let id = form_id(&row);
    let refused = refusal_in::<PrepareSheet>(&id);
    let typed = Typed::of(refused.as_ref());
    let typed = typed.as_ref();
    let field = field_of(refused.as_ref()).to_owned();
    let text = |name: &str, stored: &str| Typed::text(typed, name, stored);
    let adjusting = field.starts_with("points") || field.starts_with("reason");
    let changed = row
        .criteria
        .iter()
        .any(|one| one.confirmed.is_some() && one.confirmed != one.own);
    let stored_reason = row
        .criteria
        .iter()
        .find(|one| one.confirmed != one.own)
        .map_or_else(String::new, |one| one.reason.clone());
    let criteria = row
        .criteria
        .iter()
        .map(|one| criterion(&row, one, typed, &field))
        .collect_view();
    let reason = text("reason", &stored_reason);
    let ready = picks("reason", reasons::CHANGED, &reason);
    let other = if reasons::CHANGED.contains(&reason.as_str()) {
        text("other_reason", "")
    } else {
        text("other_reason", &reason)
    };
    let leader = row
        .leader
        .clone()
        .map(|leader| leadership(leader, typed, &id));
    let instead = (!row.sent).then(|| {
        let value = text("instead_reason", "");
        let name = format!("{id}-instead");
        view! {
            <div class="notice" data-tone="risk">
                <p>"Công chức không gửi tự đánh giá. Sau ngày cuối của tháng, bạn xác nhận thay được; lý do hiện trong phiếu."</p>
                <Field label="Lý do xác nhận thay" name=name.clone()>
                    <input id=name name="instead_reason" maxlength="1000" autocomplete="off" value=value/>
                </Field>
            </div>
        }
    });
    let remark = text("remark", &row.remark);
    let remark_id = format!("{id}-remark");
    let other_id = format!("{id}-other");
    let keep = match row.own {
        Some(_) => format!("Giữ điểm tự chấm tiêu chí · {} điểm", score(row.computed)),
        None => "Giữ điểm tự chấm tiêu chí".to_owned(),
    };
    let marked = row.prepared.is_some();
    let sent = row.sent;
    let refusal = Signal::stored(refused);
    view! {
        <PostForm<PrepareSheet> id=id.clone() said="Đã đánh dấu.">
            <div class="stack">
                <RefusalNotice refusal/>
                <input type="hidden" name="officer" value=row.officer.to_string()/>
                <input type="hidden" name="period" value=period.to_string()/>
                <input type="hidden" name="version" value=row.version.to_string()/>
                <input type="hidden" name="key" value=row.key.to_string()/>
                {leader}
                {instead}
                <div class="form-actions">
                    {sent.then(|| view! { <button class="button" data-tone="act" name="choice" value="own" data-accept>{keep}</button> })}
                    {marked.then(|| view! { <button class="button" name="choice" value="clear" formnovalidate>"Bỏ đánh dấu"</button> })}
                </div>
                <details class="more" open=adjusting || changed || !sent>
                    <summary>"Điều chỉnh điểm tiêu chí chung, ghi nhận xét"</summary>
                    <div class="stack">
                        <div class="queue-criteria">{criteria}</div>
                        <fieldset class="stack">
                            <legend>"Lý do điều chỉnh"</legend>
                            <div class="picks queue-reasons">{ready}</div>
                            <Field label="Hoặc lý do khác" name=other_id.clone()>
                                <input id=other_id name="other_reason" maxlength="1000" autocomplete="off" value=other/>
                            </Field>
                        </fieldset>
                        <Field label="Nhận xét" name=remark_id.clone()>
                            <input id=remark_id name="remark" maxlength="4000" autocomplete="off" value=remark/>
                        </Field>
                        <div><button class="button" data-tone="act" name="choice" value="changed">"Kết luận theo điểm đã sửa"</button></div>
                    </div>
                </details>
            </div>
        </PostForm<PrepareSheet>>
    }
}

fn criterion(
    row: &QueueRow,
    one: &CriterionRow,
    typed: Option<&Typed>,
    refused: &str,
) -> impl IntoView + use<> {
    let name = format!("points[{}]", one.code);
    let stored = one
        .confirmed
        .or(one.own)
        .map_or_else(String::new, |value| number(value, 2));
    let value = typed
        .and_then(|typed| typed.points.get(&one.code).cloned())
        .unwrap_or(stored);
    let own = one
        .own
        .map_or_else(|| "trống".to_owned(), |own| number(own, 2));
    let label = format!("{} {}", one.code, one.label);
    let id = format!("points-{}-{}", row.officer, one.code);
    let refused = refused == name;
    view! {
        <span class="small"><b>{one.code.clone()}</b>" "{one.label.clone()}</span>
        <Stepper name id label value most=one.max refused/>
        <span class="muted small num">{format!("tự chấm {own} / {}", number(one.max, 2))}</span>
    }
}

/// Ready texts as buttons of which one is chosen.
fn picks(name: &'static str, ready: &[&'static str], chosen: &str) -> impl IntoView + use<> {
    let chosen = chosen.to_owned();
    ready
        .iter()
        .map(|text| {
            let checked = chosen == *text;
            view! { <label><input type="radio" name=name value=*text checked=checked/>{*text}</label> }
        })
        .collect_view()
}

/// đ and e with what they rest on; chosen beforehand where the records speak for it.
fn leadership(leader: LeaderChoice, typed: Option<&Typed>, id: &str) -> impl IntoView + use<> {
    let part = |name: &'static str,
                label: &'static str,
                percent: Option<u32>,
                ground: &str,
                ready: &'static [&'static str]| {
        let stored = percent.map_or_else(String::new, |percent| percent.to_string());
        let picked = Typed::text(typed, name, &stored);
        let options = leader
            .allowed
            .iter()
            .map(|percent| {
                let checked = picked == percent.to_string();
                view! { <label><input type="radio" name=name value=percent.to_string() checked=checked required/>{format!("{percent} %")}</label> }
            })
            .collect_view();
        let reason_name = format!("{name}_reason");
        let reason = Typed::text(typed, &reason_name, ground);
        let (other_name, field) = (format!("{name}_other"), format!("{id}-{name}"));
        // What the records propose, or what was typed before, stands first and chosen.
        let own = (!reason.is_empty() && !ready.contains(&reason.as_str())).then(|| reason.clone());
        let own = own.map(|text| view! { <label><input type="radio" name=reason_name.clone() value=text.clone() checked/>{text}</label> });
        let grounds = ready
            .iter()
            .map(|text| {
                let checked = reason == *text;
                view! { <label><input type="radio" name=reason_name.clone() value=*text checked=checked/>{*text}</label> }
            })
            .collect_view();
        let other = Typed::text(typed, &other_name, "");
        view! {
            <fieldset class="stack">
                <legend>{label}</legend>
                <div class="picks">{options}</div>
                <p class="muted">"Căn cứ"</p>
                <div class="picks queue-reasons">{own}{grounds}</div>
                <Field label="Hoặc căn cứ khác" name=field.clone()>
                    <input id=field name=other_name maxlength="1000" autocomplete="off" value=other/>
                </Field>
            </fieldset>
        }
    };
    view! {
        <p class="muted">{leader.recorded.clone()}</p>
        <div class="grid-2">
            {part("organising", "đ. Khả năng tổ chức triển khai", leader.organising, &leader.organising_reason, reasons::ORGANISING)}
            {part("unity", "e. Năng lực tập hợp, đoàn kết", leader.unity, &leader.unity_reason, reasons::UNITY)}
        </div>
    }
}

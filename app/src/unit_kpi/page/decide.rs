//! Recognising the level of a unit, and taking the recognition back.

use leptos::prelude::*;

use super::assess::Named;
use crate::ui::{Field, PostForm, RefusalNotice, TextArea, refusal_of};
use crate::unit_kpi::api::{RecogniseUnit, ReopenUnit};
use crate::unit_kpi::wire::UnitKpi;

/// What the authority may do with the level; nothing for anybody else.
#[component]
pub(super) fn Decide(unit: UnitKpi) -> impl IntoView {
    unit.assesses.then(|| {
        if unit.standing.recognised.is_some() {
            view! { <Reopen unit/> }.into_any()
        } else {
            view! { <Recognise unit/> }.into_any()
        }
    })
}

#[component]
fn Recognise(unit: UnitKpi) -> impl IntoView {
    let refusal = refusal_of::<RecogniseUnit>();
    let choices = unit
        .choices
        .iter()
        .map(|(level, needs_reason)| {
            let words = if *needs_reason {
                format!("{} (cần ghi lý do)", level.label())
            } else {
                format!("{} (theo quy định)", level.label())
            };
            view! {
                <label class="check">
                    <input type="radio" name="level" value=level.as_str() required/>
                    <span>{words}</span>
                </label>
            }
        })
        .collect_view();
    let open = unit
        .standing
        .outcome
        .as_ref()
        .is_some_and(|outcome| outcome.level.is_none());
    let lead = if open {
        "Điều 8 không xếp được mức nào nên cấp có thẩm quyền cân nhắc và quyết định, có ghi lý do."
    } else {
        "Công nhận rồi thì chỉ số, số liệu, điểm của năm được khóa; muốn sửa phải thu hồi công nhận."
    };
    let none = unit.choices.is_empty();
    view! {
        <section class="card" aria-labelledby="decide">
            <header><h2 id="decide">"Công nhận mức xếp loại"</h2></header>
            <div class="card-body stack">
                <RefusalNotice refusal/>
                {if none {
                    view! { <p>"Chưa công nhận được vì đơn vị chưa có điểm: xem những gì còn thiếu ở thẻ điểm."</p> }.into_any()
                } else {
                    view! {
                        <PostForm<RecogniseUnit> said="Đã công nhận.">
                            <div class="stack">
                                <p>{lead}</p>
                                <Named unit=unit.clone()/>
                                <fieldset class="unit-kpi-group">
                                    <legend>"Mức"</legend>
                                    {choices}
                                </fieldset>
                                <Field label="Lý do" name="reason">
                                    <TextArea name="reason" value="" rows=3 maxlength=500/>
                                </Field>
                                <div class="form-actions"><button class="button" data-tone="act">"Công nhận"</button></div>
                            </div>
                        </PostForm<RecogniseUnit>>
                    }.into_any()
                }}
            </div>
        </section>
    }
}

#[component]
fn Reopen(unit: UnitKpi) -> impl IntoView {
    let refusal = refusal_of::<ReopenUnit>();
    let refused = refusal.with_untracked(Option::is_some);
    view! {
        <section class="card">
            <details class="more card-body" open=refused>
                <summary>"Thu hồi công nhận"</summary>
                <PostForm<ReopenUnit> said="Đã thu hồi công nhận.">
                    <div class="stack">
                        <RefusalNotice refusal/>
                        <p>"Kết quả không đúng hoặc không trung thực được hủy bỏ và đánh giá lại (Điều 4). Lý do nằm trong nhật ký."</p>
                        <Named unit/>
                        <Field label="Lý do thu hồi" name="reopen_reason">
                            <TextArea name="reopen_reason" value="" rows=2 maxlength=500 required=true/>
                        </Field>
                        <div><button class="button">"Thu hồi công nhận"</button></div>
                    </div>
                </PostForm<ReopenUnit>>
            </details>
        </section>
    }
}

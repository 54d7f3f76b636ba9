//! Beside the values: what keeps a draft from being approved, trying it, approving it, copying, deleting.

use kpi::period::Period;
use kpi::rule_set::field::Group;
use leptos::prelude::*;

use crate::format::day;
use crate::rule_set::api::{ApproveRuleSet, CopyRuleSet, DeleteRuleSet, SetView, Standing};
use crate::ui::{Field, PostForm, refusal_of, refused_in, typed_in};

/// Months that an approval offers.
const OFFERED: usize = 12;

/// What may be done with a rule set.
#[component]
pub(super) fn Side(data: SetView) -> impl IntoView {
    let code = data.line.code.clone();
    let draft = data.line.standing == Standing::Draft;
    let against = format!("/rule-set/compare?one=nd-335-2025&other={code}");
    let trial = data
        .may
        .try_out
        .then(|| view! { <p><a class="button" href=format!("/rule-set/{code}/trial")>"Thử với các tháng đã qua"</a></p> });
    let groups = Group::ALL
        .iter()
        .map(|group| view! { <li><a href=format!("#{}", group.as_str())>{group.label()}</a></li> })
        .collect_view();
    view! {
        <aside class="stack rule-side">
            <nav class="card" aria-labelledby="rule-groups">
                <header><h2 id="rule-groups">"Các mục"</h2></header>
                <ul class="rows">{groups}</ul>
            </nav>
            <section class="card">
                <header><h2>"So với NĐ 335"</h2></header>
                <div class="card-body stack">
                    <Departures data=data.clone()/>
                    <p><a href=against>"So sánh từng mục"</a></p>
                    {trial}
                </div>
            </section>
            {draft.then(|| view! { <ApprovalCard data=data.clone()/> })}
            {data.may.copy.then(|| view! { <CopyForm data=data.clone()/> })}
            {data.may.change.then(|| view! { <DeleteForm data/> })}
        </aside>
    }
}

#[component]
fn Departures(data: SetView) -> impl IntoView {
    let real = data.departures.iter().filter(|found| !found.choice).count();
    let choices = data.departures.len() - real;
    let words = match (real, choices) {
        (0, 0) => "Đúng như nghị định, các điểm để ngỏ theo mặc định.".to_owned(),
        (0, choices) => {
            format!("Đúng như nghị định; {choices} điểm nghị định để ngỏ được chọn khác mặc định.")
        }
        (real, choices) => {
            format!("{real} mục khác NĐ 335; {choices} điểm để ngỏ được chọn khác mặc định.")
        }
    };
    view! { <p>{words}</p> }
}

#[component]
fn ApprovalCard(data: SetView) -> impl IntoView {
    let missing = data
        .departures
        .iter()
        .filter(|found| !found.choice && !data.reasons.contains_key(&found.path))
        .count();
    let fault = data.fault.clone();
    let ready = fault.is_none() && missing == 0;
    view! {
        <section class="card" id="approval">
            <header><h2>"Phê duyệt"</h2></header>
            <div class="card-body stack">
                {fault.map(|(path, message)| {
                    let label = kpi::rule_set::field::field(&path).map_or(path, |field| field.label.to_owned());
                    view! { <p class="notice" data-tone="risk">{format!("{label}: {message}")}</p> }
                })}
                {(missing > 0).then(|| view! { <p class="notice" data-tone="risk">{format!("Còn {missing} mục khác NĐ 335 chưa nêu lý do.")}</p> })}
                {if data.may.approve && ready {
                    view! { <ApproveForm data/> }.into_any()
                } else if data.may.approve {
                    view! { <p class="muted">"Phê duyệt được khi các mục trên đã đủ."</p> }.into_any()
                } else {
                    view! { <p class="muted">"Người có thẩm quyền, không phải người soạn, phê duyệt và chọn tháng bắt đầu áp dụng."</p> }.into_any()
                }}
            </div>
        </section>
    }
}

#[component]
fn ApproveForm(data: SetView) -> impl IntoView {
    let refusal = refusal_of::<ApproveRuleSet>();
    let months = std::iter::successors(Some(data.first_month), |month: &Period| Some(month.next()))
        .take(OFFERED)
        .map(|month| view! { <option value=month.to_string()>{format!("{} (từ {})", month.label(), day(month.first_day()))}</option> })
        .collect_view();
    view! {
        <PostForm<ApproveRuleSet>>
            <input type="hidden" name="code" value=data.line.code/>
            <input type="hidden" name="version" value=data.version.to_string()/>
            <div class="stack">
                <p class="small">"Phê duyệt rồi thì không sửa được nữa; muốn đổi phải sao chép thành bộ mới."</p>
                <Field label="Áp dụng từ" name="from" hint="Sau tháng cuối cùng đã có phiếu.">
                    <select id="from" name="from" aria-describedby="from-hint" aria-invalid=refused_in(refusal, "from")>{months}</select>
                </Field>
                <Field label="Số quyết định ban hành" name="decision" hint="Ví dụ 283/QĐ-UBND">
                    <input id="decision" name="decision" maxlength="100" required aria-describedby="decision-hint"
                        value=typed_in(refusal, "decision") aria-invalid=refused_in(refusal, "decision")/>
                </Field>
                <button class="button" data-tone="act">"Phê duyệt"</button>
            </div>
        </PostForm<ApproveRuleSet>>
    }
}

#[component]
fn CopyForm(data: SetView) -> impl IntoView {
    let refusal = refusal_of::<CopyRuleSet>();
    view! {
        <section class="card">
            <header><h2>"Sao chép"</h2></header>
            <div class="card-body">
                <PostForm<CopyRuleSet>>
                    <input type="hidden" name="source" value=data.line.code/>
                    <input type="hidden" name="key" value=data.key.to_string()/>
                    <div class="stack">
                        <Field label="Tên bản sao" name="name">
                            <input id="name" name="name" maxlength="200" required
                                value=typed_in(refusal, "name") aria-invalid=refused_in(refusal, "name")/>
                        </Field>
                        <button class="button">"Sao chép để sửa"</button>
                    </div>
                </PostForm<CopyRuleSet>>
            </div>
        </section>
    }
}

#[component]
fn DeleteForm(data: SetView) -> impl IntoView {
    view! {
        <details class="card">
            <summary class="card-body">"Xóa bản nháp"</summary>
            <div class="card-body">
                <PostForm<DeleteRuleSet>>
                    <input type="hidden" name="code" value=data.line.code/>
                    <input type="hidden" name="version" value=data.version.to_string()/>
                    <p class="small">"Bản nháp bị xóa hẳn, không lấy lại được."</p>
                    <button class="button" data-tone="quiet">"Xóa bản nháp này"</button>
                </PostForm<DeleteRuleSet>>
            </div>
        </details>
    }
}

//! A part of an assignment goes to a colleague: it stays in the giver's total (điểm d khoản 1 Điều 18).

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use crate::assignment::api::{HandOverData, HandOverWork, load_hand_over};
use crate::error::AppError;
use crate::format;
use crate::ui::{Empty, Field, PostForm, RefusalNotice, TextArea, ask, refusal_of, shown};

/// The page `/assignment/:period/:assignment/hand-over`.
#[component]
pub fn HandOverPage() -> impl IntoView {
    let params = use_params_map();
    let named = move || {
        let params = params.read();
        let id = params
            .get("assignment")
            .and_then(|text| text.parse::<Uuid>().ok());
        (
            params.get("period").unwrap_or_default(),
            id.unwrap_or_default(),
        )
    };
    let loaded = ask(named, |(period, id)| load_hand_over(period, id));
    view! {
        <Title text="Chuyển giao việc"/>
        {Suspend::new(async move {
            shown(loaded.await, |data| view! { <Form data/> })
        })}
    }
}

#[component]
fn Form(data: HandOverData) -> impl IntoView {
    let lead = format!(
        "{}: được giao {}, đã làm {}, còn có thể chuyển {}.",
        data.giver,
        format::number(data.quantity, 4),
        format::number(data.done, 4),
        format::number(data.left, 4)
    );
    let why_not = if data.left.is_zero() {
        Some("Phần việc này đã làm hoặc chuyển hết, không còn gì để chuyển giao.")
    } else if data.people.is_empty() {
        Some("Không có công chức nào khác trực tiếp thuộc quyền của bạn để nhận việc.")
    } else {
        None
    };
    let back = format!("/assignment/{}/{}", data.period, data.assignment);
    view! {
        <header class="page-head">
            <p class="page-back"><a href=back>{data.product.clone()}</a></p>
            <h1>"Chuyển giao việc"</h1>
            <p class="muted">{lead}</p>
        </header>
        {match why_not {
            Some(text) => view! { <section class="card"><Empty text/></section> }.into_any(),
            None => view! { <Fields data/> }.into_any(),
        }}
    }
}

#[component]
fn Fields(data: HandOverData) -> impl IntoView {
    let refusal = refusal_of::<HandOverWork>();
    let refused = move |field: &'static str| {
        move || {
            matches!(refusal.get(), Some(AppError::Invalid { field: named, .. }) if named == field)
                .then_some("true")
        }
    };
    let people = data
        .people
        .iter()
        .map(|person| {
            let words = format!(
                "{} · {} · {} việc",
                person.name, person.post, person.assignments
            );
            view! { <option value=person.officer.to_string()>{words}</option> }
        })
        .collect_view();
    let (first, last) = data.days;
    view! {
        <PostForm<HandOverWork>>
            <section class="card">
                <div class="card-body stack">
                    <input type="hidden" name="period" value=data.period/>
                    <input type="hidden" name="assignment" value=data.assignment.to_string()/>
                    <input type="hidden" name="key" value=data.key.to_string()/>
                    <div class="form-grid">
                        <Field label="Số lượng chuyển" name="quantity">
                            <input id="quantity" name="quantity" inputmode="decimal" autocomplete="off" required maxlength="20" value=format::number(data.left, 4) aria-invalid=refused("quantity")/>
                        </Field>
                        <Field label="Người nhận" name="to">
                            <select id="to" name="to" required aria-invalid=refused("to")>{people}</select>
                        </Field>
                        <Field label="Hạn của người nhận" name="due_day">
                            <input id="due_day" name="due_day" type="date" required min=first.to_string() max=last.to_string() value=data.due_day.to_string() aria-invalid=refused("due_day")/>
                        </Field>
                    </div>
                    <Field label="Lý do" name="reason" hint="Phần đã chuyển vẫn tính trong số được giao của người chuyển; người nhận được tính thêm.">
                        <TextArea name="reason" value=String::new() rows=2 required=true/>
                    </Field>
                    <RefusalNotice refusal/>
                    <div class="form-actions"><button class="button" data-tone="act">"Chuyển giao"</button></div>
                </div>
            </section>
        </PostForm<HandOverWork>>
    }
}

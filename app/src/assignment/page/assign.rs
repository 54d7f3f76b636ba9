//! New work for one or several people: what, how much, until when, for whom.

use kpi::period::Period;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use crate::assignment::api::{Assign, AssignData, Choice, Person, load_assign};
use crate::auth::current_visitor;
use crate::error::AppError;
use crate::format;
use crate::ui::{
    Empty, Field, PeriodSwitch, PostForm, RefusalNotice, TextArea, ask, query_link, refusal_of,
    shown,
};

/// The page `/unit/assign`.
#[component]
pub fn AssignPage() -> impl IntoView {
    let query = use_query_map();
    let done = move || query.read().get("done").as_deref() == Some("assigned");
    let period = Memo::new(move |_| {
        query
            .read()
            .get("period")
            .and_then(|text| text.parse::<Period>().ok())
    });
    let unit = Memo::new(move |_| {
        query
            .read()
            .get("unit")
            .and_then(|text| text.parse::<Uuid>().ok())
    });
    let loaded = ask(
        move || (period.get(), unit.get()),
        move |(period, unit)| async move {
            let today = current_visitor().await?.ok_or(AppError::SignedOut)?.today;
            let current = Period::of(today).map_err(|_| AppError::NotFound)?;
            load_assign(period.unwrap_or(current).to_string(), unit).await
        },
    );
    view! {
        <Title text="Giao việc"/>
        <Show when=done>
            <p class="notice" data-tone="good" role="status">"Đã giao việc; người được giao nhận thông báo ngay."</p>
        </Show>
        {Suspend::new(async move {
            shown(loaded.await, |data| view! { <Form data/> })
        })}
    }
}

#[component]
fn Form(data: AssignData) -> impl IntoView {
    let period = Signal::stored(data.period);
    let back = format!("/unit?period={}", data.period);
    let can = !data.closed && !data.people.is_empty() && !data.products.is_empty();
    let why_not = if data.closed {
        Some(format!(
            "{} đã công bố hoặc khóa, không giao thêm việc được.",
            data.period_label
        ))
    } else if data.people.is_empty() {
        Some("Bạn chưa có công chức nào trực tiếp thuộc quyền để giao việc.".to_owned())
    } else if data.products.is_empty() {
        Some(
            "Chưa có danh mục sản phẩm được phê duyệt; việc chỉ giao theo danh mục đã phê duyệt."
                .to_owned(),
        )
    } else {
        None
    };
    view! {
        <header class="page-head">
            <p class="page-back"><a href=back>"Đơn vị"</a></p>
            <h1>"Giao việc"</h1>
            <p class="muted">"Một sản phẩm cho một hoặc nhiều người; mỗi người nhận đủ số lượng ghi ở đây."</p>
            <div class="toolbar"><PeriodSwitch period/></div>
        </header>
        {why_not.map(|text| view! { <section class="card"><Empty text/></section> })}
        {can.then(|| view! { <Fields data/> })}
    }
}

#[component]
fn Fields(data: AssignData) -> impl IntoView {
    let refusal = refusal_of::<Assign>();
    let refused = move |field: &'static str| move || names(&refusal.get(), field).then_some("true");
    let (first, last) = data.days;
    let people = data.people.iter().map(person).collect_view();
    let units = (data.units.len() > 1).then(|| view! { <Units data=data.clone()/> });
    view! {
        <PostForm<Assign>>
            <section class="card">
                <div class="card-body stack">
                    <input type="hidden" name="period" value=data.period.to_string()/>
                    <input type="hidden" name="key" value=data.key.to_string()/>
                    <Field label="Sản phẩm, công việc trong danh mục" name="product">
                        <select id="product" name="product" required aria-invalid=refused("product")>
                            <option value="">"Chọn sản phẩm"</option>
                            {options(&data.products)}
                        </select>
                    </Field>
                    <div class="form-grid">
                        <Field label="Số lượng cho mỗi người" name="quantity" hint="Ví dụ: 4 hoặc 1,5.">
                            <input id="quantity" name="quantity" inputmode="decimal" autocomplete="off" required maxlength="20" value="1" aria-describedby="quantity-hint" aria-invalid=refused("quantity")/>
                        </Field>
                        <Field label="Hạn hoàn thành" name="due_day">
                            <input id="due_day" name="due_day" type="date" required min=first.to_string() max=last.to_string() value=last.to_string() aria-invalid=refused("due_day")/>
                        </Field>
                        <Field label="Loại việc" name="kind" hint="Việc phát sinh được tính thêm, không vào số được giao.">
                            <select id="kind" name="kind" aria-describedby="kind-hint" aria-invalid=refused("kind")>
                                <option value="plan">"Theo kế hoạch"</option>
                                <option value="ad_hoc">"Đột xuất, phát sinh"</option>
                            </select>
                        </Field>
                    </div>
                    <Field label="Sản phẩm đầu ra mong đợi" name="expected_output" hint="Để trống nếu như danh mục đã ghi.">
                        <TextArea name="expected_output" value=String::new() rows=2/>
                    </Field>
                </div>
            </section>
            <section class="card">
                <header><h2 id="people-title">"Giao cho"</h2> {units}</header>
                <div class="card-body">
                    <fieldset class="choices" aria-labelledby="people-title">{people}</fieldset>
                </div>
                <footer>
                    <RefusalNotice refusal/>
                    <button class="button" data-tone="act">"Giao việc"</button>
                </footer>
            </section>
        </PostForm<Assign>>
    }
}

fn names(refusal: &Option<AppError>, field: &str) -> bool {
    matches!(refusal, Some(AppError::Invalid { field: named, .. }) if named == field)
}

fn person(person: &Person) -> impl IntoView + use<> {
    let load = format!(
        "{} việc · {} quy đổi",
        person.assignments,
        format::number(person.assigned, 2)
    );
    view! {
        <label>
            <input type="checkbox" name="officers[]" value=person.officer.to_string()/>
            <span>{person.name.clone()}<br/><span class="muted small">{format!("{} · {load}", person.post)}</span></span>
        </label>
    }
}

/// Products under their complexity group, in the catalogue's order.
fn options(products: &[Choice]) -> impl IntoView + use<> {
    products
        .chunk_by(|left, right| left.group == right.group)
        .map(|group| {
            let label = group.first().map(|choice| choice.group.clone()).unwrap_or_default();
            let label = if label.is_empty() { "Chưa xếp nhóm".to_owned() } else { format!("Nhóm {label}") };
            let options = group
                .iter()
                .map(|choice| view! { <option value=choice.product.to_string()>{choice.text.clone()}</option> })
                .collect_view();
            view! { <optgroup label=label>{options}</optgroup> }
        })
        .collect_view()
}

/// Links that narrow the list of people to one unit.
#[component]
fn Units(data: AssignData) -> impl IntoView {
    let link = query_link("unit");
    let links = data
        .units
        .iter()
        .map(|(unit, name)| {
            let (unit, name) = (unit.to_string(), name.clone());
            view! { <a href=move || link(&unit)>{name}</a> }
        })
        .collect_view();
    view! { <nav class="segmented" aria-label="Đơn vị"><a href=move || link("")>"Tất cả"</a> {links}</nav> }
}

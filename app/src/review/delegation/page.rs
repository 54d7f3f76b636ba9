//! The page on which a competent person names who prepares for him.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::{EndDelegation, RecordDelegation, load_delegations};
use super::wire::{DelegationRow, Delegations, HeadedUnit, Named};
use crate::format::day;
use crate::ui::{
    Chip, Empty, Field, PostForm, RefusalNotice, ask, refusal_in, refusal_of, refused_in, shown,
    typed_in,
};

/// Delegations, and the form for a new one.
#[component]
pub fn DelegationPage() -> impl IntoView {
    let loaded = ask(|| (), |()| load_delegations());
    view! {
        <Title text="Giao chuẩn bị kết luận"/>
        {Suspend::new(async move {
            shown(loaded.await, |loaded| view! { <Body loaded/> })
        })}
    }
}

#[component]
fn Body(loaded: Delegations) -> impl IntoView {
    let rows = loaded
        .rows
        .iter()
        .map(|row| view! { <Row row=row.clone() today=loaded.today/> })
        .collect_view();
    let none = loaded.rows.is_empty();
    view! {
        <header class="page-head">
            <h1>"Giao chuẩn bị kết luận"</h1>
            <p class="muted">"Người được giao xem phiếu, đánh dấu và ghi nhận xét thay bạn; chỉ người có thẩm quyền ký. Không ai chuẩn bị phiếu của chính mình."</p>
            <div class="toolbar"><a class="button" href="/review">"Về phiếu chờ xác nhận"</a></div>
        </header>
        <section class="card" aria-labelledby="delegations">
            <header><h2 id="delegations">"Đã giao"</h2></header>
            {if none {
                view! { <Empty text="Chưa giao cho ai."><a class="button" href="#new-delegation">"Giao cho một người"</a></Empty> }.into_any()
            } else {
                view! { <ul class="rows">{rows}</ul> }.into_any()
            }}
        </section>
        {(!loaded.authorities.is_empty()).then(|| view! { <New loaded/> })}
    }
}

#[component]
fn Row(row: DelegationRow, today: chrono::NaiveDate) -> impl IntoView {
    let (tone, state, stands) = if row.ended {
        ("plain", "đã kết thúc", false)
    } else if row.until < today {
        ("plain", "đã hết hạn", false)
    } else {
        ("good", "đang hiệu lực", true)
    };
    let id = format!("end-{}", row.delegation);
    let refusal = Signal::stored(refusal_in::<EndDelegation>(&id));
    let unit = match row.unit {
        Some(unit) => format!(" · {unit}"),
        None => " · tất cả đơn vị".to_owned(),
    };
    view! {
        <li data-key=row.delegation.to_string()>
            <span class="grow">
                <b>{row.delegate}</b>{format!(" chuẩn bị cho {}", row.authority)}{unit}
                <span class="meter-words">{format!("{} – {} · {}", day(row.from), day(row.until), row.document)}</span>
            </span>
            <Chip tone text=state/>
            {stands.then(|| view! {
                <PostForm<EndDelegation> id said="Đã kết thúc việc giao.">
                    <RefusalNotice refusal/>
                    <input type="hidden" name="delegation" value=row.delegation.to_string()/>
                    <button class="button">"Kết thúc"</button>
                </PostForm<EndDelegation>>
            })}
        </li>
    }
}

fn options(people: Vec<Named>) -> impl IntoView {
    people
        .into_iter()
        .map(|person| view! { <option value=person.officer.to_string()>{person.words}</option> })
        .collect_view()
}

/// Units as options, each with its head where there are several heads to choose from.
fn units(units: Vec<HeadedUnit>, several: bool) -> impl IntoView {
    units
        .into_iter()
        .map(|one| {
            let words = if several {
                format!("{} · {}", one.name, one.head)
            } else {
                one.name
            };
            view! { <option value=one.unit.to_string()>{words}</option> }
        })
        .collect_view()
}

#[component]
fn New(loaded: Delegations) -> impl IntoView {
    let refusal = refusal_of::<RecordDelegation>();
    let invalid = move |field: &'static str| refused_in(refusal, field);
    let today = day(loaded.today);
    let several = loaded.authorities.len() > 1;
    view! {
        <section class="card" aria-labelledby="new-delegation">
            <header><h2 id="new-delegation">"Giao cho một người"</h2></header>
            <PostForm<RecordDelegation> said="Đã giao chuẩn bị.">
                <div class="card-body stack">
                    <RefusalNotice refusal/>
                    <input type="hidden" name="key" value=loaded.key.to_string()/>
                    <div class="form-grid">
                        <Field label="Người có thẩm quyền" name="authority">
                            <select id="authority" name="authority">{options(loaded.authorities)}</select>
                        </Field>
                        <Field label="Phạm vi" name="unit" hint="Người được giao chuẩn bị phiếu của người trong đơn vị và của người đứng đầu các đơn vị trực thuộc.">
                            <select id="unit" name="unit" aria-describedby="unit-hint" aria-invalid=invalid("unit")>
                                <option value="">"Tất cả đơn vị người đó đứng đầu"</option>
                                {units(loaded.units, several)}
                            </select>
                        </Field>
                        <Field label="Người chuẩn bị" name="delegate">
                            <select id="delegate" name="delegate" aria-invalid=invalid("delegate")>{options(loaded.people)}</select>
                        </Field>
                        <Field label="Từ ngày" name="from" hint="Ví dụ 01/11/2026">
                            <input id="from" name="from" inputmode="numeric" autocomplete="off" required value=today aria-describedby="from-hint" aria-invalid=invalid("from")/>
                        </Field>
                        <Field label="Đến hết ngày" name="until">
                            <input id="until" name="until" inputmode="numeric" autocomplete="off" required value=typed_in(refusal, "until") aria-invalid=invalid("until")/>
                        </Field>
                        <Field label="Văn bản" name="document">
                            <input id="document" name="document" maxlength="200" autocomplete="off" required value=typed_in(refusal, "document") aria-invalid=invalid("document")/>
                        </Field>
                    </div>
                    <div><button class="button" data-tone="act">"Giao chuẩn bị"</button></div>
                </div>
            </PostForm<RecordDelegation>>
        </section>
    }
}

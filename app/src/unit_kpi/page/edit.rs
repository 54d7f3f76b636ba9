//! The form of an indicator: a new one, or one that is changed.

use kpi::unit::Direction;
use leptos::prelude::*;
use uuid::Uuid;

use super::line::Line;
use crate::format::number;
use crate::ui::{Field, PostForm, RefusalNotice, refusal_of, refused_in};
use crate::unit_kpi::api::SaveIndicator;
use crate::unit_kpi::wire::{IndicatorView, UnitKpi};

/// The form; `edit` is the id of an indicator, anything else stands for a new one.
#[component]
pub(super) fn Edit(unit: UnitKpi, edit: String) -> impl IntoView {
    let before = edit.parse::<Uuid>().ok().and_then(|id| {
        unit.indicators
            .iter()
            .find(|indicator| indicator.indicator == id)
            .cloned()
    });
    let refusal = refusal_of::<SaveIndicator>();
    let heading = if before.is_some() {
        "Sửa chỉ số"
    } else {
        "Thêm chỉ số"
    };
    let of = |get: fn(&IndicatorView) -> String| before.as_ref().map(get).unwrap_or_default();
    let (function, name) = (of(|one| one.function.clone()), of(|one| one.name.clone()));
    let (unit_of_measure, id) = (
        of(|one| one.unit_of_measure.clone()),
        of(|one| one.indicator.to_string()),
    );
    let (target, weight) = (
        of(|one| number(one.target, 4)),
        of(|one| number(one.weight, 4)),
    );
    let version = before.as_ref().map_or(0, |one| one.version).to_string();
    let other = before
        .as_ref()
        .map_or_else(Default::default, |one| one.weight);
    let left = rust_decimal::Decimal::ONE_HUNDRED - unit.standing.weights + other;
    let hint = format!("Còn lại {} %", number(left, 4));
    let close = format!("/unit-kpi?unit={}&year={}", unit.unit, unit.year);
    let functions = functions(&unit.indicators);
    let owner = before.as_ref().map(|one| one.owner);
    // The owner may have left the unit: he stays in the list until somebody else is chosen.
    let gone = before
        .as_ref()
        .filter(|one| !unit.owners.iter().any(|(id, _)| *id == one.owner))
        .map(|one| (one.owner, one.owner_name.clone()));
    let owners = gone
        .into_iter()
        .chain(unit.owners.clone())
        .map(|(id, name)| view! { <option value=id.to_string() selected=Some(id) == owner>{name}</option> })
        .collect_view();
    let direction = before
        .as_ref()
        .map_or(Direction::Higher, |one| one.direction);
    let directions = Direction::ALL
        .iter()
        .map(|way| view! { <option value=way.as_str() selected=*way == direction>{way.label()}</option> })
        .collect_view();
    let level = before.as_ref().is_some_and(|one| !one.accumulates);
    view! {
        <section class="card" aria-labelledby="edit">
            <header><h2 id="edit">{heading}</h2></header>
            <div class="card-body">
                <PostForm<SaveIndicator> said="Đã lưu chỉ số.">
                    <div class="stack">
                        <RefusalNotice refusal/>
                        <input type="hidden" name="form[unit]" value=unit.unit.to_string()/>
                        <input type="hidden" name="form[year]" value=unit.year.to_string()/>
                        <input type="hidden" name="form[indicator]" value=id/>
                        <input type="hidden" name="form[version]" value=version/>
                        <div class="form-grid">
                            <Line label="Nhóm chức năng" field="function" id="function" value=function refusal
                                hint="Các chỉ số cùng tên nhóm đứng cạnh nhau" list="functions"/>
                            <datalist id="functions">{functions}</datalist>
                            <Line label="Tên chỉ số" field="name" id="name" value=name refusal/>
                            <Line label="Đơn vị tính" field="unit_of_measure" id="unit_of_measure" value=unit_of_measure refusal/>
                            <Field label="Chiều đánh giá" name="direction">
                                <select id="direction" name="form[direction]" aria-invalid=refused_in(refusal, "direction")>{directions}</select>
                            </Field>
                            <Field label="Cách đo" name="measure">
                                <select id="measure" name="form[measure]" aria-invalid=refused_in(refusal, "measure")>
                                    <option value="sum" selected=!level>"số cộng dồn trong năm"</option>
                                    <option value="level" selected=level>"tỷ lệ hoặc mức bình quân"</option>
                                </select>
                            </Field>
                            <Line label="Chỉ tiêu năm" field="target" id="target" value=target refusal hint="Lớn hơn 0" numeric=true/>
                            <Line label="Trọng số (%)" field="weight" id="weight" value=weight refusal hint numeric=true/>
                            <Field label="Người phụ trách" name="owner">
                                <select id="owner" name="form[owner]" aria-invalid=refused_in(refusal, "owner")>
                                    <option value="" selected=owner.is_none()>"Chọn người phụ trách"</option>
                                    {owners}
                                </select>
                            </Field>
                        </div>
                        <div class="form-actions">
                            <button class="button" data-tone="act">"Lưu chỉ số"</button>
                            <a class="button" data-tone="quiet" href=close>"Đóng"</a>
                        </div>
                    </div>
                </PostForm<SaveIndicator>>
            </div>
        </section>
    }
}

/// The functions that the unit's year has already, each once.
fn functions(indicators: &[IndicatorView]) -> impl IntoView + use<> {
    let mut names: Vec<String> = indicators
        .iter()
        .map(|indicator| indicator.function.clone())
        .collect();
    names.dedup();
    names
        .into_iter()
        .map(|name| view! { <option value=name></option> })
        .collect_view()
}

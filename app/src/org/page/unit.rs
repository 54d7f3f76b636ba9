//! The chosen unit: another one below it, its name, whether it is active.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::super::api::UnitLine;
use super::Acts;
use crate::ui::{Field, RefusalNotice, refusal_of_action, refused_in, typed_in};

/// Changes of the chosen unit.
#[component]
pub(super) fn UnitCard(
    /// Which.
    unit: UnitLine,
    /// What may be done.
    acts: Acts,
) -> impl IntoView {
    let (add, rename, activity) = (acts.add_unit, acts.rename_unit, acts.set_unit_active);
    let added = refusal_of_action(add);
    let renamed = refusal_of_action(rename);
    let is_root = unit.parent.is_none();
    let active = unit.active;
    view! {
        <details class="card">
            <summary class="card-body">{format!("Sửa đơn vị {} và thêm đơn vị trực thuộc", unit.name)}</summary>
            <div class="card-body stack">
                <ActionForm action=rename>
                    <div class="stack">
                        <RefusalNotice refusal=renamed/>
                        <input type="hidden" name="unit" value=unit.unit.to_string()/>
                        <input type="hidden" name="before" value=unit.name.clone()/>
                        <Field label="Tên đơn vị" name="unit-new-name">
                            <input id="unit-new-name" name="new_name" required maxlength="200" value=unit.name.clone() aria-invalid=refused_in(renamed, "new_name")/>
                        </Field>
                        <div><button class="button" disabled=move || rename.pending().get()>"Đổi tên"</button></div>
                    </div>
                </ActionForm>
                {active.then(|| view! {
                    <ActionForm action=add>
                        <div class="stack">
                            <RefusalNotice refusal=added/>
                            <input type="hidden" name="parent" value=unit.unit.to_string()/>
                            <div class="form-grid">
                                <Field label="Mã đơn vị trực thuộc" name="unit-code">
                                    <input id="unit-code" name="unit_code" required maxlength="40" value=typed_in(added, "unit_code") aria-invalid=refused_in(added, "unit_code")/>
                                </Field>
                                <Field label="Tên đơn vị trực thuộc" name="unit-name">
                                    <input id="unit-name" name="unit_name" required maxlength="200" value=typed_in(added, "unit_name") aria-invalid=refused_in(added, "unit_name")/>
                                </Field>
                            </div>
                            <div><button class="button" data-tone="act" disabled=move || add.pending().get()>"Thêm đơn vị trực thuộc"</button></div>
                        </div>
                    </ActionForm>
                })}
                {(!is_root).then(|| view! {
                    <ActionForm action=activity>
                        <div class="row">
                            <input type="hidden" name="unit" value=unit.unit.to_string()/>
                            <input type="hidden" name="active" value=(!active).to_string()/>
                            <button class="button" data-tone="quiet" disabled=move || activity.pending().get()>{if active { "Ngừng hoạt động" } else { "Cho hoạt động lại" }}</button>
                        </div>
                    </ActionForm>
                })}
                <RefusalNotice refusal=refusal_of_action(activity)/>
            </div>
        </details>
    }
}

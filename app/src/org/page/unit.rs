//! The chosen unit: another one below it, its name, whether it is active.

use leptos::prelude::*;

use super::super::api::{AddUnit, RenameUnit, SetUnitActive, UnitLine};
use crate::ui::{Field, PostForm, RefusalNotice, refusal_of, refused_in, typed_in};

/// Changes of the chosen unit.
#[component]
pub(super) fn UnitCard(
    /// Which.
    unit: UnitLine,
) -> impl IntoView {
    let added = refusal_of::<AddUnit>();
    let renamed = refusal_of::<RenameUnit>();
    let activity = refusal_of::<SetUnitActive>();
    let refused = move || {
        [added, renamed, activity]
            .iter()
            .any(|refusal| refusal.get().is_some())
    };
    let is_root = unit.parent.is_none();
    let active = unit.active;
    view! {
        <details class="card" open=refused>
            <summary class="card-body">{format!("Sửa đơn vị {} và thêm đơn vị trực thuộc", unit.name)}</summary>
            <div class="card-body stack">
                <PostForm<RenameUnit>>
                    <div class="stack">
                        <RefusalNotice refusal=renamed/>
                        <input type="hidden" name="unit" value=unit.unit.to_string()/>
                        <input type="hidden" name="before" value=unit.name.clone()/>
                        <Field label="Tên đơn vị" name="unit-new-name">
                            <input id="unit-new-name" name="new_name" required maxlength="200" value=unit.name.clone() aria-invalid=refused_in(renamed, "new_name")/>
                        </Field>
                        <div><button class="button">"Đổi tên"</button></div>
                    </div>
                </PostForm<RenameUnit>>
                {active.then(|| view! {
                    <PostForm<AddUnit>>
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
                            <div><button class="button" data-tone="act">"Thêm đơn vị trực thuộc"</button></div>
                        </div>
                    </PostForm<AddUnit>>
                })}
                {(!is_root).then(|| view! {
                    <PostForm<SetUnitActive>>
                        <div class="row">
                            <input type="hidden" name="unit" value=unit.unit.to_string()/>
                            <input type="hidden" name="active" value=(!active).to_string()/>
                            <button class="button" data-tone="quiet">{if active { "Ngừng hoạt động" } else { "Cho hoạt động lại" }}</button>
                        </div>
                    </PostForm<SetUnitActive>>
                })}
                <RefusalNotice refusal=activity/>
            </div>
        </details>
    }
}

//! New accounts: one for a person or a technical one, or for everybody who has none yet.

use kpi::permission::Role;
use leptos::prelude::*;

use super::super::api::{Candidate, CreateAccount};
use crate::ui::{Field, RefusalNotice, refusal_of, refused_in, typed_in};

/// Roles that an account may carry itself.
const GIVEN: [Role; 3] = [Role::Leader, Role::Personnel, Role::Administrator];

/// Checkboxes of the three roles.
#[component]
pub(super) fn RoleChoices(
    /// Those that are set.
    set: Vec<Role>,
) -> impl IntoView {
    GIVEN
        .into_iter()
        .map(|role| {
            let checked = set.contains(&role);
            view! { <label class="check"><input type="checkbox" name="roles[]" value=role.as_str() checked=checked/>{role.label()}</label> }
        })
        .collect_view()
}

/// Creates one account.
#[component]
pub(super) fn CreateForm(
    /// People without an account.
    without: Vec<Candidate>,
) -> impl IntoView {
    let refusal = refusal_of::<CreateAccount>();
    let login_refused = refused_in(refusal, "login");
    let login_typed = typed_in(refusal, "login");
    let options = without
        .into_iter()
        .map(|person| view! { <option value=person.officer.to_string()>{person.words}</option> })
        .collect_view();
    view! {
        <section class="card">
            <header><h2>"Tạo tài khoản"</h2></header>
            <form method="post" action="/accounts/create">
                <div class="card-body stack">
                    <RefusalNotice refusal/>
                    <Field label="Người dùng" name="officer">
                        <select id="officer" name="officer" aria-invalid=refused_in(refusal, "officer")>
                            <option value="">"Không gắn với công chức (tài khoản kỹ thuật)"</option>
                            {options}
                        </select>
                    </Field>
                    <Field label="Tên tài khoản" name="login" hint="Để trống thì đặt theo tên, ví dụ Nguyễn Thu Hà thành ha.nt.">
                        <input id="login" name="login" maxlength="60" autocapitalize="none" autocomplete="off" value=login_typed aria-invalid=login_refused aria-describedby="login-hint"/>
                    </Field>
                    <fieldset><legend>"Vai trò thêm"</legend><RoleChoices set=Vec::new()/></fieldset>
                    <div><button class="button" data-tone="act">"Tạo tài khoản"</button></div>
                </div>
            </form>
        </section>
    }
}

/// Creates accounts for everybody without one and downloads the list of temporary passwords.
#[component]
pub(super) fn CreateMissing(
    /// How many people have none, counted up to 500.
    without: usize,
) -> impl IntoView {
    (without > 0).then(|| {
        let words = if without >= 500 { "Hơn 500 công chức chưa có tài khoản.".to_owned() } else { format!("{without} công chức chưa có tài khoản.") };
        view! {
            <section class="card">
                <header><h2>"Tạo cho tất cả"</h2></header>
                <div class="card-body stack">
                    <p>{words}" Tối đa 300 người một lần; tệp tải về chứa mật khẩu tạm và không tải lại được."</p>
                    <form method="post" action="/accounts/create-missing">
                        <button class="button">"Tạo và tải danh sách (xlsx)"</button>
                    </form>
                </div>
            </section>
        }
    })
}

//! One account: its roles, its lock, a new temporary password.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::super::api::{AccountLine, ResetPassword, SetLocked, SetRoles};
use super::create::RoleChoices;
use super::issued::SecretForm;
use crate::ui::{RefusalNotice, refusal_of_action};

/// Details and acts of the chosen account.
#[component]
pub(super) fn Chosen(
    /// The account.
    account: AccountLine,
    /// Makes a temporary password.
    reset: ServerAction<ResetPassword>,
    /// Locks or opens.
    lock: ServerAction<SetLocked>,
    /// Sets roles.
    roles: ServerAction<SetRoles>,
) -> impl IntoView {
    let id = account.account;
    let name = if account.name.is_empty() {
        account.login.clone()
    } else {
        account.name.clone()
    };
    let sessions = match account.sessions {
        0 => "Không có phiên nào đang mở.".to_owned(),
        open => format!("{open} phiên đang mở."),
    };
    let own = account.own;
    let locked = account.locked;
    view! {
        <section class="card">
            <header><h2>{name}</h2><span class="muted small">{account.login}</span></header>
            <div class="card-body stack">
                <p class="muted small">{sessions}</p>
                <ActionForm action=roles>
                    <div class="stack">
                        <RefusalNotice refusal=refusal_of_action(roles)/>
                        <input type="hidden" name="account" value=id.to_string()/>
                        <input type="hidden" name="version" value=account.version.to_string()/>
                        <fieldset><legend>"Vai trò thêm"</legend><RoleChoices set=account.roles/></fieldset>
                        <div><button class="button" data-tone="act" disabled=move || roles.pending().get()>"Lưu vai trò"</button></div>
                    </div>
                </ActionForm>
                <RefusalNotice refusal=refusal_of_action(lock)/>
                <RefusalNotice refusal=refusal_of_action(reset)/>
                {if own {
                    view! { <p class="muted small">"Đây là tài khoản của bạn: đổi mật khẩu ở trang "<a href="/account">"Tài khoản của tôi"</a>"."</p> }.into_any()
                } else {
                    view! {
                        <div class="row">
                            <SecretForm action=reset route="/accounts/reset">
                                <input type="hidden" name="account" value=id.to_string()/>
                                <button class="button" disabled=move || reset.pending().get()>"Đặt lại mật khẩu"</button>
                            </SecretForm>
                            <ActionForm action=lock>
                                <input type="hidden" name="account" value=id.to_string()/>
                                <input type="hidden" name="locked" value=(!locked).to_string()/>
                                <button class="button" disabled=move || lock.pending().get()>{if locked { "Mở khóa" } else { "Khóa và kết thúc phiên" }}</button>
                            </ActionForm>
                        </div>
                    }.into_any()
                }}
            </div>
        </section>
    }
}

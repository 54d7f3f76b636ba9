//! One account: its roles, its lock, a new temporary password.

use leptos::prelude::*;

use super::super::api::{AccountLine, SetLocked, SetMail, SetRoles};
use super::create::RoleChoices;
use crate::ui::{Field, PostForm, RefusalNotice, refusal_of, refused_in, typed_in};

/// Details and acts of the chosen account.
#[component]
pub(super) fn Chosen(
    /// The account.
    account: AccountLine,
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
    let mail_refusal = refusal_of::<SetMail>();
    let email_refused = refused_in(mail_refusal, "email");
    let email_typed = typed_in(mail_refusal, "email");
    let stored = account.email;
    let email = move || email_typed().unwrap_or_else(|| stored.clone());
    let own = account.own;
    let locked = account.locked;
    view! {
        <section class="card">
            <header><h2>{name}</h2><span class="muted small">{account.login}</span></header>
            <div class="card-body stack">
                <p class="muted small">{sessions}</p>
                <PostForm<SetRoles>>
                    <div class="stack">
                        <RefusalNotice refusal={refusal_of::<SetRoles>()}/>
                        <input type="hidden" name="account" value=id.to_string()/>
                        <input type="hidden" name="version" value=account.version.to_string()/>
                        <fieldset><legend>"Vai trò thêm"</legend><RoleChoices set=account.roles/></fieldset>
                        <div><button class="button" data-tone="act">"Lưu vai trò"</button></div>
                    </div>
                </PostForm<SetRoles>>
                <PostForm<SetMail> said="Đã lưu địa chỉ thư.">
                    <div class="stack">
                        <RefusalNotice refusal=mail_refusal/>
                        <input type="hidden" name="account" value=id.to_string()/>
                        <Field label="Địa chỉ thư điện tử" name="email" hint="Tóm tắt hằng ngày và thư nhắc hạn được gửi đến đây; để trống thì không gửi.">
                            <input id="email" name="email" type="email" maxlength="254" autocomplete="off" autocapitalize="none" spellcheck="false" value=email aria-invalid=email_refused aria-describedby="email-hint"/>
                        </Field>
                        <div><button class="button">"Lưu địa chỉ"</button></div>
                    </div>
                </PostForm<SetMail>>
                <RefusalNotice refusal={refusal_of::<SetLocked>()}/>
                {if own {
                    view! { <p class="muted small">"Đây là tài khoản của bạn: đổi mật khẩu ở trang "<a href="/account">"Tài khoản của tôi"</a>"."</p> }.into_any()
                } else {
                    view! {
                        <div class="row">
                            <form method="post" action="/accounts/reset">
                                <input type="hidden" name="account" value=id.to_string()/>
                                <button class="button">"Đặt lại mật khẩu"</button>
                            </form>
                            <PostForm<SetLocked>>
                                <input type="hidden" name="account" value=id.to_string()/>
                                <input type="hidden" name="locked" value=(!locked).to_string()/>
                                <button class="button">{if locked { "Mở khóa" } else { "Khóa và kết thúc phiên" }}</button>
                            </PostForm<SetLocked>>
                        </div>
                    }.into_any()
                }}
            </div>
        </section>
    }
}

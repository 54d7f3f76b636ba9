//! The sign-in page and the own account. Plain forms: they work before WASM arrives, and need none.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::{ChangePassword, EndSessions, SessionRow, SignInWith, SignOutNow, own_sessions};
use super::mail::{OwnMailCard, SetOwnMail};
use crate::error::AppError;
use crate::ui::{Field, PostForm, RefusalNotice, refusal_of, shown};

/// Sign-in with account and password.
#[component]
pub fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let refusal = refusal_of::<SignInWith>();
    let next = move || query.read().get("next").unwrap_or_default();
    let typed = Signal::derive(move || match refusal.get() {
        Some(AppError::Invalid { typed, .. }) => typed,
        _ => String::new(),
    });
    view! {
        <Title text="Đăng nhập"/>
        <div class="sign-in">
            <p class="sign-in-mark"><img src="/icon.svg" alt="" width="32" height="32"/>"Công Tâm"</p>
            <div>
                <h1>"Đăng nhập"</h1>
                <p class="muted">"Dùng tài khoản do cơ quan cấp."</p>
            </div>
            <PostForm<SignInWith> plain=true>
                <RefusalNotice refusal/>
                <input type="hidden" name="next" value=next/>
                <Field label="Tên tài khoản" name="login">
                    <input id="login" name="login" autocomplete="username" autocapitalize="none" required value=typed autofocus/>
                </Field>
                <Field label="Mật khẩu" name="password">
                    <input id="password" name="password" type="password" autocomplete="current-password" required/>
                </Field>
                <button class="button" data-tone="act">"Đăng nhập"</button>
            </PostForm<SignInWith>>
            <p class="muted small">"Quên mật khẩu? Quản trị viên của cơ quan đặt lại giúp bạn."</p>
        </div>
    }
}

/// The button that ends the own session.
#[component]
pub fn SignOut() -> impl IntoView {
    view! {
        <PostForm<SignOutNow> plain=true>
            <button class="button" data-tone="quiet">"Đăng xuất"</button>
        </PostForm<SignOutNow>>
    }
}

/// The own account: mail, password and open sessions.
#[component]
pub fn AccountPage() -> impl IntoView {
    let query = use_query_map();
    let refusal = refusal_of::<ChangePassword>();
    let mail_refusal = refusal_of::<SetOwnMail>();
    // The address of a refusal still says what was done before it.
    let done = move |what: &'static str| {
        let refused = refusal.with(Option::is_some) || mail_refusal.with(Option::is_some);
        !refused && query.read().get("done").as_deref() == Some(what)
    };
    view! {
        <Title text="Tài khoản của tôi"/>
        <header class="page-head">
            <h1>"Tài khoản của tôi"</h1>
            <p><a href="/record">"Ai đã xem, ai đã sửa hồ sơ của tôi"</a></p>
        </header>
        <Show when=move || done("password")><p class="notice" data-tone="good" role="status">"Đã đổi mật khẩu. Các phiên khác đã kết thúc."</p></Show>
        <Show when=move || done("mail")><p class="notice" data-tone="good" role="status">"Đã lưu địa chỉ thư và lựa chọn tóm tắt hằng ngày."</p></Show>
        <OwnMailCard/>
        <section class="card">
            <header><h2>"Đổi mật khẩu"</h2></header>
            <PostForm<ChangePassword> plain=true>
                <div class="card-body stack">
                    <RefusalNotice refusal/>
                    <Field label="Mật khẩu hiện tại" name="current">
                        <input id="current" name="current" type="password" autocomplete="current-password" required/>
                    </Field>
                    <Field label="Mật khẩu mới" name="password" hint="Ít nhất 15 ký tự; một cụm ba bốn từ dễ nhớ là đủ.">
                        <input id="password" name="password" type="password" autocomplete="new-password" minlength="15" required aria-describedby="password-hint"/>
                    </Field>
                    <Field label="Nhập lại mật khẩu mới" name="again">
                        <input id="again" name="again" type="password" autocomplete="new-password" required/>
                    </Field>
                    <div><button class="button" data-tone="act">"Đổi mật khẩu"</button></div>
                </div>
            </PostForm<ChangePassword>>
        </section>
        <section class="card">
            <header>
                <h2>"Phiên đang mở"</h2>
                <PostForm<EndSessions> plain=true><button class="button" data-tone="quiet">"Đăng xuất mọi nơi"</button></PostForm<EndSessions>>
            </header>
            {Suspend::new(async move {
                shown(own_sessions().await, |rows| view! { <SessionTable rows/> })
            })}
        </section>
    }
}

#[component]
fn SessionTable(rows: Vec<SessionRow>) -> impl IntoView {
    let body = rows
        .into_iter()
        .map(|row| {
            let name = format!("Kết thúc phiên mở lúc {}", row.opened);
            view! {
                <tr>
                    <td>{row.agent}</td>
                    <td>{row.address}</td>
                    <td>{row.opened}</td>
                    <td>{row.seen}</td>
                    <td class="num">
                        <PostForm<EndSessions> plain=true>
                            <input type="hidden" name="session" value=row.session.to_string()/>
                            <button class="button" data-tone="quiet" aria-label=name>"Kết thúc"</button>
                        </PostForm<EndSessions>>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Phiên đang mở">
            <table>
                <thead><tr><th scope="col">"Trình duyệt"</th><th scope="col">"Địa chỉ"</th><th scope="col">"Mở lúc"</th><th scope="col">"Hoạt động"</th><td></td></tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

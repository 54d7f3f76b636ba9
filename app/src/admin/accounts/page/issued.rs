//! A secret that is shown once, and forms that end in one: in the browser the answer appears on this page; without
//! WASM the same form posts to a route that answers with a page of its own.

use leptos::form::FromFormData;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::web_sys::SubmitEvent;

use super::super::Issued;
use crate::error::AppError;

/// The login and its temporary password, until the page is left.
#[component]
pub(super) fn IssuedNotice(
    /// The last one made.
    issued: Signal<Option<Issued>>,
) -> impl IntoView {
    view! {
        <div role="status" aria-live="polite">
            {move || issued.get().map(|issued| view! {
                <div class="notice stack" data-tone="good">
                    <p><b>"Mật khẩu tạm, chỉ hiện một lần"</b></p>
                    <p>{issued.name}" · tài khoản "<code>{issued.login}</code>" · mật khẩu "<code class="setup-link">{issued.password}</code></p>
                    <p class="small">"Hãy trao tận tay; khi đăng nhập lần đầu người dùng phải đổi mật khẩu."</p>
                </div>
            })}
        </div>
    }
}

/// A form for `action` that posts to the page's own `route` while WASM has not arrived.
#[component]
pub(super) fn SecretForm<T>(
    /// What to do in the browser.
    action: ServerAction<T>,
    /// Where to post without WASM.
    route: &'static str,
    children: Children,
) -> impl IntoView
where
    T: ServerFn<Output = Issued, Error = AppError>
        + serde::de::DeserializeOwned
        + Clone
        + Send
        + Sync
        + 'static,
{
    let submit = move |event: SubmitEvent| {
        if let Ok(input) = T::from_event(&event) {
            event.prevent_default();
            action.dispatch(input);
        }
    };
    view! { <form method="post" action=route on:submit=submit>{children()}</form> }
}

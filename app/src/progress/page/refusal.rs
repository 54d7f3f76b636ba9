//! Why a form was refused, beside the form: both values of a conflict, a way to sign in again without losing anything.

use leptos::prelude::*;

use crate::error::AppError;

/// The refusal of a form; what was typed stays where it is.
#[component]
pub fn Refusal(
    /// The refusal, if there is one.
    #[prop(into)]
    refusal: Signal<Option<AppError>>,
) -> impl IntoView {
    let view = move || {
        refusal.get().map(|error| match error {
            AppError::Conflict { current, yours } => view! {
                <div class="notice" data-tone="risk">
                    <p>"Dòng này vừa được sửa ở nơi khác. Giá trị của bạn vẫn còn trong ô; hãy kiểm tra rồi ghi lại."</p>
                    <div class="conflict">
                        <p><b>"Hiện tại: "</b>{current}</p>
                        <p><b>"Của bạn: "</b>{yours}</p>
                    </div>
                </div>
            }
            .into_any(),
            AppError::SignedOut => view! {
                <div class="notice" data-tone="bad">
                    <p>{AppError::SignedOut.to_string()}</p>
                    <p><a href="/sign-in" target="_blank">"Đăng nhập lại ở thẻ mới"</a>", rồi quay lại đây và ghi tiếp."</p>
                </div>
            }
            .into_any(),
            other => view! { <p class="notice" data-tone="bad">{other.to_string()}</p> }.into_any(),
        })
    };
    view! { <div role="alert">{view}</div> }
}

/// Whether the refusal names this field.
pub fn names(refusal: Signal<Option<AppError>>, field: &'static str) -> Signal<bool> {
    Signal::derive(move || {
        refusal.with(|refusal| match refusal {
            Some(AppError::Invalid { field: named, .. }) => named == field,
            _ => false,
        })
    })
}

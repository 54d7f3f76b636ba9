//! The bar at the bottom: how many are marked, and one signature for all of them.

use leptos::prelude::*;

use crate::review::queue::api::SignReady;
use crate::review::queue::wire::Queue;
use crate::sign::PasswordField;
use crate::ui::{PostForm, RefusalNotice, refusal_of};

/// The signature for everything that is marked.
#[component]
pub fn SignBar(
    /// What is shown.
    queue: Queue,
) -> impl IntoView {
    let refusal = refusal_of::<SignReady>();
    let shown: Vec<String> = queue
        .ready()
        .filter_map(|row| {
            Some(format!(
                "{}.{}",
                row.officer,
                row.prepared.as_ref()?.version
            ))
        })
        .collect();
    let count = shown.len();
    let place = queue.place.clone();
    let signs = place.as_ref().is_some_and(|place| place.signs);
    let authority = place.map_or_else(String::new, |place| place.authority);
    let body = if count == 0 {
        view! { <p class="muted">"Chưa đánh dấu phiếu nào để ký."</p> }.into_any()
    } else if !signs {
        view! { <p>{format!("{count} phiếu đã chuẩn bị, chờ {authority} ký.")}</p> }.into_any()
    } else {
        view! {
            <PostForm<SignReady> said=format!("Đã ký xác nhận {count} phiếu.")>
                <RefusalNotice refusal/>
                <input type="hidden" name="period" value=queue.period.to_string()/>
                <input type="hidden" name="key" value=queue.key.to_string()/>
                <input type="hidden" name="shown" value=shown.join(",")/>
                <div class="queue-sign">
                    <p id="sign-words"><b>{format!("Ký xác nhận {count} phiếu")}</b>" Mỗi phiếu có chữ ký riêng; sai một phiếu thì không phiếu nào được ký."</p>
                    <PasswordField refusal id="sign-password" described_by="sign-words"/>
                    <button class="button" data-tone="act">{format!("Ký {count} phiếu")}</button>
                </div>
            </PostForm<SignReady>>
        }
        .into_any()
    };
    view! {
        <section class="card queue-bar no-print" aria-label="Ký xác nhận" data-key="sign">
            <div class="card-body">{body}</div>
        </section>
    }
}

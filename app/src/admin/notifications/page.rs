//! The list of own notifications. A plain form marks them read: the count in the navigation follows the reload.

use leptos::prelude::*;
use leptos_meta::Title;

use super::api::{MarkAllRead, Notification, own_notifications};
use crate::ui::{Chip, PostForm, shown};

/// Own notifications, newest first.
#[component]
pub fn NotificationsPage() -> impl IntoView {
    view! {
        <Title text="Thông báo"/>
        <header class="page-head"><h1>"Thông báo"</h1></header>
        {Suspend::new(async move {
            shown(own_notifications().await, |rows| view! { <List rows/> })
        })}
    }
}

#[component]
fn List(rows: Vec<Notification>) -> impl IntoView {
    if rows.is_empty() {
        return view! {
            <div class="empty"><p>"Chưa có thông báo nào. Khi có việc được giao, duyệt hoặc trả lại, bạn sẽ thấy ở đây."</p></div>
        }
        .into_any();
    }
    let unread = rows.iter().filter(|row| row.unread).count();
    let items = rows
        .into_iter()
        .map(|row| {
            view! {
                <li class="row" class:notification-unread=row.unread>
                    <span class="muted small audit-when">{row.at}</span>
                    <a href=row.link>{row.text}</a>
                    {row.unread.then(|| view! { <Chip tone="measure" text="Mới"/> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <header>
                <h2>{if unread == 0 { "Đã đọc hết".to_owned() } else { format!("{unread} chưa đọc") }}</h2>
                {(unread > 0).then(|| view! { <PostForm<MarkAllRead>><button class="button">"Đánh dấu đã đọc"</button></PostForm<MarkAllRead>> })}
            </header>
            <ol class="card-body stack">{items}</ol>
        </section>
    }
    .into_any()
}

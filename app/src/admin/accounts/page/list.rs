//! The list of accounts and the search above it.

use leptos::prelude::*;

use super::super::api::AccountLine;
use crate::ui::{Chip, Pager, query_value};

/// A plain GET form: the search stands in the address.
#[component]
pub(super) fn SearchForm(
    /// What is searched now.
    search: Signal<String>,
) -> impl IntoView {
    view! {
        <form class="toolbar" method="get" action="/accounts" role="search">
            <label class="visually-hidden" for="q">"Tìm theo tên hoặc tài khoản"</label>
            <input id="q" name="q" type="search" maxlength="100" placeholder="Tên hoặc tài khoản" value=move || search.get()/>
            <button class="button">"Tìm"</button>
        </form>
    }
}

/// One page of accounts with links to the pages before and after.
#[component]
pub(super) fn AccountTable(
    /// The rows.
    accounts: Vec<AccountLine>,
    /// Accounts that match in all.
    total: u32,
    /// Number of this page, from 1.
    page: u32,
    /// The search, to be kept by links.
    search: String,
) -> impl IntoView {
    if accounts.is_empty() {
        return view! { <div class="empty"><p>"Không có tài khoản nào khớp. Hãy thử từ khác, hoặc tạo tài khoản ở bên cạnh."</p></div> }.into_any();
    }
    let kept = query_value(&search);
    let to = {
        let kept = kept.clone();
        move |page: u32| format!("/accounts?q={kept}&page={page}")
    };
    let rows = accounts
        .into_iter()
        .map(|account| {
            let href = format!("/accounts?q={kept}&page={page}&account={}", account.account);
            let name = if account.name.is_empty() {
                account.login.clone()
            } else {
                account.name.clone()
            };
            let roles = account
                .roles
                .iter()
                .map(|role| role.label())
                .collect::<Vec<_>>()
                .join(", ");
            let state = match (account.locked, account.must_change) {
                (true, _) => view! { <Chip tone="bad" text="Đã khóa"/> },
                (false, true) => view! { <Chip tone="risk" text="Chờ đổi mật khẩu"/> },
                (false, false) => view! { <Chip tone="good" text="Đang dùng"/> },
            };
            view! {
                <tr>
                    <th scope="row"><a href=href>{name}</a></th>
                    <td>{account.login}</td>
                    <td>{account.unit}</td>
                    <td>{roles}</td>
                    <td>{state}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <header><h2>"Danh sách"</h2><span class="muted small">{format!("{total} tài khoản")}</span></header>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Danh sách tài khoản">
                <table>
                    <caption class="visually-hidden">"Tài khoản của cơ quan"</caption>
                    <thead>
                        <tr><th scope="col">"Người dùng"</th><th scope="col">"Tài khoản"</th><th scope="col">"Đơn vị"</th><th scope="col">"Vai trò"</th><th scope="col">"Tình trạng"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <Pager page per_page=50 found=total rows="tài khoản" href=to/>
        </section>
    }
    .into_any()
}

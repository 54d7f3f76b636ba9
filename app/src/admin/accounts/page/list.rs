//! The list of accounts and the search above it.

use leptos::prelude::*;

use super::super::api::AccountLine;
use crate::ui::Chip;

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
    let last = total.div_ceil(50).max(1);
    let kept = encode(&search);
    let to = {
        let kept = kept.clone();
        move |page: u32| format!("/accounts?q={kept}&page={page}")
    };
    let previous =
        (page > 1).then(|| view! { <a class="button" href=to(page - 1)>"Trang trước"</a> });
    let next = (page < last).then(|| view! { <a class="button" href=to(page + 1)>"Trang sau"</a> });
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
            <header><h2>"Danh sách"</h2><span class="muted small">{format!("{total} tài khoản · trang {page}/{last}")}</span></header>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Danh sách tài khoản">
                <table>
                    <caption class="visually-hidden">"Tài khoản của cơ quan"</caption>
                    <thead>
                        <tr><th scope="col">"Người dùng"</th><th scope="col">"Tài khoản"</th><th scope="col">"Đơn vị"</th><th scope="col">"Vai trò"</th><th scope="col">"Tình trạng"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <nav class="card-body row" aria-label="Trang">{previous}{next}</nav>
        </section>
    }
    .into_any()
}

/// Percent-encodes a search for a link.
fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            let digit = |value: u8| {
                char::from_digit(u32::from(value), 16)
                    .unwrap_or('0')
                    .to_ascii_uppercase()
            };
            out.push('%');
            out.push(digit(byte >> 4));
            out.push(digit(byte & 15));
        }
        out
    })
}

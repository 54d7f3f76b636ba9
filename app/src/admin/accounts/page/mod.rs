//! The accounts screen: a searched, paged list; one account's roles, lock and password; new accounts.

mod chosen;
mod create;
mod list;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use super::api::load_accounts;
use chosen::Chosen;
use create::{CreateForm, CreateMissing};
use list::{AccountTable, SearchForm};

use crate::ui::{ask, shown};

/// Accounts of the agency.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let query = use_query_map();
    let source = Memo::new(move |_| {
        let query = query.read();
        let chosen: Option<Uuid> = query.get("account").and_then(|id| id.parse().ok());
        let page: u32 = query
            .get("page")
            .and_then(|page| page.parse().ok())
            .unwrap_or(1);
        (query.get("q").unwrap_or_default(), page, chosen)
    });
    let view = ask(
        move || source.get(),
        |(search, page, chosen)| load_accounts(search, page, chosen),
    );
    view! {
        <Title text="Tài khoản"/>
        <header class="page-head">
            <h1>"Tài khoản"</h1>
            <p class="muted">"Ai được đăng nhập, và với vai trò nào. Quyền của người đứng đầu và cấp phó đi theo vị trí."</p>
            <SearchForm search=Signal::derive(move || source.get().0)/>
        </header>
        {Suspend::new(async move {
            shown(view.await, move |view| {
                let search = source.get_untracked().0;
                view! {
                    <div class="split">
                        <AccountTable accounts=view.accounts total=view.total page=view.page search=search/>
                        <aside class="stack">
                            {view.chosen.map(|account| view! { <Chosen account/> })}
                            <CreateForm without=view.without.clone()/>
                            <CreateMissing without=view.without.len()/>
                        </aside>
                    </div>
                }
            })
        })}
    }
}

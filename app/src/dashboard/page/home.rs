//! The first page: sends each visitor to the screen of his work.

use kpi::permission::Role;
use leptos::prelude::*;
use leptos_router::components::Redirect;

use crate::auth::current_visitor;
use crate::ui::shown;

/// `/`: answers 302 on the server.
#[component]
pub fn HomePage() -> impl IntoView {
    view! {
        {Suspend::new(async move {
            shown(current_visitor().await, |visitor| {
                let path = visitor.map_or("/sign-in", |visitor| home(&visitor.roles));
                view! { <Redirect path/> }
            })
        })}
    }
}

/// The screen that a visitor's widest role works on.
fn home(roles: &[Role]) -> &'static str {
    const HOMES: [(Role, &str); 6] = [
        (Role::Leader, "/compare"),
        (Role::Head, "/unit"),
        (Role::Deputy, "/unit"),
        (Role::Personnel, "/organisation"),
        (Role::Administrator, "/accounts"),
        (Role::Officer, "/month"),
    ];
    HOMES
        .into_iter()
        .find(|(role, _)| roles.contains(role))
        .map_or("/account", |(_, path)| path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_first_screen() {
        assert_eq!(home(&[Role::Officer]), "/month");
        assert_eq!(home(&[Role::Officer, Role::Head]), "/unit");
        assert_eq!(home(&[Role::Officer, Role::Deputy]), "/unit");
        assert_eq!(home(&[Role::Leader, Role::Officer]), "/compare");
        assert_eq!(home(&[Role::Personnel, Role::Officer]), "/organisation");
        assert_eq!(home(&[Role::Administrator]), "/accounts");
        assert_eq!(home(&[]), "/account");
    }
}

//! The first page: what waits for the visitor now, and the way to the screen of his work.

use kpi::permission::Role;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::auth::{Visitor, current_visitor};
use crate::dashboard::home::api::{Line, Part, load_home};
use crate::format::day;
use crate::live::Follow;
use crate::ui::{Chip, Empty, shown};

/// "Việc của tôi bây giờ".
#[component]
pub fn HomePage() -> impl IntoView {
    view! {
        <Title text="Việc của tôi"/>
        {Suspend::new(async move {
            let visitor = current_visitor().await;
            let lines = load_home().await;
            shown(visitor.and_then(|visitor| lines.map(|lines| (visitor, lines))), |(visitor, lines)| {
                view! { <Body visitor lines/> }
            })
        })}
    }
}

#[component]
fn Body(visitor: Option<Visitor>, lines: Vec<Line>) -> impl IntoView {
    let own = visitor
        .iter()
        .filter_map(|visitor| visitor.officer)
        .collect::<Vec<_>>();
    let (today, roles) = visitor
        .map(|visitor| (day(visitor.today), visitor.roles))
        .unwrap_or_default();
    let (path, words) = home(&roles);
    let mut parts: Vec<Part> = lines.iter().map(|line| line.part).collect();
    parts.dedup();
    let nothing = lines.is_empty();
    let cards = parts
        .into_iter()
        .map(|part| {
            let rows = lines
                .iter()
                .filter(|line| line.part == part)
                .cloned()
                .map(|line| view! { <LineRow line/> })
                .collect_view();
            view! {
                <section class="card" aria-label=part.label()>
                    <header><h2>{part.label()}</h2></header>
                    <ul class="card-body notice-list">{rows}</ul>
                </section>
            }
        })
        .collect_view();
    view! {
        <Follow officers=own/>
        <header class="page-head">
            <h1>"Việc của tôi bây giờ"</h1>
            <p class="muted">{format!("Hôm nay {today}")}</p>
            <div class="toolbar"><a class="button" data-tone="act" href=path>{words}</a></div>
        </header>
        <div class="stack">
            {cards}
            {nothing.then(|| view! { <Empty text="Không có việc nào đến hạn hay chờ bạn."><a class="button" href=path>{words}</a></Empty> })}
        </div>
    }
}

#[component]
fn LineRow(line: Line) -> impl IntoView {
    let tone = if line.late { "bad" } else { "plain" };
    let by = line.day.map(|date| {
        let words = if line.late { "quá hạn" } else { "hạn" };
        view! { " · "{words}" "{day(date)} }
    });
    view! {
        <li class="notice" data-tone=tone>
            <p>
                <a href=line.link><b>{line.count}</b>" "{line.what}</a>
                {by}
                {line.late.then(|| view! { " "<Chip tone="bad" text="Trễ"/> })}
            </p>
        </li>
    }
}

/// The screen that a visitor's widest role works on, and its name.
fn home(roles: &[Role]) -> (&'static str, &'static str) {
    const HOMES: [(Role, &str, &str); 6] = [
        (Role::Leader, "/compare", "So sánh đơn vị"),
        (Role::Head, "/unit", "Đơn vị của tôi"),
        (Role::Deputy, "/unit", "Đơn vị của tôi"),
        (Role::Personnel, "/period", "Kỳ đánh giá"),
        (Role::Administrator, "/accounts", "Tài khoản"),
        (Role::Officer, "/month", "Tháng của tôi"),
    ];
    HOMES
        .into_iter()
        .find(|(role, ..)| roles.contains(role))
        .map_or(
            ("/account", "Tài khoản của tôi"),
            |(_, path, words)| (path, words),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_screen_of_his_work() {
        let path = |roles: &[Role]| home(roles).0;
        assert_eq!(path(&[Role::Officer]), "/month");
        assert_eq!(path(&[Role::Officer, Role::Head]), "/unit");
        assert_eq!(path(&[Role::Officer, Role::Deputy]), "/unit");
        assert_eq!(path(&[Role::Leader, Role::Officer]), "/compare");
        assert_eq!(path(&[Role::Personnel, Role::Officer]), "/period");
        assert_eq!(path(&[Role::Administrator]), "/accounts");
        assert_eq!(path(&[]), "/account");
    }
}

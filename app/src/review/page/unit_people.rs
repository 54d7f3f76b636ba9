//! The people of a unit's month, as a table and as cards.

use kpi::period::Period;
use kpi::review::SheetStatus;
use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::format::{percent, score, share};
use crate::review::wire::PersonRow;
use crate::ui::{Avatar, Chip, LevelChip, Meter};

/// One row a person, in the order of given names: a row never jumps when a score moves.
#[component]
pub fn PeopleTable(people: Vec<PersonRow>, period: Period, expected: Decimal) -> impl IntoView {
    let rows = people
        .into_iter()
        .map(|person| {
            let tone = (person.overdue > 0).then_some("bad");
            let overdue = overdue(person.overdue);
            view! {
                <tr data-key=person.officer.to_string() data-tone=tone>
                    <th scope="row"><Person person=person.clone() period/></th>
                    {components(&person, expected).into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}
                    <td class="num"><b>{score(person.score)}</b></td>
                    <td><LevelChip level=person.level/></td>
                    <td class="num">{overdue}</td>
                    <td><Status status=person.status/></td>
                    <td class="num"><Decide person=person.clone() period/></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Cán bộ, công chức">
            <table class="unit-people">
                <caption class="visually-hidden">"Số lượng, chất lượng, tiến độ, điểm và việc quá hạn của từng người"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Họ tên"</th>
                        <th scope="col">"Số lượng"</th>
                        <th scope="col">"Chất lượng"</th>
                        <th scope="col">"Tiến độ"</th>
                        <th scope="col" class="num">"Điểm"</th>
                        <th scope="col">"Mức tạm tính"</th>
                        <th scope="col" class="num">"Quá hạn"</th>
                        <th scope="col">"Phiếu"</th>
                        <th scope="col" class="num">"Việc của bạn"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// One card a person, for tablets and phones.
#[component]
pub fn PeopleCards(people: Vec<PersonRow>, period: Period, expected: Decimal) -> impl IntoView {
    let cards = people
        .into_iter()
        .map(|person| {
            let names = ["Số lượng", "Chất lượng", "Tiến độ"];
            let parts = components(&person, expected)
                .into_iter()
                .zip(names)
                .map(|(part, name)| view! { <div><p class="figure-label">{name}</p>{part}</div> })
                .collect_view();
            view! {
                <li class="card" data-key=person.officer.to_string()>
                    <div class="card-body stack">
                        <Person person=person.clone() period/>
                        <p class="figure-line">
                            <span class="figure" data-size="small">{score(person.score)}</span>
                            <LevelChip level=person.level/>
                            <Status status=person.status/>
                            {(person.overdue > 0).then(|| overdue(person.overdue))}
                        </p>
                        {parts}
                        <div><Decide person=person.clone() period/></div>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="card-body grid-3 unit-cards">{cards}</ul> }
}

#[component]
fn Person(person: PersonRow, period: Period) -> impl IntoView {
    let link = format!("/month/{}?period={period}", person.officer);
    let post = match person.heads {
        Some(unit) => format!("{} · {unit}", person.title),
        None => person.title,
    };
    view! {
        <div class="person">
            <Avatar name=person.name.clone()/>
            <div>
                <a href=link>{person.name}</a>
                <span class="meter-words">{post}</span>
            </div>
        </div>
    }
}

/// The bars of a, b, c with their percentages.
fn components(person: &PersonRow, expected: Decimal) -> Vec<AnyView> {
    [
        ("Số lượng", person.volume),
        ("Chất lượng", person.quality),
        ("Tiến độ", person.progress),
    ]
    .into_iter()
    .map(|(name, done)| match percent(done, person.assigned) {
        Some(value) => {
            let label = format!("{name} của {}", person.name);
            view! {
                <Meter value mark=Signal::stored(expected) label/>
                <span class="meter-words">{share(done, person.assigned)}</span>
            }
            .into_any()
        }
        None => view! { <span class="muted">"Chưa giao việc"</span> }.into_any(),
    })
    .collect()
}

fn overdue(count: u32) -> AnyView {
    if count > 0 {
        view! { <Chip tone="bad" text=format!("{count} việc quá hạn")/> }.into_any()
    } else {
        view! { "0" }.into_any()
    }
}

/// How far the sheet is, as a word.
#[component]
pub fn Status(status: SheetStatus) -> impl IntoView {
    let (tone, text) = match status {
        SheetStatus::Draft => ("plain", "Chưa gửi"),
        SheetStatus::SelfAssessed => ("risk", "Chờ xác nhận"),
        SheetStatus::Confirmed => ("good", "Đã xác nhận"),
        SheetStatus::Announced => ("good", "Đã công bố"),
        SheetStatus::Locked => ("plain", "Đã khóa"),
    };
    view! { <Chip tone text/> }
}

/// What the viewer has to do about this person, as one link.
#[component]
fn Decide(person: PersonRow, period: Period) -> impl IntoView {
    let link = format!("/review/{}?period={period}", person.officer);
    let (words, acts) = if person.decides && person.waiting > 0 {
        (format!("Nghiệm thu {}", person.waiting), true)
    } else if person.decides && person.causes > 0 {
        (format!("Xét {} đề nghị", person.causes), true)
    } else if person.decides && person.status == SheetStatus::SelfAssessed {
        ("Xác nhận phiếu".to_owned(), true)
    } else {
        ("Xem".to_owned(), false)
    };
    let name = format!("{words}: {}", person.name);
    view! { <a class="button" data-tone=(!acts).then_some("quiet") href=link aria-label=name>{words}</a> }
}

//! Whom to choose while more stand for "xuất sắc" than may be: best mean first, each with a reason; every choice can be
//! undone. Nobody is demoted by the machine.

use leptos::prelude::*;

use crate::format::score;
use crate::rating::api::{ChooseRating, UndoChoice};
use crate::rating::wire::{Choice, Chosen, Gauge, PersonLine, Standing, YearView};
use crate::ui::{Chip, Empty, PostForm, RefusalNotice, refusal_in};

/// Candidates by group, while there is a surplus.
#[component]
pub(super) fn Candidates(view: YearView) -> impl IntoView {
    let surplus = view.gauges.iter().any(Gauge::has_surplus);
    surplus.then(|| {
        let intro = if view.decides {
            "Chọn từng người kèm lý do. Người được chọn giữ mức xuất sắc, người không được chọn xếp mức tốt; chưa chọn thì đề nghị vẫn giữ nguyên."
        } else {
            "Người đứng đầu cơ quan chọn, kèm lý do (khoản 2 Điều 10, khoản 5 Điều 20). Chưa chọn thì đề nghị vẫn giữ nguyên."
        };
        let mut groups: Vec<&str> = Vec::new();
        for line in &view.candidates {
            if !groups.contains(&line.group.as_str()) {
                groups.push(&line.group);
            }
        }
        groups.sort_unstable();
        let none = groups.is_empty();
        let blocks = groups
            .into_iter()
            .map(|group| block(&view, group))
            .collect_view();
        view! {
            <section class="card" aria-labelledby="candidates">
                <header><h2 id="candidates">"Đề nghị xuất sắc vượt tỷ lệ"</h2></header>
                <div class="card-body stack">
                    <p class="muted">{intro}</p>
                    {none.then(|| view! { <Empty text="Không có ai trong phạm vi bạn xem phải chờ chọn."/> })}
                    {blocks}
                </div>
            </section>
        }
    })
}

fn block(view: &YearView, group: &str) -> impl IntoView + use<> {
    let label = if group.is_empty() {
        crate::rating::months::NO_GROUP
    } else {
        group
    };
    let gauge = view
        .gauges
        .iter()
        .find(|gauge| gauge.group == label)
        .map(Gauge::words);
    let rows = view
        .candidates
        .iter()
        .filter(|line| line.group == group)
        .map(|line| candidate(view, line))
        .collect_view();
    view! {
        <div class="stack">
            <h3>{label.to_owned()}</h3>
            <p>{gauge}</p>
            <ol class="rating-candidates">{rows}</ol>
        </div>
    }
}

fn candidate(view: &YearView, line: &PersonLine) -> impl IntoView + use<> {
    let href = format!("/rating/{}?year={}", line.officer, view.year);
    let about = format!("{} · {}", line.title, line.unit_name);
    // Whoever decides heads the agency, and is no candidate here himself.
    let state = match (&line.standing, view.decides) {
        (Standing::Decided(choice), undoes) => {
            let choice = choice.clone();
            view! { <Decided choice undoes name=line.name.clone()/> }.into_any()
        }
        (_, true) => view! { <Choose line=line.clone() year=view.year/> }.into_any(),
        (_, false) => view! { <Chip tone="measure" text="Chờ chọn"/> }.into_any(),
    };
    view! {
        <li class="rating-candidate" data-key=format!("candidate-{}", line.officer)>
            <div>
                <p><a href=href><b>{line.name.clone()}</b></a></p>
                <p class="muted small">{about}</p>
            </div>
            <p class="num"><b>{score(line.mean)}</b></p>
            {state}
        </li>
    }
}

#[component]
fn Choose(line: PersonLine, year: i32) -> impl IntoView {
    let form = format!("choose-{}", line.officer);
    let refusal = Signal::stored(refusal_in::<ChooseRating>(&form));
    let id = format!("reason-{}", line.officer);
    let keep = format!("Giữ xuất sắc: {}", line.name);
    let good = format!("Xếp mức tốt: {}", line.name);
    view! {
        <PostForm<ChooseRating> id=form said="Đã ghi nhận lựa chọn.">
            <input type="hidden" name="year" value=year.to_string()/>
            <input type="hidden" name="officer" value=line.officer.to_string()/>
            <div class="filter">
                <div class="field grow">
                    <label for=id.clone()>"Lý do"</label>
                    <input id=id name="reason" required maxlength="1000" autocomplete="off"/>
                </div>
                <button class="button" data-tone="good" name="chosen" value="excellent" aria-label=keep>"Giữ xuất sắc"</button>
                <button class="button" name="chosen" value="good" aria-label=good>"Xếp mức tốt"</button>
            </div>
            <RefusalNotice refusal/>
        </PostForm<ChooseRating>>
    }
}

#[component]
fn Decided(choice: Choice, undoes: bool, name: String) -> impl IntoView {
    let (tone, words) = match choice.chosen {
        Chosen::Excellent => ("good", "Được chọn xuất sắc"),
        Chosen::Good => ("plain", "Xếp mức tốt"),
    };
    let said = format!("{} · {} · {}", choice.by, choice.at, choice.reason);
    let form = format!("undo-{}", choice.choice);
    let refusal = Signal::stored(refusal_in::<UndoChoice>(&form));
    let id = format!("undo-reason-{}", choice.choice);
    let label = format!("Hủy lựa chọn về {name}");
    let undo = undoes.then(|| {
        view! {
            <details class="more no-print" open=refusal.get_untracked().is_some()>
                <summary>"Hủy lựa chọn…"</summary>
                <PostForm<UndoChoice> id=form said="Đã hủy lựa chọn.">
                    <input type="hidden" name="choice" value=choice.choice.to_string()/>
                    <input type="hidden" name="version" value=choice.version.to_string()/>
                    <div class="filter">
                        <div class="field grow">
                            <label for=id.clone()>"Lý do hủy"</label>
                            <input id=id name="reason" required maxlength="1000" autocomplete="off"/>
                        </div>
                        <button class="button" aria-label=label>"Hủy lựa chọn"</button>
                    </div>
                    <RefusalNotice refusal/>
                </PostForm<UndoChoice>>
            </details>
        }
    });
    view! {
        <div class="stack">
            <div class="row"><Chip tone text=words/><span class="small">{said}</span></div>
            {undo}
        </div>
    }
}

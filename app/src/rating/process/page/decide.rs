//! Signing: one paper with its number and day, the people it is about, the password. Whoever waits for a choice in a
//! surplus stands apart, with the way to it.

use leptos::prelude::*;

use crate::format::score;
use crate::rating::process::api::DecideLevels;
use crate::rating::process::wire::{ProcessView, Row};
use crate::rating::wire::Standing;
use crate::sign::PasswordField;
use crate::ui::{
    Chip, Field, LevelChip, PostForm, RefusalNotice, refusal_of, refused_in, typed_in,
};

/// People whose level the head of the agency may sign now.
#[component]
pub(super) fn Sign(view: ProcessView) -> impl IntoView {
    let refusal = refusal_of::<DecideLevels>();
    (view.decides && !view.to_decide.is_empty()).then(|| {
        let over = view.gauges.iter().any(|gauge| gauge.over() > 0);
        let (waiting, ready): (Vec<Row>, Vec<Row>) = view
            .to_decide
            .clone()
            .into_iter()
            .partition(|row| row.contested);
        let count = ready.len();
        let rows = ready
            .into_iter()
            .map(|row| person(row, view.year))
            .collect_view();
        let wait = (!waiting.is_empty()).then(|| {
            let names: Vec<String> = waiting.iter().map(|row| row.line.name.clone()).collect();
            let text = format!(
                "{} người đề nghị xuất sắc vượt số suất, cần chọn trước khi quyết định: {}.",
                waiting.len(),
                names.join(", ")
            );
            let href = format!("/rating?year={}#candidates", view.year);
            view! { <p class="notice" data-tone="risk">{text}" "<a href=href>"Chọn ai giữ mức xuất sắc"</a></p> }
        });
        let open = over || refusal.get_untracked().is_some() || count < 60;
        let form = (count > 0).then(|| {
            view! {
                <PostForm<DecideLevels> said="Đã ký quyết định.">
                    <div class="stack">
                        <RefusalNotice refusal/>
                        <input type="hidden" name="year" value=view.year.to_string()/>
                        <details class="more" open=open>
                            <summary>{format!("{count} người trong quyết định này")}</summary>
                            <ul class="year-sign">{rows}</ul>
                        </details>
                        <div class="form-grid">
                            <Field label="Số quyết định" name="number">
                                <input id="number" name="number" required maxlength="200" autocomplete="off" value=typed_in(refusal, "number") aria-invalid=refused_in(refusal, "number")/>
                            </Field>
                            <Field label="Ngày quyết định" name="decided_on">
                                <input id="decided_on" name="decided_on" type="date" required value=view.today.to_string() aria-invalid=refused_in(refusal, "decided_on")/>
                            </Field>
                            <PasswordField refusal described_by="sign"/>
                        </div>
                        <div><button class="button" data-tone="act">{format!("Ký quyết định mức xếp loại của {count} người")}</button></div>
                        <p class="muted small">"Bỏ chọn người nào thì người đó chờ quyết định sau. Sau khi ký, mức chỉ thay đổi bằng quyết định thay thế (khoản 3 Điều 21)."</p>
                    </div>
                </PostForm<DecideLevels>>
            }
        });
        view! {
            <section class="card no-print" aria-labelledby="sign">
                <header><h2 id="sign">"Quyết định mức xếp loại"</h2></header>
                <div class="card-body stack">{wait}{form}</div>
            </section>
        }
    })
}

fn person(row: Row, year: i32) -> impl IntoView {
    let id = format!("decide-{}", row.line.officer);
    let chosen = match &row.line.standing {
        Standing::Decided(choice) => Some(choice.chosen.level()),
        _ => None,
    };
    let proposed = row.proposed.as_ref().map(|(level, _)| *level);
    let level = match (proposed, chosen) {
        (Some(proposed), Some(chosen)) => Some(proposed.min(chosen)),
        (proposed, _) => proposed,
    };
    let sheet = format!("/year-sheet/{year}/{}#decide", row.line.officer);
    let other = format!("Mức khác cho {}", row.line.name);
    let departs = (level != row.line.level())
        .then(|| view! { <Chip tone="risk" text="Khác mức tính theo điểm"/> });
    view! {
        <li data-key=id.clone()>
            <label for=id.clone()>
                <input id=id.clone() type="checkbox" name="officers[]" value=row.line.officer.to_string() checked=true/>
                <span><b>{row.line.name}</b>" "<span class="muted small">{row.line.unit_name}</span></span>
            </label>
            <span class="num">{score(row.line.mean)}</span>
            <LevelChip level/>
            <a class="button" data-tone="quiet" href=sheet aria-label=other>"Mức khác…"</a>
            {departs}
        </li>
    }
}

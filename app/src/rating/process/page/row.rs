//! One person of the list: step, what waits, and the forms of the personnel office for the step that comes next.

use kpi::rating::process::YearStatus;
use leptos::prelude::*;

use super::{LevelSelect, StepChip};
use crate::format::{day, score};
use crate::rating::process::api::{
    EnterDecision, HandInForAbsent, ProposeLevel, RecordOpinion, StepBackYear,
};
use crate::rating::process::wire::Row;
use crate::ui::{Field, LevelChip, PostForm, RefusalNotice, TextArea, refusal_in, typed_in};

/// A person with his step.
#[component]
pub(super) fn PersonRow(
    row: Row,
    year: i32,
    /// The visitor may act about him.
    records: bool,
    /// It is the visitor himself.
    own: bool,
) -> impl IntoView {
    let line = &row.line;
    let sheet = format!("/year-sheet/{year}/{}", line.officer);
    let about = format!("{} · {}", line.title, line.unit_name);
    let levels = [
        ("Tự xếp", row.self_level),
        ("Đề xuất", row.proposed.as_ref().map(|(level, _)| *level)),
    ]
    .into_iter()
    .filter_map(|(words, level)| Some((words, level?)))
    .map(|(words, level)| view! { <span class="small muted">{words}": "</span><LevelChip level=Some(level)/> })
    .collect_view();
    let decision = row.decision.as_ref().map(|decision| {
        let words = format!("Quyết định số {} ngày {}", decision.number, day(decision.day));
        view! { <a href=format!("/decision/{}", decision.id)>{words}</a><LevelChip level=Some(decision.level)/> }
    });
    let departs = row
        .proposed
        .as_ref()
        .filter(|(_, reason)| !reason.is_empty())
        .map(
            |(_, reason)| view! { <p class="small">{format!("Lý do khác mức tính: {reason}")}</p> },
        );
    let handling = (!row.handling.is_empty())
        .then(|| view! { <p class="small">{format!("Phương án xử lý: {}", row.handling)}</p> });
    let forms = records.then(|| forms(&row, year));
    let himself = (own && row.status < YearStatus::Decided).then(|| {
        view! { <p class="small muted">"Không ai làm bước này cho mình: đồng nghiệp ở bộ phận tổ chức cán bộ thực hiện."</p> }
    });
    view! {
        <li class="rating-candidate" data-key=format!("year-{}", line.officer)>
            <div class="row">
                <a href=sheet><b>{line.name.clone()}</b></a>
                <span class="muted small">{about}</span>
                <span class="num">{score(line.mean)}</span>
                <LevelChip level=line.level()/>
            </div>
            <div class="row"><StepChip status=row.status/><span>{row.waits()}</span>{levels}{decision}</div>
            {departs}{handling}{himself}{forms}
        </li>
    }
}

fn forms(row: &Row, year: i32) -> impl IntoView + use<> {
    let proposes = matches!(row.status, YearStatus::Opinion | YearStatus::Proposed)
        || row.status == YearStatus::Met && !row.leads;
    let enters = row.decided_above && row.status >= YearStatus::Proposed;
    view! {
        {(row.status == YearStatus::Draft).then(|| absent(row.clone(), year))}
        {(row.status == YearStatus::Met && row.leads).then(|| opinion(row.clone(), year))}
        {(proposes && row.is_rated()).then(|| proposal(row.clone(), year))}
        {enters.then(|| above(row.clone(), year))}
        {(row.status != YearStatus::Draft && row.status < YearStatus::Decided).then(|| back(row.clone(), year))}
    }
}

fn hidden(row: &Row, year: i32) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="year" value=year.to_string()/>
        <input type="hidden" name="officer" value=row.line.officer.to_string()/>
        <input type="hidden" name="version" value=row.version.to_string()/>
    }
}

fn absent(row: Row, year: i32) -> impl IntoView {
    let form = format!("absent-{}", row.line.officer);
    let refusal = Signal::stored(refusal_in::<HandInForAbsent>(&form));
    let id = format!("{form}-reason");
    view! {
        <details class="more no-print" open=refusal.get_untracked().is_some()>
            <summary>"Lập phiếu thay người vắng mặt…"</summary>
            <PostForm<HandInForAbsent> id=form said="Đã lập phiếu.">
                {hidden(&row, year)}
                <div class="filter">
                    <div class="field grow"><label for=id.clone()>"Lý do vắng mặt, căn cứ"</label><input id=id name="reason" required maxlength="1000" autocomplete="off"/></div>
                    <button class="button">"Lập phiếu thay"</button>
                </div>
                <RefusalNotice refusal/>
            </PostForm<HandInForAbsent>>
        </details>
    }
}

fn opinion(row: Row, year: i32) -> impl IntoView {
    let form = format!("opinion-{}", row.line.officer);
    let refusal = Signal::stored(refusal_in::<RecordOpinion>(&form));
    let (text, on, paper) = (
        format!("{form}-text"),
        format!("{form}-day"),
        format!("{form}-document"),
    );
    let typed = typed_in(refusal, "opinion")().unwrap_or_default();
    view! {
        <details class="more no-print" open=refusal.get_untracked().is_some()>
            <summary>"Ghi ý kiến cấp ủy…"</summary>
            <PostForm<RecordOpinion> id=form said="Đã ghi ý kiến cấp ủy.">
                {hidden(&row, year)}
                <div class="stack">
                    <RefusalNotice refusal/>
                    <Field label="Ý kiến nhận xét của cấp ủy" name=text.clone()><TextArea name="opinion" id=text value=typed rows=3 maxlength=4000 required=true/></Field>
                    <div class="form-grid">
                        <Field label="Số văn bản" name=paper.clone()><input id=paper name="document" required maxlength="200" autocomplete="off" value=typed_in(refusal, "document")/></Field>
                        <Field label="Ngày văn bản" name=on.clone()><input id=on name="day" type="date" required/></Field>
                    </div>
                    <div><button class="button" data-tone="act">"Ghi ý kiến cấp ủy"</button></div>
                </div>
            </PostForm<RecordOpinion>>
        </details>
    }
}

fn proposal(row: Row, year: i32) -> impl IntoView {
    let form = format!("propose-{}", row.line.officer);
    let refusal = Signal::stored(refusal_in::<ProposeLevel>(&form));
    let (level, why, handling) = (
        format!("{form}-level"),
        format!("{form}-reason"),
        format!("{form}-handling"),
    );
    let chosen = row
        .proposed
        .as_ref()
        .map(|(level, _)| *level)
        .or(row.line.level());
    let summary = if row.status == YearStatus::Proposed {
        "Đề xuất lại…"
    } else {
        "Đề xuất mức…"
    };
    view! {
        <details class="more no-print" open=refusal.get_untracked().is_some()>
            <summary>{summary}</summary>
            <PostForm<ProposeLevel> id=form said="Đã đề xuất.">
                {hidden(&row, year)}
                <div class="stack">
                    <RefusalNotice refusal/>
                    <div class="form-grid">
                        <Field label="Mức đề xuất" name=level.clone()><LevelSelect id=level name="level" chosen/></Field>
                        <Field label="Lý do, khi khác mức tính theo điểm" name=why.clone()><input id=why name="reason" maxlength="1000" autocomplete="off" value=typed_in(refusal, "reason")/></Field>
                        <Field label="Đề xuất phương án xử lý (Điều 23)" name=handling.clone()><input id=handling name="handling" maxlength="1000" autocomplete="off" value=row.handling.clone()/></Field>
                    </div>
                    <div><button class="button" data-tone="act">"Đề xuất mức"</button></div>
                </div>
            </PostForm<ProposeLevel>>
        </details>
    }
}

fn above(row: Row, year: i32) -> impl IntoView {
    let form = format!("above-{}", row.line.officer);
    let refusal = Signal::stored(refusal_in::<EnterDecision>(&form));
    let id = |part: &str| format!("{form}-{part}");
    let (level, why, number, on, who) = (
        id("level"),
        id("reason"),
        id("number"),
        id("day"),
        id("authority"),
    );
    let replaces = row.status >= YearStatus::Decided;
    let summary = if replaces {
        "Ghi quyết định thay thế của cơ quan quản lý…"
    } else {
        "Ghi quyết định của cơ quan quản lý…"
    };
    let why_label = if replaces {
        "Lý do thay thế"
    } else {
        "Lý do, khi khác mức tính theo điểm"
    };
    view! {
        <details class="more no-print" open=refusal.get_untracked().is_some()>
            <summary>{summary}</summary>
            <PostForm<EnterDecision> id=form said="Đã ghi quyết định.">
                {hidden(&row, year)}
                <div class="stack">
                    <RefusalNotice refusal/>
                    <p class="muted small">"Người đứng đầu cơ quan do cơ quan quản lý xếp loại (điểm a khoản 2 Điều 10)."</p>
                    <div class="form-grid">
                        <Field label="Cơ quan quyết định" name=who.clone()><input id=who name="authority" required maxlength="200" value=typed_in(refusal, "authority")/></Field>
                        <Field label="Số quyết định" name=number.clone()><input id=number name="number" required maxlength="200" autocomplete="off" value=typed_in(refusal, "number")/></Field>
                        <Field label="Ngày quyết định" name=on.clone()><input id=on name="decided_on" type="date" required/></Field>
                        <Field label="Mức" name=level.clone()><LevelSelect id=level name="level" chosen=row.line.level()/></Field>
                        <Field label=why_label name=why.clone()><input id=why name="reason" required=replaces maxlength="1000" autocomplete="off"/></Field>
                    </div>
                    <div><button class="button" data-tone="act">"Ghi quyết định"</button></div>
                </div>
            </PostForm<EnterDecision>>
        </details>
    }
}

fn back(row: Row, year: i32) -> impl IntoView {
    let form = format!("back-{}", row.line.officer);
    let refusal = Signal::stored(refusal_in::<StepBackYear>(&form));
    let id = format!("{form}-reason");
    view! {
        <details class="more no-print" open=refusal.get_untracked().is_some()>
            <summary>"Trả về bước trước…"</summary>
            <PostForm<StepBackYear> id=form said="Đã trả về bước trước.">
                {hidden(&row, year)}
                <div class="filter">
                    <div class="field grow"><label for=id.clone()>"Lý do"</label><input id=id name="reason" required maxlength="1000" autocomplete="off"/></div>
                    <button class="button">"Trả về bước trước"</button>
                </div>
                <RefusalNotice refusal/>
            </PostForm<StepBackYear>>
        </details>
    }
}

//! The ten common criteria with both figures, to read.

use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::format::number;
use crate::review::wire::{CriterionRow, SheetView};

/// Points, or a dash while there are none.
pub fn points(value: Option<Decimal>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| number(value, 2))
}

/// Both figures of every criterion, with the reason where they differ.
#[component]
pub fn CriteriaTable(sheet: SheetView) -> impl IntoView {
    let confirmed = sheet.is_confirmed();
    let sum = |pick: fn(&CriterionRow) -> Option<Decimal>| {
        sheet.criteria.iter().filter_map(pick).sum::<Decimal>()
    };
    let own = number(sum(|row| row.own), 2);
    let concluded = number(sum(|row| row.confirmed), 2);
    let most = number(sum(|row| Some(row.max)), 2);
    let body = sheet
        .groups
        .iter()
        .map(|group| {
            let rows = sheet
                .criteria
                .iter()
                .filter(|row| row.group == group.code)
                .cloned()
                .map(|row| {
                    let differs = confirmed && row.own != row.confirmed;
                    let reason = (!row.reason.is_empty()).then(|| format!("Lý do: {}", row.reason));
                    view! {
                        <tr data-tone=differs.then_some("risk")>
                            <td class="num">{row.code}</td>
                            <td>{row.label}{reason.map(|reason| view! { <p class="muted small">{reason}</p> })}</td>
                            <td class="num">{number(row.max, 2)}</td>
                            <td class="num">{points(row.own)}</td>
                            {confirmed.then(|| view! { <td class="num"><b>{points(row.confirmed)}</b></td> })}
                        </tr>
                    }
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="rowgroup" class="num">{group.code.clone()}</th>
                    <th scope="rowgroup" colspan=if confirmed { "4" } else { "3" }>{group.label.clone()}</th>
                </tr>
                {rows}
            }
        })
        .collect_view();
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Điểm tiêu chí chung">
            <table>
                <caption class="visually-hidden">"Mười tiêu chí chung của Mẫu số 01 với điểm tự chấm và điểm kết luận"</caption>
                <thead>
                    <tr>
                        <th scope="col" class="num">"TT"</th>
                        <th scope="col">"Tiêu chí chấm điểm"</th>
                        <th scope="col" class="num">"Tối đa"</th>
                        <th scope="col" class="num">"Tự chấm"</th>
                        {confirmed.then(|| view! { <th scope="col" class="num">"Kết luận"</th> })}
                    </tr>
                </thead>
                <tbody>{body}</tbody>
                <tfoot>
                    <tr>
                        <td></td>
                        <th scope="row">"Tổng"</th>
                        <td class="num">{most}</td>
                        <td class="num">{own}</td>
                        {confirmed.then(|| view! { <td class="num">{concluded}</td> })}
                    </tr>
                </tfoot>
            </table>
        </div>
    }
}

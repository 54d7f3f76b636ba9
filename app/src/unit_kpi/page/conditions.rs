//! The conditions of Điều 8, counted from the unit's own work.

use leptos::prelude::*;

use crate::unit_kpi::wire::{Condition, UnitKpi};

/// A list of what is asked and what was found.
#[component]
pub(super) fn Conditions(unit: UnitKpi) -> impl IntoView {
    let rows = unit
        .conditions
        .into_iter()
        .map(|condition| view! { <Row condition/> })
        .collect_view();
    let waiting = (unit.waiting > 0).then(|| {
        let words = format!(
            "{} nhiệm vụ đã bàn giao đủ nhưng chờ nghiệm thu, đang tính là chưa hoàn thành.",
            unit.waiting
        );
        view! { <p>{words}</p> }
    });
    view! {
        <section class="card" aria-labelledby="conditions">
            <header><h2 id="conditions">"Điều kiện của Điều 8"</h2></header>
            <ul class="unit-kpi-conditions">{rows}</ul>
            <div class="card-body stack">
                {waiting}
                <details class="more">
                    <summary>"Đếm thế nào?"</summary>
                    <p>
                        "Đếm từ công việc đã giao cho người của đơn vị và các đơn vị bên dưới trong năm, không kể việc đã hủy hoặc chuyển giao hết. "
                        "Năm đang chạy chỉ đếm việc đã quá hạn hoặc đã hoàn thành."
                    </p>
                    <p>
                        "Hoàn thành: toàn bộ số lượng đã được nghiệm thu. Chậm: có lần trễ hạn không do nguyên nhân khách quan được xác nhận, hoặc quá hạn mà chưa hoàn thành. "
                        "Chưa bảo đảm chất lượng: có lần bị trả lại vì sai sót lớn không do nguyên nhân khách quan."
                    </p>
                    <p>
                        "Vượt mức yêu cầu: hoàn thành, không chậm, không bị trả lại, và xong trước hạn hoặc là việc ngoài kế hoạch (đột xuất, nhận thêm của người khác)."
                    </p>
                </details>
            </div>
        </section>
    }
}

#[component]
fn Row(condition: Condition) -> impl IntoView {
    let (mark, words, tone) = if condition.met {
        ("✓", "Đạt", "good")
    } else {
        ("✗", "Không đạt", "bad")
    };
    view! {
        <li>
            <span class="unit-kpi-mark" data-tone=tone><span aria-hidden="true">{mark}</span><span class="visually-hidden">{words}</span></span>
            <div>
                <p><b>{condition.asked}</b></p>
                <p>{condition.found}</p>
                <p class="muted small">{condition.article}</p>
            </div>
        </li>
    }
}

//! The conditions of Điều 8 one by one: what is asked, what was found, whether it holds.

use kpi::rule_set::RuleSet;
use kpi::trace::Article;
use kpi::unit::UnitInput;
use rust_decimal::Decimal;

use crate::format::{number, share};
use crate::unit_kpi::wire::Condition;

/// The conditions in the order of the article.
pub(super) fn conditions(rules: &RuleSet, input: &UnitInput, weak: &[String]) -> Vec<Condition> {
    let tasks = input.tasks;
    let of = |count: u32| {
        format!(
            "{count} / {} nhiệm vụ ({})",
            tasks.assigned,
            share(count.into(), tasks.assigned.into())
        )
    };
    let least = |wanted: Decimal| wanted * Decimal::from(tasks.assigned);
    let percent = |share: Decimal| number(share * Decimal::ONE_HUNDRED, 2);
    let unit = &rules.unit;
    let late = format!("{} chậm hoặc quá hạn chưa xong", of(tasks.late));
    let subunits = if weak.is_empty() {
        "không có".to_owned()
    } else {
        weak.join(", ")
    };
    vec![
        condition(
            format!(
                "Hoàn thành ít nhất {} % nhiệm vụ trong năm",
                percent(unit.fulfilled_share)
            ),
            of(tasks.completed),
            Decimal::from(tasks.completed) >= least(unit.fulfilled_share),
            "dưới mức này là “không hoàn thành”",
            Article::A8Clause4B,
        ),
        condition(
            "Không bị kết luận có sai phạm trong công tác cán bộ, mất đoàn kết, bè phái, chạy chức, chạy quyền",
            if input.wrongdoing {
                "có kết luận sai phạm"
            } else {
                "không có"
            },
            !input.wrongdoing,
            "nếu có là “không hoàn thành”",
            Article::A8Clause4A,
        ),
        condition(
            "Hoàn thành 100 % nhiệm vụ được giao",
            of(tasks.completed),
            tasks.completed == tasks.assigned,
            "cho mức “hoàn thành” trở lên",
            Article::A8Clause3,
        ),
        condition(
            format!("Nhiệm vụ chậm không quá {} %", percent(unit.late_share)),
            late.clone(),
            Decimal::from(tasks.late) <= least(unit.late_share),
            "cho mức “hoàn thành”",
            Article::A8Clause3,
        ),
        condition(
            "Mọi nhiệm vụ đúng thời hạn",
            late,
            tasks.late == 0,
            "cho mức “tốt” và “xuất sắc”",
            Article::A8Clause2,
        ),
        condition(
            "Mọi nhiệm vụ bảo đảm chất lượng",
            format!("{} có lần đánh giá chưa đạt", of(tasks.quality_failed)),
            tasks.quality_failed == 0,
            "cho mức “tốt” và “xuất sắc”",
            Article::A8Clause2,
        ),
        condition(
            format!(
                "Ít nhất {} % nhiệm vụ vượt mức yêu cầu",
                percent(unit.exceeded_share)
            ),
            of(tasks.exceeded),
            Decimal::from(tasks.exceeded) >= least(unit.exceeded_share),
            "cho mức “xuất sắc”",
            Article::A8Clause1A,
        ),
        condition(
            "Không có đơn vị trực thuộc xếp loại “không hoàn thành”",
            subunits,
            !input.weak_subunits,
            "cho mức “xuất sắc”",
            Article::A8Clause1B,
        ),
        condition(
            "Đã khắc phục hạn chế, khuyết điểm được chỉ ra trước đó",
            if input.shortcomings_fixed {
                "đã khắc phục hoặc không có"
            } else {
                "chưa khắc phục hết"
            },
            input.shortcomings_fixed,
            "cho mức “xuất sắc”",
            Article::A8Clause1C,
        ),
    ]
}

fn condition(
    asked: impl Into<String>,
    found: impl Into<String>,
    met: bool,
    use_of_it: &str,
    article: Article,
) -> Condition {
    Condition {
        asked: asked.into(),
        found: found.into(),
        met,
        article: format!("{use_of_it}, {}", article.label()),
    }
}

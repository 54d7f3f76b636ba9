//! Tests of `rule_set::lifecycle`.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn account(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(number))
}

fn dated(code: &str, from: &str) -> Dated {
    Dated {
        code: code.to_owned(),
        from: day(from),
    }
}

/// An approval of the decree with another deduction that nothing speaks against,
/// changed by `change`.
fn approved(change: impl FnOnce(&mut RuleSet, &mut Approval<'_>)) -> Result<(), RuleError> {
    let mut set = RuleSet::nd_335_2025();
    set.deductions.per_delay = Decimal::new(30, 2);
    let reasons = [(
        "deductions.per_delay".to_owned(),
        "Quyết định số 10 của cơ quan".to_owned(),
    )]
    .into();
    let in_force = [dated("cu", "2026-01-01")];
    let mut approval = Approval {
        status: Status::Draft,
        author: account(1),
        approver: account(2),
        effective_from: day("2026-07-01"),
        in_force: &in_force,
        locked_until: Period::month(2026, 6).ok(),
        reasons: &reasons,
    };
    change(&mut set, &mut approval);
    check_approval(&set, &approval)
}

#[test]
fn check_edit_lets_a_draft_change_and_nothing_else() {
    assert_eq!(check_edit(Status::Draft), Ok(()));
    for status in [Status::Approved, Status::Superseded] {
        let refusal = check_edit(status).unwrap_err();
        assert_eq!(refusal.field, "status");
        assert!(refusal.message.contains(status.label()));
    }
}

#[test]
fn check_approval_refuses_each_at_its_field() {
    assert_eq!(approved(|_, _| ()), Ok(()));
    let refused =
        |change: &dyn Fn(&mut RuleSet, &mut Approval<'_>)| approved(change).unwrap_err().field;
    assert_eq!(refused(&|_, a| a.status = Status::Approved), "status");
    assert_eq!(refused(&|_, a| a.approver = a.author), "approver");
    assert_eq!(
        refused(&|set, _| set.unfilled.push("staff_weights.unity".into())),
        "staff_weights.unity"
    );
    assert_eq!(
        refused(&|set, _| set.thresholds.good = Decimal::from(95)),
        "thresholds.good"
    );
    for from in ["2026-07-02", "2026-06-01", "2026-01-01"] {
        assert_eq!(
            refused(&|_, a| a.effective_from = day(from)),
            "effective_from",
            "{from}"
        );
    }
    let missing = approved(|set, _| set.petition_days = 10).unwrap_err();
    assert_eq!(missing.field, "reasons.petition_days");
    assert!(missing.message.contains("(7 → 10)"), "{}", missing.message);
}

#[test]
fn check_approval_asks_a_reason_for_a_departure_and_none_for_a_choice() {
    let none = BTreeMap::new();
    let set = RuleSet::nd_335_2025_component();
    let approval = Approval {
        status: Status::Draft,
        author: account(1),
        approver: account(2),
        effective_from: day("2026-07-01"),
        in_force: &[],
        locked_until: None,
        reasons: &none,
    };
    assert_eq!(check_approval(&set, &approval), Ok(()));
    let mut set = set;
    set.deductions.per_delay = Decimal::new(30, 2);
    let blank = [("deductions.per_delay".to_owned(), " ".to_owned())].into();
    let long = [("deductions.per_delay".to_owned(), "a".repeat(1001))].into();
    for reasons in [&none, &blank, &long] {
        let refusal = check_approval(
            &set,
            &Approval {
                reasons,
                ..approval
            },
        )
        .unwrap_err();
        assert_eq!(refusal.field, "reasons.deductions.per_delay");
    }
}

#[test]
fn check_approval_refuses_the_month_that_is_locked_and_names_the_first_free_one() {
    let refusal = approved(|_, a| a.effective_from = day("2026-06-01")).unwrap_err();
    assert_eq!(
        refusal.message,
        "Tháng 6/2026 đã có phiếu được xác nhận hoặc khóa; ngày hiệu lực sớm nhất là ngày 01 tháng 7/2026."
    );
    let same = approved(|_, a| {
        a.locked_until = None;
        a.effective_from = day("2026-01-01");
    });
    assert_eq!(
        same.unwrap_err().message,
        "Bộ quy tắc “cu” đã có hiệu lực từ cùng ngày."
    );
}

#[test]
fn in_force_is_the_latest_that_began() {
    let sets = [
        dated("b", "2026-07-01"),
        dated("a", "2026-01-01"),
        dated("c", "2027-01-01"),
    ];
    let on = |text: &str| in_force(text.parse().unwrap(), &sets);
    assert_eq!(on("2025-12"), None);
    assert_eq!(on("2026-01"), Some("a"));
    assert_eq!(on("2026-06"), Some("a"));
    assert_eq!(on("2026-07"), Some("b"));
    assert_eq!(on("2030-01"), Some("c"));
}

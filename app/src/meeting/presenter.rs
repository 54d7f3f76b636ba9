//! Who may present: one device at a time, and nobody takes it from another that still gives signs of life.

use crate::error::AppError;

/// Seconds without a sign of life after which somebody else may take over.
pub const SILENCE: i64 = 120;

/// A meeting as it stands when somebody wants to act.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// When it ended, in words; empty while it runs.
    pub ended: String,
    /// Acts so far.
    pub step: i32,
    /// Whether nobody presents, the actor, or somebody else.
    pub chair: Chair,
}

/// Who presents, as the actor sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Chair {
    /// Nobody.
    #[default]
    Free,
    /// The actor.
    Mine,
    /// Somebody else.
    Taken {
        /// Who.
        name: String,
        /// Seconds since the last sign of life.
        silent: i64,
    },
}

impl Standing {
    /// Whether the meeting still runs.
    ///
    /// # Errors
    /// `Invalid` with when it ended and where to go on.
    pub fn must_run(&self) -> Result<(), AppError> {
        if self.ended.is_empty() {
            return Ok(());
        }
        let sentence = format!(
            "Cuộc họp đã kết thúc lúc {}. Hãy mở biên bản để xem tiếp.",
            self.ended
        );
        Err(AppError::invalid("meeting", sentence, ""))
    }

    /// Whether a device that saw `seen` acts may present, hide, freeze or end: it runs, nobody else presents, and the
    /// device knows where the meeting is. A free chair goes to whoever acts.
    ///
    /// # Errors
    /// `Invalid` with the reason and the way forward.
    pub fn must_present(&self, seen: i32) -> Result<(), AppError> {
        self.must_run()?;
        if let Chair::Taken { name, silent } = &self.chair {
            return Err(AppError::invalid("presenter", taken(name, *silent), ""));
        }
        if self.step == seen {
            return Ok(());
        }
        let sentence = format!(
            "Máy này dừng ở bước {seen}, cuộc họp đã sang bước {}. Màn hình vừa được đưa về chỗ đang trình bày; hãy xem rồi bấm lại.",
            self.step
        );
        Err(AppError::invalid("step", sentence, seen.to_string()))
    }

    /// Whether the actor may take over.
    ///
    /// # Errors
    /// `Invalid` with the reason and the way forward.
    pub fn must_take(&self) -> Result<(), AppError> {
        self.must_run()?;
        match &self.chair {
            Chair::Taken { name, silent } if *silent < SILENCE => {
                Err(AppError::invalid("presenter", taken(name, *silent), ""))
            }
            _ => Ok(()),
        }
    }
}

fn taken(name: &str, silent: i64) -> String {
    let left = SILENCE - silent;
    if left <= 0 {
        return format!(
            "{name} đang giữ quyền trình bày nhưng máy đã im quá 2 phút: hãy bấm “Nhận trình bày” trước."
        );
    }
    format!(
        "{name} đang trình bày. Hãy đề nghị {name} bấm “Trao lại”; nếu máy của {name} im 2 phút thì bạn nhận được (còn {left} giây nếu không có tín hiệu mới)."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(chair: Chair) -> Standing {
        Standing {
            chair,
            step: 7,
            ..Standing::default()
        }
    }

    fn taken_for(silent: i64) -> Chair {
        Chair::Taken {
            name: "Vũ Hà".into(),
            silent,
        }
    }

    #[test]
    fn one_device_presents_and_only_at_the_step_it_has_seen() {
        assert_eq!(standing(Chair::Mine).must_present(7), Ok(()));
        assert_eq!(standing(Chair::Free).must_present(7), Ok(()));
        assert!(standing(Chair::Mine).must_present(6).is_err());
        let refused = standing(taken_for(3)).must_present(7).unwrap_err();
        assert!(refused.to_string().contains("Vũ Hà"), "{refused}");
    }

    #[test]
    fn the_chair_is_taken_over_after_two_minutes_of_silence_and_not_before() {
        assert!(standing(taken_for(SILENCE - 1)).must_take().is_err());
        assert_eq!(standing(taken_for(SILENCE)).must_take(), Ok(()));
        assert_eq!(standing(Chair::Free).must_take(), Ok(()));
        assert!(standing(taken_for(SILENCE)).must_present(7).is_err());
    }

    #[test]
    fn an_ended_meeting_refuses_whoever_acts() {
        let ended = Standing {
            ended: "24/11/2026 15:00".into(),
            ..standing(Chair::Mine)
        };
        assert!(ended.must_present(7).is_err());
        assert!(ended.must_take().is_err());
    }
}

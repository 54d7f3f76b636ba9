//! Login names made from people's names: "Nguyễn Thu Hà" becomes "ha.nt", the next one "ha.nt2".

use std::collections::HashSet;

/// The name of an account before numbers: the given name, a dot, the initials of the rest. `folded` has no accents.
pub(super) fn stem(folded: &str) -> String {
    let plain = |word: &str| -> String {
        word.chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase()
    };
    let mut words: Vec<String> = folded
        .split_whitespace()
        .map(plain)
        .filter(|word| !word.is_empty())
        .collect();
    let Some(given) = words.pop() else {
        return "congchuc".to_owned();
    };
    let initials: String = words
        .iter()
        .filter_map(|word| word.chars().next())
        .collect();
    let whole = if initials.is_empty() {
        given
    } else {
        format!("{given}.{initials}")
    };
    // A login has at least three characters and leaves room for a number.
    let whole: String = whole.chars().take(50).collect();
    if whole.len() < 3 {
        format!("{whole}.cc")
    } else {
        whole
    }
}

/// The first free name of a stem; it counts as taken afterwards.
pub(super) fn free(stem: &str, taken: &mut HashSet<String>) -> String {
    let mut number = 1_u32;
    loop {
        let login = if number == 1 {
            stem.to_owned()
        } else {
            format!("{stem}{number}")
        };
        if taken.insert(login.clone()) {
            return login;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_name_and_initials() {
        assert_eq!(stem("nguyen thu ha"), "ha.nt");
        assert_eq!(stem("ha"), "ha.cc");
        assert_eq!(stem("  "), "congchuc");
        assert_eq!(stem("nguyen (a) 'binh'"), "binh.na");
    }

    #[test]
    fn the_same_name_gets_a_number() {
        let mut taken = HashSet::from(["ha.nt".to_owned()]);
        assert_eq!(free("ha.nt", &mut taken), "ha.nt2");
        assert_eq!(free("ha.nt", &mut taken), "ha.nt3");
        assert_eq!(free("an.tv", &mut taken), "an.tv");
    }
}

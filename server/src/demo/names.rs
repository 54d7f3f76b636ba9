//! Vietnamese full names as often as they occur: family name, middle name, given name.

use std::collections::BTreeSet;

use super::random::Random;

/// Family names with how many of 1,000 people bear them.
const FAMILY: &[(&str, u64)] = &[
    ("Nguyễn", 315),
    ("Trần", 109),
    ("Lê", 95),
    ("Phạm", 71),
    ("Hoàng", 45),
    ("Phan", 45),
    ("Vũ", 35),
    ("Đặng", 21),
    ("Bùi", 20),
    ("Đỗ", 19),
    ("Hồ", 13),
    ("Ngô", 13),
    ("Võ", 12),
    ("Dương", 11),
    ("Đinh", 10),
    ("Huỳnh", 10),
    ("Đoàn", 9),
    ("Trịnh", 8),
    ("Lương", 8),
    ("Mai", 7),
    ("Đào", 7),
    ("Cao", 6),
    ("Hà", 6),
    ("Lý", 5),
    ("Tạ", 5),
    ("Chu", 4),
    ("Phùng", 4),
    ("Lâm", 4),
    ("Tô", 3),
    ("Thái", 3),
    ("Nông", 3),
    ("Quách", 2),
    ("Triệu", 2),
    ("Kiều", 2),
    ("Lò", 2),
    ("Vi", 2),
    ("Hứa", 1),
    ("Giang", 1),
];

const MIDDLE_OF_WOMEN: &[(&str, u64)] = &[
    ("Thị", 300),
    ("Thị Thu", 55),
    ("Thị Thanh", 50),
    ("Thị Ngọc", 35),
    ("Thị Hồng", 35),
    ("Thị Minh", 30),
    ("Thị Phương", 30),
    ("Thị Kim", 25),
    ("Thị Bích", 20),
    ("Thu", 60),
    ("Thanh", 45),
    ("Ngọc", 45),
    ("Minh", 45),
    ("Hồng", 30),
    ("Phương", 35),
    ("Thùy", 35),
    ("Khánh", 25),
    ("Diệu", 15),
    ("Quỳnh", 20),
    ("Mai", 15),
    ("Hải", 15),
    ("Bảo", 10),
    ("Lan", 10),
    ("Tuyết", 10),
    ("Hoàng", 5),
];

const MIDDLE_OF_MEN: &[(&str, u64)] = &[
    ("Văn", 220),
    ("Đức", 80),
    ("Minh", 75),
    ("Quang", 60),
    ("Hữu", 50),
    ("Xuân", 45),
    ("Ngọc", 40),
    ("Quốc", 40),
    ("Anh", 35),
    ("Thành", 35),
    ("Công", 30),
    ("Trọng", 28),
    ("Đình", 28),
    ("Duy", 28),
    ("Mạnh", 26),
    ("Tuấn", 25),
    ("Tiến", 25),
    ("Hoàng", 25),
    ("Thế", 22),
    ("Việt", 22),
    ("Hải", 20),
    ("Bá", 12),
    ("Viết", 10),
    ("Gia", 10),
    ("Nhật", 8),
    ("Khắc", 6),
    ("Vĩnh", 5),
];

const GIVEN_OF_WOMEN: &[&str] = &[
    "Hà", "Lan", "Hương", "Linh", "Trang", "Hằng", "Nga", "Thảo", "Thủy", "Hoa", "Mai", "Phương",
    "Anh", "Ngọc", "Dung", "Yến", "Hạnh", "Hiền", "Huyền", "Vân", "Nhung", "Loan", "Oanh", "Quyên",
    "Thu", "Tâm", "Chi", "Giang", "Hải", "Liên", "Ngân", "Nguyệt", "Như", "Thơm", "Thúy", "Trâm",
    "Tuyết", "Uyên", "Xuân", "Diệp", "Đào", "Hoài", "Khanh", "Lệ", "Ly", "My", "Bình", "Hường",
    "Minh", "Châu",
];

const GIVEN_OF_MEN: &[&str] = &[
    "Hùng",
    "Dũng",
    "Tuấn",
    "Nam",
    "Minh",
    "Hải",
    "Sơn",
    "Long",
    "Cường",
    "Thắng",
    "Đức",
    "Quang",
    "Hưng",
    "Tùng",
    "Bình",
    "Khánh",
    "Kiên",
    "Trung",
    "Thành",
    "Anh",
    "Việt",
    "Phúc",
    "Hiếu",
    "Hoàng",
    "Huy",
    "Mạnh",
    "Tiến",
    "Toàn",
    "Thịnh",
    "Vinh",
    "Đạt",
    "Lâm",
    "Nghĩa",
    "Phong",
    "Quân",
    "Tài",
    "Thái",
    "Trường",
    "Vũ",
    "An",
    "Bảo",
    "Chiến",
    "Công",
    "Duy",
    "Giang",
    "Hòa",
    "Khoa",
    "Lộc",
    "Nguyên",
    "Quý",
    "Tâm",
    "Thiện",
    "Tú",
    "Vượng",
];

fn one(random: &mut Random, names: &'static [(&'static str, u64)]) -> &'static str {
    random
        .weighted(names.iter().map(|(_, weight)| *weight))
        .and_then(|index| names.get(index))
        .map_or("", |(name, _)| *name)
}

/// A name that is not in `taken` yet, and puts it there.
pub fn full_name(random: &mut Random, taken: &mut BTreeSet<String>) -> String {
    loop {
        let family = one(random, FAMILY);
        let name = if random.chance(490) {
            format!(
                "{family} {} {}",
                one(random, MIDDLE_OF_WOMEN),
                random.pick(GIVEN_OF_WOMEN)
            )
        } else {
            format!(
                "{family} {} {}",
                one(random, MIDDLE_OF_MEN),
                random.pick(GIVEN_OF_MEN)
            )
        };
        let words: BTreeSet<&str> = name.split(' ').collect();
        // "Hà Hải Hà" is no name that parents give.
        if words.len() == name.split(' ').count() && taken.insert(name.clone()) {
            return name;
        }
    }
}

/// Whether a name is one that women bear.
pub fn is_woman(name: &str) -> bool {
    name.contains(" Thị ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_hundred_names_differ_and_a_third_are_nguyen() {
        let mut taken = BTreeSet::new();
        let mut random = Random::new(3);
        let names: Vec<String> = (0..200)
            .map(|_| full_name(&mut random, &mut taken))
            .collect();
        assert_eq!(taken.len(), 200);
        let nguyen = names
            .iter()
            .filter(|name| name.starts_with("Nguyễn "))
            .count();
        assert!((40..90).contains(&nguyen), "{nguyen}");
        assert!(
            names
                .iter()
                .all(|name| (3..=4).contains(&name.split(' ').count()))
        );
    }
}

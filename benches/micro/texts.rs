//! Texts: sound articles of several kinds, for every subject.

/// How much text is looked at in one go: a page, as the cleaner cuts large texts, or one article.
pub const PAGE: usize = 256 << 10;
pub const ARTICLE: usize = 4 << 10;

/// Articles without boilerplate, a paragraph a line. Typographic English is told apart from ASCII,
/// and scripts without case from those with it, since each has its own way through the prefilter.
pub const CLEAN: [(&str, &[&str]); 6] = [
    (
        "ascii",
        &[
            "The council decided on Tuesday to close the old bridge until the repairs are finished.",
            "Schools in the valley close at noon when it snows; the buses don't wait. Nobody had expected the lake to freeze before the middle of January, and nobody had brought skates.",
            "Farmers along the river say that the gates of the dam were opened too late to save the harvest.",
        ],
    ),
    (
        "typographic",
        &[
            "“We’ve been here before,” she said, “and we know how it ends.” The orchard lost half its trees in the storm – and the other half in court.",
            "It’s the third year in a row that the team has finished second… behind the same rival.",
            "The museum’s café serves soup until three — and apologies after that.",
        ],
    ),
    (
        "russian",
        &[
            "Городской совет решил во вторник закрыть старый мост до конца ремонта и потребовал нового отчёта.",
            "Никто не ожидал, что озеро замёрзнет раньше середины января, сказала смотрительница маяка.",
        ],
    ),
    (
        "hindi",
        &[
            "नगर परिषद ने मंगलवार को मरम्मत पूरी होने तक पुराने पुल को बंद रखने का फैसला किया।",
            "किसी को उम्मीद नहीं थी कि झील जनवरी के मध्य से पहले जम जाएगी, प्रकाशस्तंभ की रखवाली करने वाली महिला ने कहा।",
        ],
    ),
    (
        "thai",
        &[
            "สภาเมืองมีมติเมื่อวันอังคารให้ปิดสะพานเก่าจนกว่าการซ่อมแซมจะเสร็จสิ้น และขอรายงานฉบับใหม่จากวิศวกร",
            "ไม่มีใครคาดคิดว่าทะเลสาบจะกลายเป็นน้ำแข็งก่อนกลางเดือนมกราคม ผู้ดูแลประภาคารกล่าว",
        ],
    ),
    (
        "chinese",
        &[
            "市议会星期二决定在维修结束之前关闭旧桥，并要求工程师提交新的报告。",
            "灯塔看守人说，没有人料到湖面会在一月中旬之前结冰，也没有人带冰鞋。",
        ],
    ),
];

/// One article of a kind.
pub fn article(kind: &str) -> String {
    let (_, lines) = CLEAN
        .iter()
        .find(|(name, _)| *name == kind)
        .expect("a kind");
    lines.iter().map(|line| format!("{line}\n\n")).collect()
}

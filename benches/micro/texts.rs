//! Texts: sound articles of several kinds, for every subject.

/// How much text is looked at in one go: a page, as the cleaner cuts large texts, or one article.
pub const PAGE: usize = 256 << 10;
pub const ARTICLE: usize = 4 << 10;

/// Articles without boilerplate, a paragraph a line and as long as newspapers' paragraphs are. Typographic
/// English is told apart from ASCII, and scripts without case from those with it, since each has its own
/// way through the prefilter.
pub const CLEAN: [(&str, &[&str]); 6] = [
    (
        "ascii",
        &[
            "The council decided on Tuesday to close the old bridge until the repairs are finished. Engineers had warned in spring that two of its piers were cracked below the water line.",
            "Schools in the valley close at noon when it snows; the buses don't wait. Nobody had expected the lake to freeze before the middle of January, and nobody had brought skates.",
            "Farmers along the river say that the gates of the dam were opened too late to save the harvest. The operator denies it and points to a forecast that promised a dry week.",
            "\"We counted 412 lorries in a single night,\" said the woman who keeps the lighthouse. \"They have to go somewhere.\"",
            "Until then, traffic will be sent through the two villages upstream, where the road is narrow and the bakery opens at five. A second ferry was ordered in March but is still being built.",
            "Work is to begin in April and to take eighteen months, at a cost of about nine million. The ministry pays two thirds.",
        ],
    ),
    (
        "typographic",
        &[
            "“We’ve been here before,” she said, “and we know how it ends.” The orchard lost half its trees in the storm – and the other half in court, three years later.",
            "It’s the third year in a row that the team has finished second… behind the same rival, and by the same margin: a single goal, scored in the last minute of the last match.",
            "The museum’s café serves soup until three — and apologies after that. Its director, who is also its cook, says that visitors don’t come for the paintings anyway.",
            "‘Nobody asked us,’ the residents’ association wrote in June. It has since collected 2,300 signatures, among them the mayor’s own.",
            "The village’s only shop will reopen under a new name, the owner’s daughter said on Friday. What it will sell isn’t decided yet.",
        ],
    ),
    (
        "russian",
        &[
            "Городской совет решил во вторник закрыть старый мост до конца ремонта и потребовал нового отчёта. Инженеры ещё весной предупреждали, что две опоры треснули ниже уровня воды.",
            "Никто не ожидал, что озеро замёрзнет раньше середины января, сказала смотрительница маяка. Школы в долине закрываются в полдень, когда идёт снег.",
            "Фермеры считают, что ворота плотины открыли слишком поздно, и урожай спасти не удалось. Оператор это отрицает и ссылается на прогноз.",
            "«За одну ночь мы насчитали четыреста грузовиков, — говорит она. — Куда-то им надо ехать».",
            "Работы начнутся в апреле и продлятся полтора года. Две трети расходов возьмёт на себя министерство.",
        ],
    ),
    (
        "hindi",
        &[
            "नगर परिषद ने मंगलवार को मरम्मत पूरी होने तक पुराने पुल को बंद रखने का फैसला किया। इंजीनियरों ने वसंत में ही चेतावनी दी थी कि उसके दो खंभों में दरारें हैं।",
            "किसी को उम्मीद नहीं थी कि झील जनवरी के मध्य से पहले जम जाएगी, प्रकाशस्तंभ की रखवाली करने वाली महिला ने कहा।",
            "बर्फ गिरने पर घाटी के स्कूल दोपहर में बंद हो जाते हैं और बसें इंतजार नहीं करतीं। दूसरी नाव का आदेश मार्च में दिया गया था, पर वह अब तक बन रही है।",
            "नदी के किनारे के किसानों का कहना है कि बांध के फाटक बहुत देर से खोले गए और फसल नहीं बच सकी।",
            "काम अप्रैल में शुरू होगा और डेढ़ साल चलेगा। खर्च का दो तिहाई हिस्सा मंत्रालय देगा।",
        ],
    ),
    (
        "thai",
        &[
            "สภาเมืองมีมติเมื่อวันอังคารให้ปิดสะพานเก่าจนกว่าการซ่อมแซมจะเสร็จสิ้น และขอรายงานฉบับใหม่จากวิศวกร ซึ่งเตือนไว้ตั้งแต่ต้นปีว่าตอม่อสองต้นร้าวใต้ระดับน้ำ",
            "ไม่มีใครคาดคิดว่าทะเลสาบจะกลายเป็นน้ำแข็งก่อนกลางเดือนมกราคม ผู้ดูแลประภาคารกล่าว",
            "ชาวนาริมแม่น้ำบอกว่าประตูเขื่อนเปิดช้าเกินไปจนผลผลิตเสียหาย แต่ผู้ดูแลเขื่อนปฏิเสธและอ้างถึงพยากรณ์อากาศ",
            "งานจะเริ่มในเดือนเมษายนและใช้เวลาสิบแปดเดือน กระทรวงจะออกค่าใช้จ่ายสองในสาม",
        ],
    ),
    (
        "chinese",
        &[
            "市议会星期二决定在维修结束之前关闭旧桥，并要求工程师提交新的报告。工程师在春天就警告说，有两座桥墩在水线以下出现了裂缝，而修理的费用每过一年都会增加。",
            "灯塔看守人说，没有人料到湖面会在一月中旬之前结冰，也没有人带冰鞋。山谷里的学校一下雪就在中午放学，公共汽车不会等人，有些孩子只好走路回家。",
            "沿河的农民认为水坝的闸门打开得太晚，收成已经无法挽救。运营公司否认这一说法，并指出天气预报曾说那一周不会下雨，谁也没有想到河水会涨得这么快。",
            "“我们一个晚上数到四百辆卡车，”她说，“它们总得走别的路，而上游那两个村子的路很窄，面包店五点钟就开门了。”",
            "工程将于四月开始，为期十八个月，三分之二的费用由部里承担，其余的由市里和两个村子分摊。第二艘渡船三月份已经订购，但还在建造。",
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

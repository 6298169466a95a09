//! What the page of the offline state says by itself. It is not among the words of the interface,
//! which the app carries with it; what the page's script says stands beside it, in `src/boot/state`.

/// The phrases of the page.
pub struct Words {
    pub title: &'static str,
    pub lead: &'static str,
    pub script: &'static str,
    pub looking: &'static str,
    pub repair: &'static str,
    pub check: &'static str,
    pub copy: &'static str,
    pub reset: &'static str,
    pub by_hand: &'static str,
    pub by_hand_text: &'static str,
    pub home: &'static str,
    pub confirm: &'static str,
    pub confirm_text: &'static str,
    pub reset_now: &'static str,
    pub reset_not: &'static str,
    /// What the script says, and under which name it declares it.
    pub of_script: (&'static str, &'static str),
}

const ZH: Words = Words {
    title: "离线状态",
    lead: "此设备为离线阅读保存了什么，是否完好，出了问题怎么修。",
    script: "这一页需要脚本才能查看和修复此设备上的离线副本。没有脚本时，请照下面的办法清除网站数据。",
    looking: "正在查看……",
    repair: "修复",
    check: "检查更新",
    copy: "复制报告",
    reset: "重置……",
    by_hand: "手动清除",
    by_hand_text: "如果上面的按钮不见效：打开浏览器的设置，在“隐私”或“网站设置”里找到此网站，删除它的数据，再联网打开首页。已保存的文章会一并删除，联网后可以重新保存；同一域名下其他博客的数据也会被删除。",
    home: "返回首页",
    confirm: "要重置吗？",
    confirm_text: "这会删除此设备上本博客的全部离线副本：已保存的文章、保存任务和记录，以及负责离线阅读的 Service Worker；此域名下没有其他博客时，还有最近的搜索。联网后再打开本博客，会重新开始保存。界面的颜色设置保留；同一域名下的其他博客不受影响。",
    reset_now: "删除并重置",
    reset_not: "取消",
    of_script: (include_str!("../../boot/state/words-zh.js"), "ZH"),
};

const EN: Words = Words {
    title: "Offline state",
    lead: "What this device keeps for reading offline, whether it is sound, and how to mend it.",
    script: "This page needs script to show and mend what is kept on this device. Without it, clear the site's data as described below.",
    looking: "Looking…",
    repair: "Repair",
    check: "Check for updates",
    copy: "Copy report",
    reset: "Reset…",
    by_hand: "By hand",
    by_hand_text: "If the buttons above don't help: in your browser's settings, under “Privacy” or “Site settings”, find this site and delete its data, then open the home page while you are online. Posts that were kept are deleted as well and can be kept again; so is what other blogs at the same host keep.",
    home: "To the home page",
    confirm: "Reset this blog?",
    confirm_text: "This deletes all that this device keeps of the blog: saved posts, saves under way, records, and the service worker that shows them offline; where no other blog is at this host, your recent searches too. When you open the blog online again, keeping begins anew. Your choice of colours stays, and other blogs at the same host are left alone.",
    reset_now: "Delete and reset",
    reset_not: "Cancel",
    of_script: (include_str!("../../boot/state/words-en.js"), "EN"),
};

/// The phrases in the site's language.
pub fn of(language: &str) -> &'static Words {
    if language.to_ascii_lowercase().starts_with("zh") { &ZH } else { &EN }
}

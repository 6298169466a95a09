//! The text of a body by its headings: what is searched, and where a search leads.

use super::excerpt::joined;
use super::{Article, Node, plain_text};
use crate::search::Section;

impl Article {
    /// The text before the first heading, then that below each heading, then the footnotes. Lines
    /// that the author broke between two Chinese characters are one; blocks stay apart.
    pub fn sections(&self) -> Vec<Section> {
        let mut sections = vec![Section::default()];
        for node in &self.nodes {
            if let Node::Heading { id, children, .. } = node {
                let heading = joined(&plain_text(children));
                let id = Some(id.clone());
                sections.push(Section { id, heading, text: String::new() });
            } else if let Some(section) = sections.last_mut() {
                add(section, &plain_text(std::slice::from_ref(node)));
            }
        }
        if !self.footnotes.is_empty() {
            let mut notes = Section::default();
            self.footnotes.iter().for_each(|note| add(&mut notes, &plain_text(&note.children)));
            sections.push(notes);
        }
        sections
    }
}

fn add(section: &mut Section, text: &str) {
    for block in text.split('\n').map(joined).filter(|block| !block.is_empty()) {
        if !section.text.is_empty() {
            section.text.push('\n');
        }
        section.text.push_str(&block);
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn text_stands_under_its_heading() {
        let markdown = "前言就地**重\n启**服务[^1]。\n\n- 一\n- 二\n\n## 小 节\n\n`code` x\ny\n\n\
                        > ## 引用\n\n[^1]: 注。\n";
        let sections = parse(markdown, "t", "zh").sections();
        let got: Vec<(&str, &str)> =
            sections.iter().map(|section| (&*section.heading, &*section.text)).collect();
        let want = [("", "前言就地重启服务。\n一\n二"), ("小节", "code x y\n引用"), ("", "注。")];
        assert_eq!(got, want);
        let ids: Vec<_> = sections.iter().map(|section| section.id.as_deref()).collect();
        assert_eq!(ids, [None, Some("小-节"), None]);
    }
}

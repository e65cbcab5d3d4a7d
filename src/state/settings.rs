/// What a reader has chosen for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub theme: Theme,
    /// A place in [`SIZES`].
    pub size: u8,
    /// How much of the page the list takes beside the article, in percent.
    pub width: u8,
    /// Whether single keys do something.
    pub keys: bool,
    /// The tag of the language that the page speaks; the browser's choice if there is none.
    pub language: Option<String>,
}

/// The colours of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    System,
    Light,
    Dark,
    Sepia,
}

/// How many sizes of text there are.
pub const SIZES: u8 = 5;

/// The size that the browser would choose.
const USUAL: u8 = 1;

const WIDTH: u8 = 32;

impl Theme {
    pub const ALL: [(Theme, &str); 4] =
        [(Theme::System, "system"), (Theme::Light, "light"), (Theme::Dark, "dark"), (Theme::Sepia, "sepia")];

    pub fn name(self) -> &'static str {
        Theme::ALL.iter().find(|(theme, _)| *theme == self).map_or("", |(_, name)| name)
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { theme: Theme::System, size: USUAL, width: WIDTH, keys: true, language: None }
    }
}

impl Settings {
    /// From what [`Settings::text`] wrote. What is not understood is as usual.
    pub fn parse(text: &str) -> Settings {
        let mut settings = Settings::default();
        for (name, value) in text.split(' ').filter_map(|part| part.split_once('=')) {
            match name {
                "theme" => {
                    let theme = Theme::ALL.iter().find(|(_, name)| *name == value);
                    settings.theme = theme.map_or(Theme::System, |(theme, _)| *theme);
                }
                "size" => settings.size = value.parse().ok().filter(|size| *size < SIZES).unwrap_or(USUAL),
                "width" => settings.width = value.parse().unwrap_or(WIDTH),
                "keys" => settings.keys = value != "no",
                "language" => settings.language = Some(value.to_owned()),
                _ => {}
            }
        }
        settings.within_limits()
    }

    /// With room for both list and article.
    pub fn within_limits(mut self) -> Settings {
        self.width = self.width.clamp(20, 60);
        self
    }

    /// For keeping: `theme=dark size=1 width=32 keys=yes language=de`.
    pub fn text(&self) -> String {
        let keys = if self.keys { "yes" } else { "no" };
        let (size, width) = (self.size.to_string(), self.width.to_string());
        let mut text = ["theme=", self.theme.name(), " size=", &size, " width=", &width, " keys=", keys].concat();
        if let Some(language) = &self.language {
            text += " language=";
            text += language;
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_kept() {
        let settings = Settings { theme: Theme::Sepia, size: 4, width: 45, keys: false, language: Some("de".into()) };
        assert_eq!(Settings::parse(&settings.text()), settings);
        assert_eq!(Settings::parse(&Settings::default().text()), Settings::default());
    }

    #[test]
    fn what_others_wrote_there_does_no_harm() {
        assert_eq!(Settings::parse("{\"theme\": 7} theme=pink size=-3 size=200 width=x keys"), Settings::default());
    }
}

//! Addresses of pages and of what they lead to.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tessera_atlas::EditionId;
use tessera_atlas::catalogue::Indicator;
use tessera_atlas::classes::{Method, Over, Question, Scope};
use tessera_atlas::compare::Selected;
use tessera_atlas::geography::Geography;

use crate::scene::Scene;
use crate::settings::Delivery;
use crate::site::{file_of, page_of};

/// What is not written as it stands in a segment of a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

fn segment(text: &str) -> impl std::fmt::Display + '_ {
    utf8_percent_encode(text, SEGMENT)
}

/// The address of an area's page, relative to the root of the atlas, as the server knows it.
pub(crate) fn area(selected: &Selected<'_>) -> String {
    format!("areas/{}/{}", segment(&selected.geography.id), segment(&selected.area().code))
}

/// The address of a table, likewise: of an indicator, or of the one that the geography opens with.
pub(crate) fn table(geography: &Geography, indicator: Option<&Indicator>) -> String {
    let geography = ("geography", geography.id.as_str());
    match indicator {
        Some(indicator) => format!("table{}", query(&[geography, ("indicator", &indicator.id)])),
        None => format!("table{}", query(&[geography])),
    }
}

/// The address of an indicator's values in a period as CSV, likewise.
pub(crate) fn csv(edition: &str, geography: &Geography, indicator: &Indicator, period: &str) -> String {
    let (geography, indicator) = (segment(&geography.id), segment(&indicator.id));
    format!("api/v1/{edition}/values/{geography}/{indicator}.csv{}", query(&[("period", period)]))
}

/// A query string, or nothing where there is nothing to say.
fn query(pairs: &[(&str, &str)]) -> String {
    if pairs.is_empty() {
        return String::new();
    }
    format!("?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

/// The query string of a view; `others` are parameters beside those of the question.
fn of_view(question: &Question<'_>, others: &[(&str, String)]) -> String {
    let (period, k) = (question.period.to_string(), question.k.to_string());
    let within = question.within.map(|within| within.parameter());
    let mut pairs = vec![
        ("geography", question.geography.id.as_str()),
        ("indicator", question.indicator.id.as_str()),
        ("period", period.as_str()),
        ("k", k.as_str()),
    ];
    let custom = question.custom.as_ref().map(|breaks| {
        let bounds: Vec<String> = breaks.bounds().iter().map(f64::to_string).collect();
        bounds.join(",")
    });
    match &custom {
        Some(bounds) => pairs.extend([("method", Method::Custom.word()), ("breaks", bounds.as_str())]),
        None if question.method != Method::Quantile => pairs.push(("method", question.method.word())),
        None => {}
    }
    if question.over == Over::Period {
        pairs.push(("still", "false"));
    }
    let centre = question.centre.map(|centre| centre.to_string());
    pairs.extend(centre.as_deref().map(|centre| ("centre", centre)));
    pairs.extend(within.as_deref().map(|within| ("within", within)));
    let codes: String = match &question.scope {
        Scope::Selection(positions) => {
            let areas = positions.iter().filter_map(|position| question.geography.areas().get(*position));
            areas.map(|area| area.code.as_str()).collect::<Vec<_>>().join(",")
        }
        Scope::Atlas | Scope::Within => String::new(),
    };
    if question.scope != Scope::Within {
        pairs.push(("scope", question.scope.word()));
    }
    if !codes.is_empty() && others.iter().all(|(name, _)| *name != "areas") {
        pairs.push(("areas", &codes));
    }
    pairs.extend(others.iter().map(|(name, text)| (*name, text.as_str())));
    query(&pairs)
}

/// The links of one page: relative ones, so that they hold wherever the atlas stands. Those of a page that keeps to an edition keep to it, too.
pub(crate) struct Links {
    delivery: Delivery,
    root: String,
    pin: Option<EditionId>,
}

impl Links {
    /// The links of the page at an address, which is relative to the root of the atlas.
    pub(crate) fn on(delivery: Delivery, address: &str, pin: Option<&EditionId>) -> Links {
        let place = match delivery {
            Delivery::Server => address.split('?').next().unwrap_or_default().to_owned(),
            // A page in a file of its own, which is in no folder.
            Delivery::Files if address.ends_with(".html") => address.to_owned(),
            Delivery::Files => page_of(address),
        };
        let depth = place.matches('/').count();
        let root = if depth == 0 { "./".to_owned() } else { "../".repeat(depth) };
        Links { delivery, root, pin: pin.cloned() }
    }

    /// The edition that the page keeps to.
    pub(super) fn pin(&self) -> Option<&EditionId> {
        self.pin.as_ref()
    }

    /// An address in the edition that the page keeps to.
    pub(super) fn kept(&self, address: String) -> String {
        match &self.pin {
            Some(pin) => format!("{address}{}edition={pin}", if address.contains('?') { '&' } else { '?' }),
            None => address,
        }
    }

    /// The map as it opens.
    pub(super) fn home(&self) -> String {
        self.kept(self.root.clone())
    }

    /// The way to the root of the atlas: `./` or `../../`.
    pub(super) fn root(&self) -> &str {
        &self.root
    }

    /// Whether a program answers, which can look things up.
    pub(crate) fn has_server(&self) -> bool {
        self.delivery == Delivery::Server
    }

    fn page(&self, address: String) -> String {
        let address = if self.has_server() { address } else { page_of(&address) };
        self.kept(format!("{}{address}", self.root))
    }

    /// The page of an area.
    pub(crate) fn area(&self, selected: &Selected<'_>) -> String {
        self.page(area(selected))
    }

    /// A table: of an indicator, or of the one that the geography opens with.
    pub(super) fn table(&self, geography: &Geography, indicator: Option<&Indicator>) -> String {
        self.page(table(geography, indicator))
    }

    /// The table of all areas in a mode, whose parameters these are.
    pub(super) fn whole_table(&self, question: &Question<'_>, of_mode: &[(&str, &str)]) -> String {
        let own = [("geography", question.geography.id.as_str()), ("indicator", &question.indicator.id)];
        match of_mode {
            [] => self.table(question.geography, Some(question.indicator)),
            _ => self.page(format!("table{}", query(&[&own[..], of_mode].concat()))),
        }
    }

    /// The table of a view, with its classes, sets and filter where a program answers.
    pub(crate) fn same_table(&self, question: &Question<'_>, others: &[(&str, String)]) -> String {
        match self.delivery {
            Delivery::Server => self.kept(format!("{}table{}", self.root, of_view(question, others))),
            Delivery::Files => self.table(question.geography, Some(question.indicator)),
        }
    }

    /// The map with an area selected.
    pub(super) fn on_map(&self, selected: &Selected<'_>, indicator: Option<&Indicator>) -> String {
        let mut pairs = vec![("geography", selected.geography.id.as_str())];
        pairs.extend(indicator.map(|indicator| ("indicator", indicator.id.as_str())));
        pairs.push(("areas", &selected.area().code));
        self.kept(format!("{}{}", self.root, query(&pairs)))
    }

    /// The map of a view; `others` are parameters beside those of the question.
    pub(super) fn view(&self, question: &Question<'_>, others: &[(&str, String)]) -> String {
        self.kept(format!("{}{}", self.root, of_view(question, others)))
    }

    /// The table of a view as CSV; where no program answers, the values of all areas.
    pub(super) fn csv(&self, edition: &str, scene: &Scene<'_>, sort: &str) -> String {
        let question = &scene.question;
        match self.delivery {
            Delivery::Server => {
                let others: Vec<(&str, String)> =
                    scene.others.iter().cloned().chain([("sort", sort.to_owned())]).collect();
                self.kept(format!("{}table.csv{}", self.root, of_view(question, &others)))
            }
            Delivery::Files => {
                let address = csv(edition, question.geography, question.indicator, &question.period.to_string());
                format!("{}{}", self.root, file_of(&address))
            }
        }
    }
}

//! What the file of an address is called.

use percent_encoding::percent_decode_str;

/// The formats that an address of the interface can end in.
const FORMATS: [&str; 6] = [".json", ".csv", ".arrow", ".bin", ".geojson", ".mvt"];

/// The file that stands for an address of the interface. The page has the same rule (`web/src/site.ts`).
///
/// Parameters become one more segment, in alphabetical order, before the format, which is JSON where there is none:
/// `values/lsoa11/imd.bin?period=2019` is the file `values/lsoa11/imd/period=2019.bin`. In file and folder names stand
/// letters, digits and `-_.,=&` alone; every other byte is `~` and two hexadecimal digits.
pub(crate) fn file_of(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let format = FORMATS.into_iter().find(|format| path.ends_with(format));
    let stem = path.strip_suffix(format.unwrap_or_default()).unwrap_or(path);
    let mut segments: Vec<String> =
        stem.split('/').map(|segment| plain(&percent_decode_str(segment).collect::<Vec<u8>>())).collect();
    let mut parameters: Vec<String> = form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| format!("{}={}", plain(name.as_bytes()), plain(value.as_bytes())))
        .collect();
    parameters.sort_unstable();
    if !parameters.is_empty() {
        segments.push(parameters.join("&"));
    }
    format!("{}{}", segments.join("/"), format.unwrap_or(".json"))
}

/// The folder, with a slash at its end, whose `index.html` stands for the address of a page.
///
/// Parameters are further folders, in the order in which they are given: `table?geography=lsoa11&indicator=imd` is
/// `table/lsoa11/imd/`.
pub(crate) fn page_of(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let segments = path.split('/').map(|segment| plain(&percent_decode_str(segment).collect::<Vec<u8>>()));
    let values = form_urlencoded::parse(query.as_bytes()).map(|(_, value)| plain(value.as_bytes()));
    let folders: Vec<String> = segments.chain(values).filter(|folder| !folder.is_empty()).collect();
    folders.iter().fold(String::new(), |all, folder| all + folder + "/")
}

/// A name that every file system and every file server takes for what it is.
fn plain(text: &[u8]) -> String {
    let dots_alone = text.iter().all(|byte| *byte == b'.');
    let stands = |byte: u8| byte.is_ascii_alphanumeric() || b"-_,".contains(&byte) || byte == b'.' && !dots_alone;
    let written = |byte: &u8| if stands(*byte) { char::from(*byte).to_string() } else { format!("~{byte:02X}") };
    text.iter().map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_stand_before_the_format() {
        for (address, file) in [
            ("api/v1/atlas", "api/v1/atlas.json"),
            ("api/v1/3f/values/lsoa11/imd.bin?period=2019", "api/v1/3f/values/lsoa11/imd/period=2019.bin"),
            (
                "api/v1/3f/classes/lsoa11/imd?period=2018%2F19&k=4",
                "api/v1/3f/classes/lsoa11/imd/k=4&period=2018~2F19.json",
            ),
            ("api/v1/3f/areas/lsoa11?fields=code,name", "api/v1/3f/areas/lsoa11/fields=code,name.json"),
            ("tiles/3f/a.b/1/2/3.mvt", "tiles/3f/a.b/1/2/3.mvt"),
            ("a?x=%26%3D", "a/x=~26~3D.json"),
        ] {
            assert_eq!(file_of(address), file, "{address}");
        }
    }

    #[test]
    fn pages_are_folders() {
        for (address, folder) in [
            ("", ""),
            ("areas/lsoa11/E01", "areas/lsoa11/E01/"),
            ("areas/lsoa11/%2E%2E", "areas/lsoa11/~2E~2E/"),
            ("areas/lsoa11/a%2Fb%20%C3%A9", "areas/lsoa11/a~2Fb~20~C3~A9/"),
            ("table?geography=lsoa11&indicator=imd", "table/lsoa11/imd/"),
        ] {
            assert_eq!(page_of(address), folder, "{address}");
        }
    }
}

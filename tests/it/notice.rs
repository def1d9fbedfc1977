//! NOTICE names what of others is in the page and in the program.

use std::fs;

use serde_json::Value;

use crate::harness::project;

fn notice() -> String {
    fs::read_to_string(project().join("NOTICE")).unwrap()
}

#[test]
fn every_package_of_the_page_is_named() {
    let lock = fs::read_to_string(project().join("web/package-lock.json")).unwrap();
    let lock: Value = serde_json::from_str(&lock).unwrap();
    let packages = lock["packages"].as_object().unwrap().iter();
    let of_page: Vec<&str> = packages
        .filter(|(_, package)| package["dev"] != true)
        .filter_map(|(path, _)| path.strip_prefix("node_modules/"))
        .collect();
    assert!(of_page.len() >= 5, "{of_page:?}");
    let notice = notice().to_lowercase();
    // These two are compiled in, so that npm takes them for tools.
    for package in of_page.into_iter().chain(["svelte", "clsx"]) {
        assert!(notice.contains(package), "NOTICE does not name `{package}`");
    }
}

/// What cargo says that the program is made of; the list differs a little between systems.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[test]
fn every_crate_of_the_program_is_listed_under_its_licence() {
    use std::collections::{BTreeMap, BTreeSet};
    use std::process::Command;

    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--package", "tessera", "--edges", "normal,no-proc-macro", "--prefix", "none"])
        .args(["--format", "{p}|{l}", "--locked", "--offline"])
        .current_dir(project())
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let mut by_licence: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for line in str::from_utf8(&tree.stdout).unwrap().lines() {
        let (package, licence) = line.trim_end_matches(" (*)").split_once('|').unwrap();
        let name = package.split(' ').next().unwrap();
        if name != "tessera" && !name.starts_with("tessera-") {
            by_licence.entry(licence.replace('/', " OR ")).or_default().insert(name);
        }
    }
    let mut list = String::new();
    for (licence, crates) in &by_licence {
        list.push_str(&format!("\n{licence}\n"));
        let mut line = String::new();
        for name in crates {
            if line.len() + name.len() > 110 {
                list.push_str(&format!("  {},\n", line.trim_end_matches(", ")));
                line.clear();
            }
            line.push_str(&format!("{name}, "));
        }
        list.push_str(&format!("  {}\n", line.trim_end_matches(", ")));
    }
    assert!(by_licence.values().map(BTreeSet::len).sum::<usize>() > 100);
    assert!(notice().ends_with(&list), "NOTICE is to end with this list of crates:\n{list}");
}

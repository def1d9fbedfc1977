#!/usr/bin/env bash
# Installs Tessera as people do, from source and as a Debian package, each into a scratch root, and starts what it finds
# there as the service does. Nothing outside the scratch folder is touched, and no special rights are needed.
# Usage: run.sh PROGRAM CARGO-DEB
set -uo pipefail
# dpkg wants tools of the administrator within reach.
export PATH=$PATH:/usr/sbin:/sbin

program=$1
cargo_deb=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(cd "$here/../.." && pwd)
scratch=$(mktemp -d)
server=
passed=0 failed=0 skipped=0

finish() {
  stop
  rm -rf "$scratch"
}
trap finish EXIT

# Runs a test: a function whose name is true of the folder that it is given.
check() {
  if ("$@") >"$scratch/said" 2>&1; then
    echo "ok $1 ${2##*/}"
    passed=$((passed + 1))
  else
    echo "failed $1 ${2##*/}"
    sed 's/^/  /' "$scratch/said"
    failed=$((failed + 1))
  fi
}

skip() {
  echo "skipped $1: $2"
  skipped=$((skipped + 1))
}

# The command of a unit, with the paths below a root and a free port.
command_of() {
  sed -n 's/^ExecStart=//p' "$2" | sed -e "s| /var/| $1/var/|" -e "s|^|$1|" \
    -e "s|\${ATLAS}|$here/atlas|" -e 's|${LISTEN}|127.0.0.1:0|' -e 's|\$OPTIONS||'
}

stop() {
  [[ -z $server ]] || { kill "$server" && wait "$server"; }
  server=
}

# The status and the body of an answer; without curl, which a bare machine has not.
ask() {
  exec 3<>"/dev/tcp/127.0.0.1/$1"
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
  cat <&3
  exec 3>&-
}

starts_and_answers() {
  local root=$1 unit=$2 command port
  command=$(command_of "$root" "$unit")
  mkdir -p "$root/var/lib/tessera"
  echo "$command"
  # What the server before this one said must not be read again.
  : >"$scratch/address"
  $command >"$scratch/address" 2>"$scratch/log" &
  server=$!
  trap stop EXIT
  until grep -q '^listening on ' "$scratch/address"; do
    kill -0 "$server" || { cat "$scratch/log"; return 1; }
    sleep 0.1
  done
  port=$(grep -oE '[0-9]+/?$' "$scratch/address" | tr -d /)
  ask "$port" /healthz | grep -F '{"status":"ok"}' &&
    ask "$port" /readyz | grep -F '"status":"ready"' &&
    ask "$port" /api/v1/atlas | grep -F '"title":"Two squares"' &&
    stop
}

# Every path that must be there, with its permissions.
holds() {
  local root=$1 mode path missing=0
  while read -r mode path; do
    [[ $(stat -c %a "$root/$path") == "$mode" ]] || { echo "$path: not there, or not $mode"; missing=1; }
  done
  return $missing
}

make_install_lays_out_the_files() {
  make --no-print-directory -C "$project" install "target=$scratch/target" "DESTDIR=$1" || return 1
  holds "$1" <<END
755 usr/local/bin/tessera
644 usr/local/lib/systemd/system/tessera.service
644 usr/local/lib/sysusers.d/tessera.conf
644 usr/local/share/doc/tessera/docs/operations.md
644 usr/local/share/doc/tessera/LICENSE-MIT
644 usr/local/share/doc/tessera/LICENSE-APACHE
644 usr/local/share/doc/tessera/NOTICE
644 etc/default/tessera
END
}

every_link_between_documents_leads_somewhere() {
  local document link dead=0 links=0
  while IFS=: read -r document link; do
    links=$((links + 1))
    [[ -e $(dirname "$document")/$link ]] || { echo "${document#"$1"/} links to $link, which is not there"; dead=1; }
  done < <(grep -roE --include='*.md' '\]\([^):#]+[)#]' "$1" | sed -E 's/:\]\(/:/; s/[)#]$//')
  ((links > 50 && dead == 0))
}

make_install_keeps_the_settings() {
  echo LISTEN=127.0.0.1:1 >"$1/etc/default/tessera"
  make --no-print-directory -C "$project" install "target=$scratch/target" "DESTDIR=$1" &&
    [[ $(<"$1/etc/default/tessera") == LISTEN=127.0.0.1:1 ]]
}

cargo_deb_makes_a_package() {
  cd "$project" && CARGO_TARGET_DIR="$scratch/target" "$cargo_deb" --package tessera --no-build --locked --fast \
    --output "$scratch/tessera.deb"
}

the_package_is_unpacked() {
  mkdir -p "$1/var/lib/dpkg/info" "$1/var/lib/dpkg/updates" && touch "$1/var/lib/dpkg/status" || return 1
  dpkg --root="$1" --log=/dev/null --force-not-root --force-depends --unpack "$scratch/tessera.deb" || return 1
  holds "$1" <<END
755 usr/bin/tessera
644 usr/lib/systemd/system/tessera.service
644 usr/lib/sysusers.d/tessera.conf
644 usr/share/doc/tessera/docs/operations.md
644 usr/share/doc/tessera/copyright
644 usr/share/doc/tessera/NOTICE
END
}

the_package_is_configured() {
  dpkg --root="$1" --log=/dev/null --force-not-root --force-depends --force-script-chrootless --configure tessera &&
    grep '^tessera:' "$1/etc/passwd" &&
    holds "$1" <<<'644 etc/default/tessera' &&
    # Not before there is an atlas.
    [[ ! -e $1/etc/systemd/system/multi-user.target.wants/tessera.service ]]
}

systemd_accepts_the_unit() {
  sed "s|^ExecStart=|&$1|" "$1/usr/lib/systemd/system/tessera.service" >"$scratch/tessera.service" &&
    systemd-analyze verify --man=no "$scratch/tessera.service"
}

# 0 is a service that may do nothing, 100 one that may do everything.
the_service_is_shut_in() {
  systemd-analyze security --offline=true --root="$1" --threshold=20 tessera.service
}

if ! command -v dpkg-deb >/dev/null; then
  skip "installing" "there is no dpkg here"
  echo "1 skipped"
  exit
fi

# A debug build in the place of a release build, small enough to be packed quickly.
mkdir -p "$scratch/target/release"
strip --strip-debug -o "$scratch/target/release/tessera" "$program" || exit 1

source_root=$scratch/source
check make_install_lays_out_the_files "$source_root"
check every_link_between_documents_leads_somewhere "$source_root/usr/local/share/doc/tessera"
check make_install_keeps_the_settings "$source_root"
check starts_and_answers "$source_root" "$source_root/usr/local/lib/systemd/system/tessera.service"

package_root=$scratch/package
check cargo_deb_makes_a_package "$package_root"
check the_package_is_unpacked "$package_root"
check every_link_between_documents_leads_somewhere "$package_root/usr/share/doc/tessera"
check starts_and_answers "$package_root" "$package_root/usr/lib/systemd/system/tessera.service"
# The package's scripts speak to a systemd that runs.
if [[ ! -d /run/systemd/system ]] && command -v systemd-sysusers deb-systemd-helper >/dev/null; then
  check the_package_is_configured "$package_root"
else
  skip the_package_is_configured "this machine is not to be touched"
fi
if systemd-analyze --help 2>/dev/null | grep -q -- --offline; then
  check systemd_accepts_the_unit "$package_root"
  check the_service_is_shut_in "$package_root"
else
  skip systemd_accepts_the_unit "there is no systemd-analyze here, or an old one"
fi

echo "$passed passed"
((failed == 0)) || echo "$failed failed"
((skipped == 0)) || echo "$skipped skipped"
exit $((failed > 0))

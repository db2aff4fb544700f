#!/bin/sh
# Brings a machine that has git, Node and npm to where the tests, the demo and the local stack run.
# Does nothing where everything is there already; repairs what an interrupted run left behind.
set -eu
cd "$(dirname "$0")/../.."

servers=.servers
pom=deploy/local/pom.xml
installed_lock=node_modules/.installed-lock.json

say() { printf 'setup: %s\n' "$*" >&2; }
fail() {
  say "$*"
  exit 1
}

node_modules_ready() {
  [ -x node_modules/.bin/node ] || return 1
  cmp -s package-lock.json "$installed_lock" && return 0
  # Installed by hand: npm writes its own record last, so a younger record means that this lock file is installed.
  [ -f node_modules/.package-lock.json ] || return 1
  [ -z "$(find package-lock.json -newer node_modules/.package-lock.json)" ] || return 1
  cp package-lock.json "$installed_lock"
}

jars_ready() { [ "$(cat "$servers/stamp" 2>/dev/null)" = "$(cksum <"$pom")" ]; }

ready() { node_modules_ready && jars_ready && [ -x "$servers/bin/java" ] && [ -x "$servers/bin/redis-server" ]; }

major_of_java() { "$1" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1; }
major_of_redis() { "$1" --version 2>/dev/null | sed -n 's/.* v=\([0-9]*\)\..*/\1/p'; }

# The first of the candidates that is new enough, linked into one folder: so nobody else has to search again.
link_first() {
  name=$1 version_of=$2 oldest=$3
  shift 3
  for candidate in "$@"; do
    [ -x "$candidate" ] || continue
    version=$("$version_of" "$candidate") || continue
    if [ "${version:-0}" -ge "$oldest" ]; then
      mkdir -p "$servers/bin"
      ln -sf "$candidate" "$servers/bin/$name"
      return 0
    fi
  done
  return 1
}

find_java() {
  link_first java major_of_java 17 "${JAVA_HOME:-}/bin/java" "$(command -v java)" /usr/lib/jvm/*/bin/java \
    /opt/homebrew/opt/openjdk*/bin/java /usr/local/opt/openjdk*/bin/java
}

find_redis() { link_first redis-server major_of_redis 7 "$(command -v valkey-server)" "$(command -v redis-server)"; }

find_missing() {
  missing=
  [ -x "$servers/bin/java" ] || find_java || missing="$missing java"
  [ -x "$servers/bin/redis-server" ] || find_redis || missing="$missing redis"
  jars_ready || command -v mvn >/dev/null || missing="$missing maven"
  command -v npm >/dev/null || missing="$missing npm"
}

apt_package_of() {
  case $1 in
    java) first_known_to_apt openjdk-17-jre-headless openjdk-21-jre-headless openjdk-25-jre-headless ;;
    redis) echo redis-server ;;
    maven) echo maven ;;
  esac
}

first_known_to_apt() {
  for package in "$@"; do
    if apt-cache show "$package" >/dev/null 2>&1; then
      echo "$package"
      return
    fi
  done
}

# Debian starts a server when it is installed, on its standard port and at every boot: neither is wanted here.
without_starting_services() {
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ] || grep -q 'balance setup' "$policy"; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' HUP INT TERM
    printf '#!/bin/sh\n# balance setup: only while a package is being installed\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    "$@"
    rm -f "$policy"
    trap - EXIT HUP INT TERM
  else
    "$@"
  fi
}

apt() {
  DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 "$@" >"$servers/apt.log" 2>&1 </dev/null ||
    tail -n 10 "$servers/apt.log" >&2
}

apt_install_missing() {
  say 'reading the package lists (apt-get update)'
  apt update
  packages=$(for thing in $missing; do apt_package_of "$thing"; done | paste -s -d ' ' -)
  say "installing $packages (apt-get install)"
  # shellcheck disable=SC2086 # one word per package
  without_starting_services apt install --no-install-recommends $packages
  case " $packages " in
    *' redis-server '*) if [ -d /run/systemd/system ]; then systemctl -q disable redis-server 2>/dev/null || :; fi ;;
  esac
}

install_missing() {
  find_missing
  if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt_install_missing
    find_missing
  fi
  [ -z "$missing" ] || fail "missing:$(describe $missing). Install what is missing, then run the command again:
  Debian, Ubuntu   sudo apt-get install openjdk-17-jre-headless redis-server maven
  Fedora           sudo dnf install java-21-openjdk-headless valkey maven
  macOS            brew install openjdk@21 redis maven"
}

describe() {
  separator=
  for thing in "$@"; do
    case $thing in
      java) printf '%s a Java runtime, 17 or newer' "$separator" ;;
      redis) printf '%s redis-server 7 or newer, or valkey-server' "$separator" ;;
      maven) printf '%s Maven (mvn)' "$separator" ;;
      npm) printf '%s Node.js with npm' "$separator" ;;
    esac
    separator=,
  done
}

fetch_jars() {
  say 'fetching the jars of Kafka and of the schema registry (Maven, about 170 MB unless Maven has them already)'
  rm -rf "$servers/stamp" "$servers/fetched" "$servers/kafka" "$servers/registry"
  mvn --batch-mode --update-snapshots --strict-checksums -f "$pom" -Dservers.folder="$PWD/$servers/fetched" package \
    >"$servers/maven.log" 2>&1 </dev/null || {
    grep '^\[ERROR\]' "$servers/maven.log" | head -n 5 >&2
    fail "Maven could not fetch the jars; all of what it said is in $servers/maven.log"
  }
  mv "$servers/fetched/kafka" "$servers/fetched/registry" "$servers"
  rm -rf "$servers/fetched"
  cksum <"$pom" >"$servers/stamp"
}

# npm runs on the machine's own Node: the one in node_modules goes away while npm empties that folder.
outside_path() { printf '%s' "$PATH" | tr ':' '\n' | grep -v '/node_modules/\.bin$' | grep -v '/node-gyp-bin$' | paste -s -d : -; }

install_node_modules() {
  say 'installing the npm packages (npm ci)'
  PATH=$(outside_path) npm ci --include=dev --no-audit --no-fund --engine-strict=false --loglevel=error >"$servers/npm.log" 2>&1 </dev/null || {
    tail -n 20 "$servers/npm.log" >&2
    fail 'npm ci failed'
  }
  case $(node_modules/.bin/node --version 2>&1) in
    v24.*) ;;
    *) fail 'npm did not run the install script of the package "node": allow it (npm config: ignore-scripts=false) and try again' ;;
  esac
  cp package-lock.json "$installed_lock"
}

ready && exit 0
mkdir -p "$servers"
# Two commands that are started together on a new machine: the second waits, then finds everything done.
if command -v flock >/dev/null; then
  exec 9>"$servers/lock"
  flock 9
fi
install_missing
node_modules_ready || install_node_modules
jars_ready || fetch_jars
ready || fail 'something is still missing although every step succeeded'

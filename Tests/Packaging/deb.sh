#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Installs the Debian package into a bare Debian, serves and scores with it, upgrades it under a
# running server, removes it, purges it, and looks for what is left. As root, with debootstrap.
# Usage: deb.sh PACKAGE UPGRADE [BASE]   (BASE: a bare Debian 12 to copy instead of making one)
set -u
cd "$(dirname "$0")/../.." || exit 1
. Tests/Support/common.sh
. Tests/Packaging/bare.sh
with_own_mounts "$PWD/Tests/Packaging/deb.sh" "$@"

readonly package=$(realpath "$1") upgrade=$(realpath "$2") base=${3-}
readonly scratch=$VIGIE_SCRATCH root=$VIGIE_SCRATCH/root
server_pid=

# Whatever happens: no server is left behind.
trap '[[ -z $server_pid ]] || kill "$server_pid" 2>/dev/null' EXIT
trap 'exit 130' INT TERM

inside() {
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"
}
apt() { inside DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends "$@"; }
check() {
    local what=$1
    shift
    "$@" >"$scratch/said" 2>&1 || { cat "$scratch/said"; fail "deb: FAILED — $what"; }
    say "deb: $what"
}
# All files of the chroot but those that every installation of packages changes.
files() {
    (cd "$root" && find . -xdev -path ./proc -prune -o -path ./var/lib/dpkg -prune \
        -o -path ./var/log -prune -o -path ./var/cache -prune -o -path ./var/lib/apt -prune \
        -o -path ./tmp -prune -o -path ./run -prune -o -name '*-' -prune -o -print | sort)
}

make_bare_debian "$root" "$base"
cp "$package" "$root/tmp/one.deb"
cp "$upgrade" "$root/tmp/two.deb"
check "read the lists of packages" apt update
# What the package needs, so that what it leaves behind itself is seen.
check "installed what it needs" apt install adduser openssl $(dpkg-deb -f "$package" Depends |
    tr ',' '\n' | sed 's/ (.*//')
files >"$scratch/before"

began=$SECONDS
check "installed" apt install /tmp/one.deb
check "the programs run without Swift" inside sh -c 'vigied --version && vigie --version'
check "the key is the server's and nobody else's" \
    inside sh -c 'test "$(stat -c %U:%G:%a /etc/vigie/server.key)" = root:vigie:640'
check "the settings are right" \
    inside setpriv --reuid vigie --regid vigie --clear-groups \
    vigied serve --config /etc/vigie/vigied.json --check-config
check "the example has all settings, as they must be" \
    inside vigied serve --config /usr/share/doc/vigie/examples/vigied.json --print-config
check "the example policies are sound" inside sh -c \
    'cd /usr/share/doc/vigie/examples/Policies && for each in */; do
        vigie policy check "$each" || exit
    done'
# With the systemd of this machine, which has no /usr/bin/vigied.
sed "s|/usr/bin/|$root/usr/lib/vigie/|" "$root/lib/systemd/system/vigied.service" \
    >"$scratch/vigied.service"
if command -v systemd-analyze >/dev/null; then
    check "the unit is as systemd wants it" systemd-analyze verify --man=no \
        "$scratch/vigied.service"
    check "systemd says nothing of it" test ! -s "$scratch/said"
    systemd-analyze security --offline=true "$scratch/vigied.service" | tail -n 1
else
    say "deb: skipped the check of the unit: no systemd-analyze"
fi
check "the unit is enabled" \
    test -L "$root/etc/systemd/system/multi-user.target.wants/vigied.service"

# As the unit starts it, without systemd, which a chroot does not have.
start() {
    chroot --userspec vigie:vigie "$root" sh -c \
        "exec $(sed -n 's/^ExecStart=//p' "$root/lib/systemd/system/vigied.service")" \
        >>"$scratch/server.log" 2>&1 &
    server_pid=$!
}
stop() {
    kill -TERM "$server_pid" && wait "$server_pid" || fail "deb: FAILED — the server ended badly"
    server_pid=
}
score() {
    inside VIGIE_CA_CERT=/etc/vigie/server.pem sh -c \
        'vigie health --wait && vigie score /usr/share/doc/vigie/examples/companies.csv -O /tmp/out
         code=$?; test $code = 0 || test $code = 2'
}
start
check "served, and scored a file, $((SECONDS - began)) s after the installation began" score
check "there are rows" test "$(wc -l <"$root/tmp/out")" -gt 10

cp "$root/etc/vigie/server.pem" "$scratch/certificate"
sed -i 's/127.0.0.1:7443",/127.0.0.1:7443", "threads": 1,/' "$root/etc/vigie/vigied.json"
mkdir "$root/var/lib/vigie/models"
check "upgraded under a running server" apt install /tmp/two.deb
check "which goes on serving" score
check "the new version is there" test "$(inside dpkg-query -Wf '${Version}' vigie)" = \
    "$(dpkg-deb -f "$upgrade" Version)"
stop
start
check "and serves after a restart" score
stop
check "settings and certificate stayed" \
    sh -c "grep -q threads '$root/etc/vigie/vigied.json' &&
        cmp '$scratch/certificate' '$root/etc/vigie/server.pem'"

check "removed" apt remove vigie
check "settings, certificate and models stay" test -e "$root/etc/vigie/server.key" \
    -a -e "$root/etc/vigie/vigied.json" -a -d "$root/var/lib/vigie/models"
check "the programs are gone" test ! -e "$root/usr/lib/vigie" -a ! -e "$root/usr/bin/vigie"
check "purged" apt purge vigie
rm -f "$root/tmp/out"
files >"$scratch/after"
check "nothing is left" diff "$scratch/before" "$scratch/after"
check "the user is gone" sh -c "! grep -q ^vigie: '$root/etc/passwd'"

check "installed again, for a certificate of one's own" apt install /tmp/two.deb
cp "$scratch/certificate" "$root/etc/vigie/server.pem"
check "purged again" apt purge vigie
check "a certificate of one's own stays" test -e "$root/etc/vigie/server.pem"
say "deb: passed"

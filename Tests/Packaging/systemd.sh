#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Boots a bare Debian with the package in it under a systemd of its own, and looks how the service
# fares there: started, hardened, restarted, upgraded, removed, purged. As root, with
# systemd-nspawn.
# Usage: systemd.sh PACKAGE UPGRADE [BASE]   (BASE: a bare Debian 12 to copy)
set -u
cd "$(dirname "$0")/../.." || exit 1
. Tests/Support/common.sh
command -v systemd-nspawn >/dev/null || {
    say "systemd: skipped: no systemd-nspawn (Debian's systemd-container) on this machine"
    exit 0
}
. Tests/Packaging/bare.sh
with_own_mounts "$PWD/Tests/Packaging/systemd.sh" "$@"

readonly package=$(realpath "$1") upgrade=$(realpath "$2") base=${3-}
readonly scratch=$VIGIE_SCRATCH root=$VIGIE_SCRATCH/root
machine_pid=
leader=

# Whatever happens: no machine is left behind.
end_machine() {
    [[ -n $machine_pid ]] || return 0
    kill "$machine_pid" 2>/dev/null
    wait "$machine_pid"
}
trap end_machine EXIT
trap 'exit 130' INT TERM

environment=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive
    VIGIE_CA_CERT=/etc/vigie/server.pem)
inside() { nsenter --target "$leader" --all -- "${environment[@]}" "$@"; }
check() {
    local what=$1
    shift
    "$@" >"$scratch/said" 2>&1 || {
        cat "$scratch/said"
        inside journalctl --unit vigied --no-pager | tail -n 20
        fail "systemd: FAILED — $what"
    }
    say "systemd: $what"
}
# What systemd says of the service.
property() { inside systemctl show --property "$1" --value vigied; }
is_hardened() {
    local status
    status=$(inside cat "/proc/$(property MainPID)/status")
    grep -q '^CapEff:\s*0000000000000000$' <<<"$status" &&
        grep -q '^NoNewPrivs:\s*1$' <<<"$status" && grep -q '^Seccomp:\s*2$' <<<"$status" &&
        ! grep -q '^Uid:\s*0\s' <<<"$status"
}
score() {
    inside sh -c 'vigie health --wait &&
        vigie score /usr/share/doc/vigie/examples/companies.csv -o csv; test $? = 2'
}

make_bare_debian "$root" "$base"
cp "$package" "$root/srv/one.deb"
cp "$upgrade" "$root/srv/two.deb"
chroot "$root" "${environment[@]}" sh -c 'apt-get -qq update &&
    apt-get -qq -y --no-install-recommends install systemd systemd-sysv dbus \
        $(dpkg-deb -f /srv/one.deb Depends | tr , "\n" | sed "s/ (.*//")' >"$scratch/log" 2>&1 ||
    fail "systemd: cannot install it:" "$(tail -n 3 "$scratch/log")"
umount "$root/proc"

systemd-nspawn --directory "$root" --private-network --register=no --keep-unit --boot \
    --console=pipe </dev/null >"$scratch/boot.log" 2>&1 &
machine_pid=$!
for ((tries = 0; tries < 120; tries++)); do
    leader=$(pgrep -P "$machine_pid" | head -n 1)
    if [[ -n $leader ]] && inside systemctl is-system-running 2>/dev/null |
        grep -qE 'running|degraded'; then
        break
    fi
    sleep 0.5
done
((tries < 120)) || fail "systemd: it does not boot:" "$(tail -n 5 "$scratch/boot.log")"

check "installed" inside dpkg --install /srv/one.deb
check "the service runs" inside systemctl is-active vigied
check "without a capability, as its own user, behind a filter of system calls" is_hardened
check "and scores a file" score
first=$(property MainPID)
check "systemd was told" test "$(property StatusText)" = Serving.
shown() {
    inside sh -c 'openssl s_client -connect 127.0.0.1:7443 -alpn h2 </dev/null 2>/dev/null |
        openssl x509 -noout -fingerprint'
}
before=$(shown)
check "a certificate changes by a reload" inside sh -c 'cd /etc/vigie && openssl req -x509 \
    -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout server.key -out server.pem &&
    systemctl reload vigied'
check "and is shown from then on" test "$(shown)" != "$before"
check "by the same process" test "$(property MainPID)" = "$first"
check "restarted" inside systemctl restart vigied
check "and scores again" score
check "it comes back when it is killed" inside sh -c 'kill -KILL $(systemctl show -p MainPID \
    --value vigied); for i in $(seq 100); do sleep 0.1; vigie health && break; done'
second=$(property MainPID)
check "a new server takes over while the old one finishes its calls" inside sh -c '
    vigie bench --mode unary --duration 8s --connections 8 & bench=$!; sleep 2
    systemctl kill --kill-who=main --signal=USR2 vigied && wait $bench'
check "which systemd has for the main process" test "$(property MainPID)" != "$second" \
    -a "$(property ActiveState)" = active -a "$(property StatusText)" = Serving.
second=$(property MainPID)
check "upgraded under calls, of which none is lost" inside sh -c '
    vigie bench --mode unary --duration 15s --connections 8 & bench=$!; sleep 2
    dpkg --install /srv/two.deb && wait $bench'
check "which started the new one" test "$(property MainPID)" != "$second" -a "$second" != "$first"
check "and scores after the upgrade" score
check "it was not restarted for that" test "$(property NRestarts)" -le 1
check "systemd holds the address when asked to, and a restart refuses nobody" inside sh -c '
    systemctl stop vigied && systemctl enable --quiet --now vigied.socket &&
    systemctl start vigied || exit 1
    for try in $(seq 40); do vigie health >/dev/null || exit 1; sleep 0.1; done & asking=$!
    sleep 1; systemctl restart vigied && wait $asking &&
    journalctl --unit vigied --no-pager | grep -q "passes sockets" &&
    systemctl disable --quiet --now vigied.socket vigied && systemctl enable --quiet --now vigied'
check "a setting that is wrong stops it once and for all" inside sh -c '
    sed -i "s/}/, \"thread\": 1}/" /etc/vigie/vigied.json; ! systemctl restart vigied ||
    sleep 1; test "$(systemctl show -p ExecMainStatus --value vigied)" = 78 &&
    test "$(systemctl show -p NRestarts --value vigied)" -le 1 &&
    sed -i "s/, \"thread\": 1}/}/" /etc/vigie/vigied.json && systemctl restart vigied'
check "removed" inside dpkg --remove vigie
check "the service is gone" inside sh -c '! systemctl is-active vigied'
check "purged" inside dpkg --purge vigie
check "nothing of it is left but the certificate of one's own" inside sh -c '
    ! getent passwd vigie && test ! -e /etc/vigie/vigied.json && test ! -e /var/lib/vigie &&
    test -e /etc/vigie/server.pem &&
    test -z "$(systemctl list-unit-files --no-legend vigied.service)"'
inside systemctl poweroff
wait "$machine_pid"
machine_pid=
say "systemd: passed"

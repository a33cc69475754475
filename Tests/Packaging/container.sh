#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Carries out the steps of the Containerfile in a bare Debian, as an engine would, and runs what
# comes of it: as its user, without a capability, on a root that is read-only. As root.
# Usage: container.sh DIRECTORY [BASE]   (DIRECTORY of the package; BASE: a bare Debian 12)
set -u
cd "$(dirname "$0")/../.." || exit 1
. Tests/Support/common.sh
. Tests/Packaging/bare.sh
with_own_mounts "$PWD/Tests/Packaging/container.sh" "$@"

readonly context=$(realpath "$1") base=${2-}
readonly steps=Sources/Packaging/container/Containerfile
readonly scratch=$VIGIE_SCRATCH root=$VIGIE_SCRATCH/root
server_pid=

# Whatever happens: no server is left behind.
trap '[[ -z $server_pid ]] || kill "$server_pid" 2>/dev/null' EXIT
trap 'exit 130' INT TERM

make_bare_debian "$root" "$base"

environment=(PATH=/usr/sbin:/usr/bin:/sbin:/bin)
user=
entry=()
# One instruction a line, as an engine reads them.
while read -r instruction rest; do
    case $instruction in
    FROM) [[ $rest == debian:12-slim ]] || fail "container: FROM $rest is not tried here." ;;
    COPY) (cd "$context" && cp ${rest% *} "$root${rest##* }") || fail "container: COPY $rest" ;;
    RUN)
        chroot "$root" env -i "${environment[@]}" sh -c "$rest" >"$scratch/log" 2>&1 ||
            fail "container: RUN $rest" "$(tail -n 5 "$scratch/log")"
        ;;
    ENV) read -ra more <<<"$rest" && environment+=("${more[@]}") ;;
    USER) user=$rest ;;
    ENTRYPOINT) read -ra entry <<<"$(tr -d '[],"' <<<"$rest" | sed 's/  */ /g')" ;;
    EXPOSE | STOPSIGNAL) ;;
    *) fail "container: the instruction $instruction is not known here." ;;
    esac
done < <(grep -v '^#' "$steps" | sed -e ':a' -e '/\\$/N; s/\\\n//; ta')
say "container: all steps were carried out"

[[ -z $(find "$root/etc/vigie" -name '*.key') ]] || fail "container: FAILED — a key is in the image"
mkdir -p "$root/etc/vigie/tls" "$scratch/tls"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$scratch/tls/tls.key" \
    -out "$scratch/tls/tls.crt" 2>/dev/null
chgrp "${user#*:}" "$scratch/tls/tls.key" && chmod 440 "$scratch/tls/tls.key"
mount --rbind "$root" "$root" && mount --bind "$scratch/tls" "$root/etc/vigie/tls"
mount -o remount,ro,bind "$root" || fail "container: cannot make the root read-only."
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
chroot "$root" setpriv --reuid "${user%:*}" --regid "${user#*:}" --clear-groups \
    --bounding-set=-all --no-new-privs env -i "${environment[@]}" "VIGIED_LISTEN=127.0.0.1:$port" \
    "${entry[@]}" >"$scratch/server.log" 2>&1 &
server_pid=$!
chroot "$root" env -i VIGIE_SERVER="127.0.0.1:$port" VIGIE_CA_CERT=/etc/vigie/tls/tls.crt \
    sh -c 'vigie health --wait &&
        vigie score /usr/share/doc/vigie/examples/companies.csv -o csv; test $? = 2' \
    >"$scratch/scores" || fail "container: FAILED — no scores" "$(cat "$scratch/server.log")"
kill -TERM "$server_pid" && wait "$server_pid" || fail "container: FAILED — it ended badly"
server_pid=
say "container: passed — $(($(wc -l <"$scratch/scores") - 1)) companies scored as user $user," \
    "$(du -sm --exclude=proc "$root" | cut -f1) MiB with Debian"

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Shows the whole thing at work, from nothing: builds the server and the command
# line tool, makes a throwaway certificate, starts the server on loopback with its
# bundled model, scores a file of companies over TLS, measures, stops the server.
set -u
cd "$(dirname "$0")/../.." || exit 1
. Tests/Support/common.sh

readonly samples=Clients/CLI/Samples/companies.csv
server_pid=

# Whatever happens: no server and no key is left behind.
clean_up() {
    if [[ -n $server_pid ]]; then
        kill "$server_pid" 2>/dev/null
        wait "$server_pid" 2>/dev/null
    fi
    rm -rf "$scratch"
}

# Ends the demo as failed, with the server's own words.
fail_demo() {
    if [[ -s $scratch/server.log ]]; then
        say "The server said:"
        tail -n 20 "$scratch/server.log"
    fi
    fail "demo: FAILED — $*"
}

# Makes a CA and a certificate for localhost that it signed, for two days.
make_certificates() {
    local key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2)
    openssl req -x509 "${key[@]}" -subj "/CN=Vigie demo CA" \
        -keyout "$scratch/ca.key" -out "$scratch/ca.pem" &&
        openssl req -x509 "${key[@]}" -subj "/CN=localhost" \
            -CA "$scratch/ca.pem" -CAkey "$scratch/ca.key" \
            -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" \
            -addext "basicConstraints=critical,CA:FALSE" \
            -keyout "$scratch/server.key" -out "$scratch/server.pem"
}

# The command line tool, told where the server is and whom to trust.
vigie() { "$programs/vigie" "$@" --server "127.0.0.1:$port" --ca-cert "$scratch/ca.pem"; }

Tests/Support/setup.sh || fail "demo: FAILED — setup"
scratch=$(mktemp -d) || fail "demo: FAILED — no temporary directory"
trap clean_up EXIT
trap 'exit 130' INT TERM

# Of what is shown and not measured, most is not optimised: that takes twice as long to build.
VIGIE_QUICK_BUILD=1 Tests/Support/build.sh || fail_demo "build"
programs=$PWD/.build/quick/release

say ""
say "demo: making a certification authority and a server certificate for two days"
make_certificates >"$scratch/openssl.log" 2>&1 || {
    cat "$scratch/openssl.log"
    fail_demo "certificates"
}

# A port that is free now; python3 is among the packages of the setup.
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])') || fail_demo "no free port"
say "demo: starting vigied on 127.0.0.1:$port with its bundled model"
"$programs/vigied" serve --listen "127.0.0.1:$port" \
    --tls-cert "$scratch/server.pem" --tls-key "$scratch/server.key" \
    >"$scratch/server.log" 2>&1 &
server_pid=$!
vigie health --wait || fail_demo "the server did not get healthy"
say ""

readonly companies=Clients/CLI/Samples/Companies
for each in --summary "--siren 999200025"; do
    say "demo: vigie assess $companies --as-of 2025-12-31 $each"
    # shellcheck disable=SC2086 # two words where there are two
    "$programs/vigie" assess "$companies" --as-of 2025-12-31 $each || fail_demo "assessing"
    say ""
done

readonly policies=Clients/CLI/Samples/Policies
for policy in cautious-supplier export-wholesaler; do
    say "demo: vigie decide $policies/$policy --papers $companies --summary"
    "$programs/vigie" policy check "$policies/$policy" || fail_demo "checking a policy"
    "$programs/vigie" decide "$policies/$policy" --papers "$companies" --as-of 2025-12-31 \
        --facts "$policies/trade-of-$policy.csv" --summary || fail_demo "deciding"
    say ""
done

say "demo: vigie score $samples --reasons 3 --output table"
vigie score "$samples" --reasons 3 --output table
# 2 says that some rows have no score: one of the companies gives no total assets.
[[ $? == [02] ]] || fail_demo "scoring"

say ""
say "demo: vigie bench"
vigie bench || fail_demo "bench"

say ""
say "demo: stopping the server"
kill -TERM "$server_pid"
wait "$server_pid"
result=$?
server_pid=
((result == 0)) || fail_demo "the server ended with exit code $result instead of 0"
say "demo: passed — scored $(($(wc -l <"$samples") - 1)) companies over TLS in" \
    "$((SECONDS / 60)) min $((SECONDS % 60)) s, build included"

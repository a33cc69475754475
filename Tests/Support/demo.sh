#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Shows the whole thing at work, from nothing: builds the server and the command
# line tool, makes a throwaway certificate, starts the server on loopback with its
# bundled model, scores a file of companies over TLS, fills a portfolio of made-up
# companies and takes a picture of its page, measures, stops the server.
# With --live it does nothing but fill the portfolio, prints a link to its page and
# waits until it is interrupted.
set -u
cd "$(dirname "$0")/../.." || exit 1
. Tests/Support/common.sh

readonly samples=Clients/CLI/Samples/companies.csv
readonly policies=Clients/CLI/Samples/Policies
readonly picture=.build/demo/page.png
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

# The command line tool, told where the server is, whom to trust and who asks.
vigie() {
    "$programs/vigie" "$@" --server "localhost:$port" --ca-cert "$scratch/ca.pem" \
        ${token:+--token-file "$token"}
}

# Makes the sample policy hold, which takes two persons, and says what is so of the seller.
make_policies() {
    mkdir "$scratch/policies" && cp -r "$policies/cautious-supplier" "$scratch/policies" &&
        "$programs/vigie" policy activate "$scratch/policies/cautious-supplier" \
            --from 2025-01-01 --as eva &&
        "$programs/vigie" policy approve "$scratch/policies/cautious-supplier" --as otto &&
        echo '{"own_turnover": 14000000}' >"$scratch/own.json"
}

# Brings in the portfolio of made-up companies, and tells its figures.
fill_portfolio() {
    python3 Tests/Support/demo_portfolio.py "https://localhost:$port" "$scratch/ca.pem" \
        "$scratch/store.sqlite" ${token:+"$token"}
}

# Takes a picture of the page, where a browser is found that can.
take_picture() {
    local browser
    browser=$(command -v chromium || command -v chromium-browser)
    if [[ -z $browser ]]; then
        say "  For a picture of the page install chromium; make demo-live shows it in your browser."
        return
    fi
    mkdir -p "${picture%/*}" && rm -f "$picture"
    python3 Tests/Support/page_picture.py "$browser" "https://localhost:$port/" "$picture" \
        "$scratch/browser" || fail_demo "the browser took no picture"
    say "  a picture of its page is $picture"
}

# Shows the page for as long as somebody looks.
show_live() {
    say "demo: a portfolio of made-up companies"
    fill_portfolio || fail_demo "the portfolio"
    say ""
    say "Open this link, once and within five minutes; the browser will warn of a certificate"
    say "that nobody knows. Stop with Control-C."
    vigie dashboard open || fail_demo "the link"
    wait "$server_pid"
}

live=no token=
[[ ${1-} != --live ]] || live=yes
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
make_policies >"$scratch/policies.log" 2>&1 || {
    cat "$scratch/policies.log"
    fail_demo "a policy that holds"
}
access=()
if [[ $live == yes ]]; then
    token=$scratch/token access=(--tokens "$scratch/tokens.json")
    (umask 077 && "$programs/vigied" token issue --tokens "$scratch/tokens.json" \
        --identity "${USER:-you}" --role operate >"$token") || fail_demo "a token"
fi
say "demo: starting vigied on localhost:$port with its bundled model"
"$programs/vigied" serve --listen "localhost:$port" \
    --tls-cert "$scratch/server.pem" --tls-key "$scratch/server.key" --web on \
    --store "$scratch/store.sqlite" --policies "$scratch/policies" \
    --policy-facts "$scratch/own.json" "${access[@]}" \
    >"$scratch/server.log" 2>&1 &
server_pid=$!
vigie health --wait || fail_demo "the server did not get healthy"
say ""
if [[ $live == yes ]]; then
    show_live
    exit
fi

readonly companies=Clients/CLI/Samples/Companies
for each in --summary "--siren 999200025"; do
    say "demo: vigie assess $companies --as-of 2025-12-31 $each"
    # shellcheck disable=SC2086 # two words where there are two
    "$programs/vigie" assess "$companies" --as-of 2025-12-31 $each || fail_demo "assessing"
    say ""
done

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
say "demo: a portfolio of made-up companies, with accounts, ledgers and six weeks of history"
fill_portfolio || fail_demo "the portfolio"
take_picture
say "  make demo-live shows its page"

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

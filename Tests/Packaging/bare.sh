# SPDX-License-Identifier: Apache-2.0
#
# A bare Debian in a directory, for the scripts beside this one. Sourced, not run; as root.

# Runs the script once more with mounts of its own, which end with it, and then deletes all it made.
with_own_mounts() {
    [[ -z ${VIGIE_SCRATCH-} ]] || return 0
    local made code
    made=$(mktemp -d) || fail "cannot make a temporary directory."
    # On SIGINT and SIGTERM both end, and this one still cleans up.
    trap : INT TERM
    VIGIE_SCRATCH=$made unshare --mount --propagation private "$@"
    code=$?
    rm -rf "$made"
    exit "$code"
}

# Puts a bare Debian 12 into $1: a copy of $2, or one that is made now.
make_bare_debian() {
    if [[ -n $2 ]]; then
        cp -a "$2" "$1"
    else
        debootstrap --variant=minbase bookworm "$1" >"$VIGIE_SCRATCH/log" 2>&1 ||
            fail "no bare Debian:" "$(tail -n 3 "$VIGIE_SCRATCH/log")"
    fi
    cp /etc/resolv.conf "$1/etc/"
    cp /etc/apt/apt.conf.d/*registry* "$1/etc/apt/apt.conf.d/" 2>/dev/null
    mount -t proc proc "$1/proc" || fail "cannot mount /proc in $1; be root."
}

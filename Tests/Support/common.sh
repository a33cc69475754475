# SPDX-License-Identifier: Apache-2.0
#
# What the scripts in this directory share. Sourced, not run.

# Prints a line about progress.
say() { printf '%s\n' "$*"; }

# Prints each argument as a line of an error and ends the script.
fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes the Debian package of vigied and vigie out of a release build, with no more than dpkg-dev,
# binutils and patchelf. It brings the run-time libraries of Swift along, so whoever installs it
# needs no Swift.
# Usage: deb.sh [DIRECTORY]   (where the package goes; .build/packages unless given)
# VIGIE_BUILD_DIRECTORY names another build, VIGIE_DEB_VERSION another version.
set -eu
cd "$(dirname "$0")/../.."
. Tests/Support/common.sh

readonly here=Sources/Packaging
readonly output=${1:-.build/packages}

for tool in dpkg-deb dpkg-shlibdeps strip patchelf python3 gzip; do
    command -v "$tool" >/dev/null ||
        fail "deb: no '$tool' in PATH. As root: apt-get install dpkg-dev binutils patchelf python3"
done

programs=${VIGIE_BUILD_DIRECTORY:-$(swift build -c release --show-bin-path)}
[[ -x $programs/vigied && -x $programs/vigie ]] || fail "deb: no release build: run 'make build'."
version=${VIGIE_DEB_VERSION:-$("$programs/vigied" --version)}
architecture=$(dpkg --print-architecture)
# The same commit gives the same bytes.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

scratch=$(mktemp -d) || fail "deb: cannot make a temporary directory."
trap 'rm -rf "$scratch"' EXIT
readonly root=$scratch/root
umask 022

# Copies the programs, and the libraries that come from the toolchain and not from Debian.
install_programs() {
    local library place=$root/usr/lib/vigie
    mkdir -p "$place" "$root/usr/bin"
    install -m 755 "$programs/vigied" "$programs/vigie" "$place"
    ldd "$programs/vigied" "$programs/vigie" | awk '/\/swift\/linux\//{ print $3 }' | sort -u |
        while read -r library; do install -m 644 "$library" "$place"; done
    strip --strip-unneeded "$place"/*
    # Whatever Swift is installed, these are the libraries that the programs were built with.
    patchelf --set-rpath /usr/lib/vigie "$place"/*
    ln -s ../lib/vigie/vigied ../lib/vigie/vigie "$root/usr/bin"
}

# Completions and pages of the manual, as the programs themselves tell them.
install_help() {
    local bash=$root/usr/share/bash-completion/completions section
    local zsh=$root/usr/share/zsh/vendor-completions fish=$root/usr/share/fish/vendor_completions.d
    mkdir -p "$bash" "$zsh" "$fish" "$root/usr/share/man/man1" "$root/usr/share/man/man8"
    for program in vigie vigied; do
        # It is read by a shell and not run.
        "$programs/$program" --generate-completion-script bash | sed '1{/^#!/d}' >"$bash/$program"
        "$programs/$program" --generate-completion-script zsh >"$zsh/_$program"
        "$programs/$program" --generate-completion-script fish >"$fish/$program.fish"
        section=1
        [[ $program == vigie ]] || section=8
        "$programs/$program" --experimental-dump-help |
            python3 "$here/man_pages.py" "$section" "$version" "$SOURCE_DATE_EPOCH" |
            gzip -9n >"$root/usr/share/man/man$section/$program.$section.gz"
    done
}

install_texts() {
    local doc=$root/usr/share/doc/vigie
    mkdir -p "$doc/examples" "$root/etc/vigie" "$root/lib/systemd/system"
    install -m 644 "$here"/deb/vigied.{service,socket} "$root/lib/systemd/system"
    install -m 644 "$here/deb/vigied.json" "$root/etc/vigie"
    install -m 644 "$here/deb/copyright" NOTICE "$doc"
    install -m 644 Clients/CLI/Samples/companies.csv "$doc/examples"
    # The settings that are required are told as missing, after all settings: that is no fault here.
    { "$programs/vigied" serve --print-config 2>/dev/null || true; } |
        python3 "$here/example_settings.py" >"$doc/examples/vigied.json"
    gzip -9nc CHANGELOG.md >"$doc/changelog.gz"
    sed -e "s/@VERSION@/$version/" -e "s/@DATE@/$(date -uRd "@$SOURCE_DATE_EPOCH")/" \
        "$here/deb/changelog" | gzip -9n >"$doc/changelog.Debian.gz"
    cp -r "$here/proxies" "$here/kubernetes" "$here/monitoring" \
        Clients/CLI/Samples/Policies "$doc/examples/"
}

# What the programs need of Debian, by the libraries that they are linked with.
dependencies() {
    mkdir -p "$scratch/debian"
    printf 'Source: vigie\n\nPackage: vigie\nArchitecture: any\n' >"$scratch/debian/control"
    (cd "$scratch" && dpkg-shlibdeps -O --ignore-missing-info -l"$root/usr/lib/vigie" \
        root/usr/lib/vigie/* 2>shlibdeps.log) | sed -n 's/^shlibs:Depends=//p'
}

write_control() {
    local size needs
    mkdir "$root/DEBIAN"
    needs=$(dependencies)
    [[ $needs == *libc6* ]] ||
        fail "deb: cannot tell what the programs need:" "$(cat "$scratch/shlibdeps.log")"
    size=$(du -sk --apparent-size "$root" | cut -f1)
    sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" \
        -e "s/@DEPENDS@/$needs/" "$here/deb/control" >"$root/DEBIAN/control"
    echo /etc/vigie/vigied.json >"$root/DEBIAN/conffiles"
    install -m 755 "$here"/deb/{postinst,prerm,postrm} "$root/DEBIAN"
    (cd "$root" && find usr lib -type f -print0 | sort -z | xargs -0 md5sum) \
        >"$root/DEBIAN/md5sums"
}

install_programs
install_help
install_texts
write_control
mkdir -p "$output"
readonly package=$output/vigie_${version}_$architecture.deb
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
say "deb: $package, $(du -k "$package" | cut -f1) KiB"

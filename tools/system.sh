#!/bin/sh
# Brings the programs that only tests want: other people's tools that check ours (age, openssl, ripgrep, poppler), strace for
# fault injection, bubblewrap, and fonts for scripts the package does not carry.
set -eu
wanted="age openssl ripgrep poppler-utils strace bubblewrap fonts-noto-core"
if ! command -v apt-get >/dev/null 2>&1; then
    echo "make system knows Debian and Ubuntu. Here, install by hand what you want tested: $wanted"
    exit 0
fi
missing=""
for package in $wanted; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null

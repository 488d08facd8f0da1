#!/bin/sh
# Install the Debian packages named as arguments, those that are missing, as root or through sudo.
set -eu

missing=
for package in "$@"; do
    if ! dpkg-query --show --showformat '${Status}\n' "$package" 2>/dev/null | grep -q ' installed$'; then
        missing="$missing $package"
    fi
done
if [ -z "$missing" ]; then
    exit 0
fi

if ! command -v apt-get >/dev/null; then
    echo "This system has no apt-get. Install what corresponds to Debian's:$missing" >&2
    exit 1
fi
root=
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Ask an administrator, or do as root: apt-get install$missing" >&2
        exit 1
    fi
    root=sudo
fi

echo "Installing from Debian:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A fresh machine has no package lists, an old one has lists of versions that are gone.
if ! { $root apt-get update &&
    $root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $missing; } \
    >"$log" 2>&1; then
    cat "$log" >&2
    echo "Debian's packages could not be installed. Do by hand: apt-get install$missing" >&2
    exit 1
fi

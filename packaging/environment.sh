#!/bin/sh
# Make the virtual environment in directory $1 with the first Python that is new enough.
# Needs neither root nor a network, but where Debian split "venv" off from its Python.
set -eu
venv=$1

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if new_enough "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi

python=
for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3.14 python3; do
    if new_enough "$name"; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "No Python 3.11 or later was found (looked for python3.11 to python3.14 and python3)." >&2
    echo "Install one, on Debian with: apt-get install python3 python3-venv" >&2
    echo "If it lies elsewhere, say where: make PYTHON=/path/to/python3.11 ..." >&2
    exit 1
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "$python comes without ensurepip, which Debian keeps in the package python$version-venv."
    "$(dirname "$0")/system.sh" "python$version-venv"
fi

echo "Making $venv with $("$python" --version)"
rm -rf "$venv"
"$python" -m venv "$venv"

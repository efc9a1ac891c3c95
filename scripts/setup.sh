#!/bin/sh
# Builds the virtual environment from the hashed lock: with uv, installed here or fetched for it, else with pip.
set -eu
PYTHON="${PYTHON:-python3}"
VENV="${VENV:-.venv}"
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

say() { printf '%s\n' "$*" >&2; }

if ! "$PYTHON" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
    say "Perlu Python 3.11, 3.12, atau 3.13. Pasang, atau sebutkan letaknya: make report PYTHON=/jalan/ke/python3"
    say "Python 3.11, 3.12 or 3.13 is needed. Install it, or name it: make report PYTHON=/path/to/python3"
    exit 1
fi

if command -v uv >/dev/null 2>&1; then
    say "Menyiapkan $VENV dengan uv ... / Setting up $VENV with uv ..."
    [ -x "$VENV/bin/python" ] || uv venv --quiet --python "$PYTHON" "$VENV"
    uv pip sync --quiet --python "$VENV/bin/python" --require-hashes requirements.lock
    uv pip install --quiet --python "$VENV/bin/python" --no-deps --no-build-isolation --editable .
    exit 0
fi

if ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
    say "Modul venv tidak ada. Pada Debian/Ubuntu: sudo apt install python3-venv"
    say "The venv module is missing. On Debian/Ubuntu: sudo apt install python3-venv"
    exit 1
fi
say "Menyiapkan $VENV ... / Setting up $VENV ..."
[ -x "$VENV/bin/python" ] || "$PYTHON" -m venv "$VENV"
pip() { "$VENV/bin/python" -m pip "$@"; }

# uv needs seconds where pip needs a minute or two, but knows nothing of an index of one's own that pip was told of.
with_uv() {
    ! pip config list 2>/dev/null | grep -qE '\.(index-url|no-index)=' || return 1
    pip install --quiet --no-compile --require-hashes --no-deps --upgrade --target "$VENV/uv" \
        -r "$here/uv-requirements.txt" || return 1
    UV_HTTP_TIMEOUT="${UV_HTTP_TIMEOUT:-20}" UV_HTTP_RETRIES="${UV_HTTP_RETRIES:-1}" \
        "$VENV/uv/bin/uv" pip install --quiet --python "$VENV/bin/python" --require-hashes --no-deps -r requirements.lock
}

# Most of what comes along is never imported: Python compiles the rest when it first reads it.
if ! with_uv 2>/dev/null; then
    say "Dengan pip, beberapa menit ... / With pip, a few minutes ..."
    pip install --quiet --no-compile --require-hashes --no-deps -r requirements.lock
fi
pip install --quiet --no-deps --no-build-isolation --editable .

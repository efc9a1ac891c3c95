#!/bin/sh
# Builds the virtual environment from the hashed lock: with uv where it is installed, else with venv and pip.
set -eu
PYTHON="${PYTHON:-python3}"
VENV="${VENV:-.venv}"

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
say "Menyiapkan $VENV dengan pip (sekitar satu menit) ... / Setting up $VENV with pip (about a minute) ..."
[ -x "$VENV/bin/python" ] || "$PYTHON" -m venv "$VENV"
# Most of what comes along is never imported: Python compiles the rest when it first reads it.
"$VENV/bin/python" -m pip install --quiet --no-compile --require-hashes --no-deps -r requirements.lock
"$VENV/bin/python" -m pip install --quiet --no-deps --no-build-isolation --editable .

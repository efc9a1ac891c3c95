#!/bin/sh
# What the browser tests need beside .venv: Chromium, LibreOffice Writer and Calc, Node and two checkers, the last into
# .browser/ (not in git).
# On a fresh Debian machine run it as root; nothing is installed that is already there.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
target=${KSD_BROWSER_TESTS:-"$here/.browser"}

missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v node >/dev/null 2>&1 || missing="$missing nodejs"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
ls /usr/lib/libreoffice/program/libswlo.so >/dev/null 2>&1 || missing="$missing libreoffice-writer"
ls /usr/lib/libreoffice/program/libsclo.so >/dev/null 2>&1 || missing="$missing libreoffice-calc"
if [ -n "$missing" ]; then
    if [ "$(id -u)" -ne 0 ]; then
        echo "Missing:$missing. Run as root, or: sudo apt-get install -y$missing" >&2
        exit 1
    fi
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
fi

mkdir -p "$target"
if ! cmp -s "$here/tests/browser/package.json" "$target/.installed"; then
    cp "$here/tests/browser/package.json" "$target/package.json"
    npm install --prefix "$target" --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error
    cp "$here/tests/browser/package.json" "$target/.installed"
fi

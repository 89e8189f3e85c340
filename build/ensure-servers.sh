#!/bin/sh
# Sees to it that the servers the tests talk to can be started: ensure-servers.sh redis [memcached ...]
# A Docker engine serves them all. Without one, a missing binary is installed where that can be done without asking
# (Debian or Ubuntu, as root); elsewhere one sentence says what to install. Prints nothing when nothing is missing.
set -eu

docker_answers() {
    if command -v docker >/dev/null 2>&1; then
        docker info >/dev/null 2>&1
    else
        [ -n "${DOCKER_HOST:-}" ] || [ -S /var/run/docker.sock ]
    fi
}

can_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1
}

# RUNLEVEL=1 keeps the package from starting a service nobody asked for.
apt_install() {
    DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get -qq -y -o DPkg::Lock::Timeout=120 --no-install-recommends install "$@" >/dev/null 2>&1
}

missing=''
for server in "$@"; do
    case $server in
        redis) binary=redis-server ;;
        memcached) binary=memcached ;;
        *) echo "ensure-servers.sh: unknown server '$server', known are: redis memcached" >&2; exit 2 ;;
    esac
    command -v "$binary" >/dev/null 2>&1 || missing="$missing $binary"
done

# The packages of Debian are named like their binaries.
if [ -z "$missing" ] || docker_answers; then
    exit 0
fi
if can_install; then
    echo "Installing for the tests:$missing"
    # shellcheck disable=SC2086
    if apt_install $missing || { apt-get -qq update >/dev/null 2>&1 && apt_install $missing; }; then
        exit 0
    fi
fi
echo "The tests need$missing: start a Docker engine, or install it (Debian and Ubuntu: apt-get install$missing)." >&2
exit 1

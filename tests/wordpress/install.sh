#!/bin/sh
# What the tests against a real WordPress need, on Debian or Ubuntu; run by hand, as root: make wordpress-install
#
# Installs by apt: php-cli, php-mysql, php-xml, php-mbstring, php-gd, mariadb-server-core, with what they depend on.
# None of them starts a service. Unpacks into build/wordpress, without installing them (they would bring Apache):
# wordpress and its three newest themes. To undo: apt remove these packages, rm -r build/wordpress.
set -eu
packages="php-cli php-mysql php-xml php-mbstring php-gd mariadb-server-core"
unpacked="wordpress wordpress-theme-twentytwentyone wordpress-theme-twentytwentytwo wordpress-theme-twentytwentythree"
folder=$(cd "$(dirname "$0")/../.." && pwd)/build/wordpress

command -v apt-get >/dev/null || { echo "needs apt-get (Debian, Ubuntu)" >&2; exit 1; }
echo "installs: $packages"
echo "unpacks:  $unpacked -> $folder"
# shellcheck disable=SC2086 # lists of packages
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages
mkdir -p "$folder/packages"
cd "$folder/packages"
# shellcheck disable=SC2086
apt-get download $unpacked
for package in ./*.deb; do
    dpkg-deb -x "$package" "$folder"
done
rm -r "$folder/packages"
echo "done; the tests: make wordpress"

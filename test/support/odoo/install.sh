#!/bin/bash
# Puts a real Odoo 19 into DIR for the system tests: the Debian package unpacked (not installed), a Python venv and a
# PostgreSQL cluster with an initialised database. Needs apt-get, dpkg-deb, python3 with venv, and this repository's
# node_modules. About two minutes and 1 GB; a second run does nothing. Usage: install.sh [DIR]
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
DIR=${1:-${MAILROOM_ODOO_DIR:-$HOME/.cache/mailroom/odoo}}
REQUIREMENTS=(asn1crypto babel cbor2 chardet cryptography decorator docutils freezegun geoip2 'gevent<25' greenlet idna
  Jinja2 libsass 'lxml<6' lxml-html-clean MarkupSafe num2words ofxparse openpyxl passlib 'Pillow<12' polib psutil
  psycopg2-binary pyopenssl pypdf PyPDF2 pyserial python-dateutil python-stdnum 'pytz<2025' pyusb qrcode 'reportlab<5'
  requests rjsmin 'urllib3<3' vobject 'Werkzeug<3.1' xlrd XlsxWriter xlwt zeep python-magic 'setuptools<81')

say() { echo "odoo: $*" >&2; }
missing() { say "cannot be had here: $*"; exit 3; }

fetch_server() {
  local mirror odoo=./usr/lib/python3/dist-packages/odoo opt
  # The machine's own mirror: only the suite differs, since Odoo 19 is packaged in sid alone.
  mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -v '^ *#' | grep -v security |
    grep -oE 'https?://[^ ]+/debian(/[0-9TZ]+)?' | head -1 || true)
  [ -n "$mirror" ] || missing "no Debian mirror in the apt sources"
  rm -rf apt server && mkdir -p apt/lists/partial apt/cache/archives/partial server
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" > apt/sources.list
  opt=(-q -o "Dir::Etc::sourcelist=$DIR/apt/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$DIR/apt/lists"
    -o "Dir::Cache=$DIR/apt/cache" -o APT::Sandbox::User=root -o Acquire::Check-Valid-Until=false)
  apt-get "${opt[@]}" update > apt/log 2>&1 || missing "apt-get update failed, see $DIR/apt/log"
  (cd apt && apt-get "${opt[@]}" download odoo-19 >> log 2>&1) || missing "no package odoo-19, see $DIR/apt/log"
  dpkg-deb --fsys-tarfile apt/odoo-19_*_all.deb > apt/o.tar
  tar -x -C server --exclude="$odoo/addons/*" -f apt/o.tar "$odoo"
  sed "s|^|$odoo/addons/|" "$HERE/odoo-modules.txt" > apt/modules
  tar -x -C server --exclude='*/i18n/*' -f apt/o.tar -T apt/modules
  # The base data refers to every module's manifest, installed or not.
  tar -x -C server --wildcards -f apt/o.tar "$odoo/addons/*/__manifest__.py" "$odoo/addons/*/__init__.py"
  rm -rf apt
}

install_python() {
  rm -rf venv && python3 -m venv venv
  venv/bin/pip install -q --disable-pip-version-check "${REQUIREMENTS[@]}" > pip.log 2>&1 ||
    missing "pip failed, see $DIR/pip.log"
}

write_launcher() {
  cat > odoo.new <<LAUNCHER
#!/bin/bash
cd "$DIR"; export PYTHONPATH="$DIR/server/usr/lib/python3/dist-packages" LC_ALL=C.UTF-8
exec "$DIR/venv/bin/python" -m odoo "\$@"
LAUNCHER
  chmod +x odoo.new && mv odoo.new odoo
}

for tool in apt-get dpkg-deb python3 node flock; do command -v $tool > /dev/null || missing "no $tool"; done
mkdir -p "$DIR"; DIR=$(cd "$DIR" && pwd); cd "$DIR"
exec 9> lock; flock 9
hash() { sha256sum | cut -d' ' -f1; }
done_with() { [ "$(cat "$1" 2> /dev/null || true)" = "$2" ]; }
MODULES=$(hash < "$HERE/odoo-modules.txt")
PYTHON=$( (python3 --version; echo "${REQUIREMENTS[@]}") | hash)
STAMP=$(cat "$HERE"/{install.sh,odoo-modules.txt,build-template.ts,start-cluster.ts} | hash)
if done_with ready "$STAMP"; then say "already in $DIR"; exit 0; fi
rm -f ready
done_with server.done "$MODULES" || { say "fetching the server"; fetch_server; echo "$MODULES" > server.done; }
done_with venv.done "$PYTHON" || { say "installing its Python packages"; install_python; echo "$PYTHON" > venv.done; }
write_launcher
say "initialising the template database"
(cd "$HERE/../../.." && node --import tsx "$HERE/build-template.ts" "$DIR")
echo "$STAMP" > ready
say "ready in $DIR"

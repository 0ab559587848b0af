#!/bin/bash
# Builds Docker Compose with Go into ~/.cache/mailroom/bin: its `config` checks docker-compose.yml without an engine.
# Needs Go, two to five minutes, 2 GB. A second run does nothing.
set -euo pipefail
VERSION=v2.40.3
TARGET=$HOME/.cache/mailroom/bin/docker-compose
[ ! -x "$TARGET" ] || { echo "compose: already in $TARGET" >&2; exit 0; }
command -v go > /dev/null || { echo "compose: cannot be had here: no go" >&2; exit 3; }
WORK=$(mktemp -d)
trap 'chmod -R u+w "$WORK"; rm -rf "$WORK"' EXIT
mkdir -p "$(dirname "$TARGET")"
# `go install` refuses a module that excludes versions of others, so it is built from its own folder.
SOURCE=$(cd "$WORK" && go mod download -json "github.com/docker/compose/v2@$VERSION" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
cp -r "$SOURCE" "$WORK/compose" && chmod -R u+w "$WORK/compose"
(cd "$WORK/compose" && go build -trimpath -buildvcs=false -o "$TARGET.new" \
  -ldflags "-s -w -X github.com/docker/compose/v2/internal.Version=$VERSION" ./cmd)
mv "$TARGET.new" "$TARGET"
echo "compose: built $TARGET" >&2

#!/bin/bash
# Puts GreenMail, the poor IMAP server of the system tests, into the local Maven repository. Needs java and mvn; a second
# run does nothing.
set -euo pipefail
VERSION=2.1.13
JAR=${MAVEN_REPOSITORY:-$HOME/.m2/repository}/com/icegreen/greenmail-standalone/$VERSION/greenmail-standalone-$VERSION.jar
say() { echo "greenmail: $*" >&2; }
missing() { say "cannot be had here: $*"; exit 3; }

[ -e "$JAR" ] && { say "already in $JAR"; exit 0; }
for tool in java mvn; do command -v $tool > /dev/null || missing "no $tool (apt-get install default-jre-headless maven)"; done
mvn -q -B dependency:get -Dartifact=com.icegreen:greenmail-standalone:$VERSION -Dtransitive=false \
  ${MAVEN_REPOSITORY:+-Dmaven.repo.local="$MAVEN_REPOSITORY"} < /dev/null >&2 || missing "Maven could not fetch it"
[ -e "$JAR" ] || missing "Maven put it elsewhere"
say "ready in $JAR"

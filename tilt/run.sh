#!/bin/sh
# Runs the service, and again each time that /app/changed is newer than its start.
set -u
mark=/tmp/started
trap 'kill "$java" 2>/dev/null; wait "$java"; exit 143' TERM INT
while :; do
  touch "$mark"
  java -jar "${APP:-/app}/quarkus-run.jar" &
  java=$!
  while kill -0 "$java" 2>/dev/null; do
    if [ -n "$(find "${APP:-/app}/changed" -newer "$mark" 2>/dev/null)" ]; then
      kill "$java"
      break
    fi
    sleep 0.3
  done
  wait "$java"
  code=$?
  # 143: told to end, which is how a change is taken up. All else is the pod's to restart.
  [ "$code" = 143 ] || exit "$code"
done

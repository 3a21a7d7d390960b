#!/bin/sh
# Time and resident memory of `plimsoll connections` against pods: connections-curve.sh GENERATOR FOLDER
# GENERATOR is an estate_gen.py; its estates are made below FOLDER. Prints: pods, bytes, then seconds and KiB of csv and of --summary, and the csv's lines.
set -eu
generator=$1 folder=$2
plimsoll=$(cd "$(dirname "$0")/../../../.." && pwd)/plimsoll
"$plimsoll" --version >/dev/null
for pods in 500 1000 2000 5000 10000; do
  estate=$folder/$pods
  [ -e "$estate/c0000.yaml" ] || python3 "$generator" --clusters 1 --pods "$pods" --profile 3 --format yaml --out "$estate" >/dev/null
  line="$pods $(wc -c < "$estate/c0000.yaml")"
  for form in "--format csv" "--summary"; do
    /usr/bin/time -f "%e %M" -o "$folder/time" "$plimsoll" connections "$estate/c0000.yaml" $form > "$folder/answer" 2> "$folder/errors"
    line="$line $(cat "$folder/time")"
    [ "$form" = --summary ] || lines=$(wc -l < "$folder/answer")
  done
  echo "$line $lines"
done

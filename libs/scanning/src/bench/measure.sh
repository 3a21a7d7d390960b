#!/bin/sh
# Times whole commands on the image of demo-image.sh, medians of five, each beside its reference. Needs GNU time.
#   measure.sh FOLDER [TRIVY CACHE]     TRIVY: the peer's program, CACHE: its cache with an (empty) Java index
set -eu
folder=$1
root=$(cd "$(dirname "$0")/../../../.." && pwd)
log=$(mktemp)
run() { # NAME COMMAND...
  name=$1
  shift
  /usr/bin/time -a -o "$log" -f "$name %e %U %M" "$@" > /dev/null 2>&1
}
gunzip_layers() { for blob in "$folder"/layout/blobs/sha256/*; do gzip -dc "$blob" 2> /dev/null || true; done; }
if [ "${1:-}" = --gunzip ]; then folder=$2; gunzip_layers; exit 0; fi
"$root/plimsoll" scan --sbom-only "oci:$folder/layout" > /dev/null
for _ in 1 2 3 4 5; do
  run gzip "$0" --gunzip "$folder"
  run plimsoll-oci "$root/plimsoll" scan --sbom-only --no-secrets "oci:$folder/layout"
  run plimsoll-oci-secrets "$root/plimsoll" scan --sbom-only "oci:$folder/layout"
  run plimsoll-docker "$root/plimsoll" scan --sbom-only --no-secrets "docker-archive:$folder/docker.tar"
  run plimsoll-dir "$root/plimsoll" scan --sbom-only --no-secrets "dir:$folder/rootfs"
  if [ $# -ge 3 ]; then
    # Cold: its layer cache would answer from the run before.
    rm -rf "$3/fanal"
    run trivy-oci "$2" image --cache-dir "$3" --skip-db-update --skip-java-db-update --offline-scan \
      --format cyclonedx --input "$folder/layout"
  fi
done
for name in gzip plimsoll-oci plimsoll-oci-secrets plimsoll-docker plimsoll-dir trivy-oci; do
  grep "^$name " "$log" | sort -k2n | sed -n 3p |
    awk '{printf "%-22s %6.2f s wall  %6.2f s user  %4d MiB\n", $1, $2, $3, $4 / 1024}'
done
rm -f "$log"

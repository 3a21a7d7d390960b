#!/bin/sh
# Makes the image that benchmarks and the end-to-end test read, in the folder named: a Debian base, two large Boot jars and
# single jars, two npm packages and an application's own, planted secrets. Needs root, debootstrap, umoci, and the network
# on its first run; npm where it is there; skopeo for the docker-save tar.
#   demo-image.sh FOLDER JARS [docker-archive]     JARS: a folder that holds the jars, or the URL of a Maven repository
set -eu
here=$1
jars=${2:?a folder with the jars, or the address of a Maven repository, is the second argument}
mkdir -p "$here"
cd "$here"

if [ ! -d rootfs ]; then
  rm -rf rootfs.part
  debootstrap --variant=minbase --include=openssl,curl,ca-certificates,python3-minimal bookworm "$here/rootfs.part" > debootstrap.log
  mv rootfs.part rootfs
fi

mkdir -p app srv etc
fetch() { # GROUP-PATH ARTIFACT VERSION [SUFFIX]
  file="$2-$3${4:-}.jar"
  [ -f "app/$file" ] && return
  case "$jars" in
    http://* | https://*) curl -fsSL -o app.part "$jars/$1/$2/$3/$file" ;;
    *) cp "$jars/$file" app.part ;;
  esac
  mv app.part "app/$file"
}
fetch org/apache/logging/log4j log4j-core 2.14.1
fetch org/apache/commons commons-text 1.9
fetch com/fasterxml/jackson/core jackson-databind 2.9.8
fetch org/springframework spring-core 5.3.17
fetch org/apache/hadoop/thirdparty hadoop-shaded-guava 1.1.1
fetch org/springframework/cloud spring-cloud-dataflow-server 2.7.0
fetch io/zipkin/java zipkin-server 2.12.0 -exec

if [ ! -d srv/node_modules ]; then
  printf '{"name":"demo","version":"1.0.0","dependencies":{"lodash":"4.17.15","minimist":"1.2.0"}}\n' > srv/package.json
  if ! command -v npm > /dev/null || ! (cd srv && npm install --ignore-scripts --no-audit --no-fund > ../npm.log 2>&1); then
    echo "demo-image: npm could not install; what it would write of the packages is written by hand" >&2
    rm -rf srv/node_modules srv/package-lock.json
    mkdir -p srv/node_modules/lodash srv/node_modules/minimist
    printf '{"name":"lodash","version":"4.17.15","license":"MIT"}\n' > srv/node_modules/lodash/package.json
    printf '{"name":"minimist","version":"1.2.0","license":"MIT"}\n' > srv/node_modules/minimist/package.json
  fi
fi
mkdir -p etc/demo
printf '[default]\naws_access_key_id = AKIAQYLPMN5HHHFPZAM2\naws_secret_access_key = 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\n' > etc/demo/credentials

rm -rf layout
umoci init --layout layout
umoci new --image layout:demo
umoci insert --image layout:demo rootfs /
umoci insert --image layout:demo app /app
umoci insert --image layout:demo srv /srv
umoci insert --image layout:demo etc/demo /etc/demo
umoci config --image layout:demo --config.env DB_PASSWORD=hunter2 --config.entrypoint java --config.exposedports 8080
umoci gc --layout layout
if [ "${3:-}" = docker-archive ]; then
  rm -f docker.tar
  skopeo copy -q oci:layout:demo docker-archive:docker.tar:demo:latest
fi

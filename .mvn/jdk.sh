# Finds a JDK that can build and run Plimsoll and exports JAVA_HOME; sourced by ./mvnw, ./plimsoll and .ci/run.
# Order: JAVA_HOME, then PATH, then the usual folders. Says what is missing otherwise.
PLIMSOLL_JDK_FLOOR=21

# Prints the major version of the JDK in $1, or nothing when there is none.
plimsoll_jdk_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1
  fi
}

plimsoll_jdk_fits() {
  plimsoll_major=$(plimsoll_jdk_major "$1")
  [ -n "$plimsoll_major" ] && [ "$plimsoll_major" -ge "$PLIMSOLL_JDK_FLOOR" ]
}

plimsoll_find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && plimsoll_jdk_fits "$JAVA_HOME"; then
    return 0
  fi
  plimsoll_on_path=$(command -v javac 2>/dev/null || true)
  if [ -n "$plimsoll_on_path" ]; then
    plimsoll_on_path=$(readlink -f "$plimsoll_on_path" 2>/dev/null || echo "$plimsoll_on_path")
    plimsoll_on_path=$(dirname "$(dirname "$plimsoll_on_path")")
    if plimsoll_jdk_fits "$plimsoll_on_path"; then
      JAVA_HOME=$plimsoll_on_path
      export JAVA_HOME
      return 0
    fi
  fi
  plimsoll_best=""
  plimsoll_best_major=0
  for plimsoll_candidate in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*; do
    if [ -d "$plimsoll_candidate" ] && plimsoll_jdk_fits "$plimsoll_candidate" \
      && [ "$plimsoll_major" -gt "$plimsoll_best_major" ]; then
      plimsoll_best=$plimsoll_candidate
      plimsoll_best_major=$plimsoll_major
    fi
  done
  if [ -n "$plimsoll_best" ]; then
    JAVA_HOME=$plimsoll_best
    export JAVA_HOME
    return 0
  fi
  echo "plimsoll: no JDK $PLIMSOLL_JDK_FLOOR or newer found (looked at JAVA_HOME, PATH and the usual folders)." >&2
  echo "          Install one (for example Eclipse Temurin) or point JAVA_HOME at it." >&2
  return 1
}

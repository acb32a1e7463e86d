# What backup and restore share. Read by them, not run.

fail() {
  echo "$*" >&2
  exit 1
}

first_line() { sed -n '/./{p;q;}'; }

absolute() { case "$1" in /*) echo "$1" ;; *) echo "$PWD/$1" ;; esac; }

sha256() { # of a file, or of what is piped
  if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi | cut -d' ' -f1
}

# Runs this script again while the program's own lock of the data folder is held, with what the program knows of itself.
hold() { # data folder, script, arguments
  local home jar folder=$1
  shift
  for home in "${DIRECTORY_HOME:-}" "$here/.." "$here/../../../target/quarkus-app"; do
    [ -n "$home" ] && [ -e "$home/quarkus-run.jar" ] && break
    home=
  done
  [ -n "$home" ] || fail "The program was not found. Build it (mvn package -DskipTests), or set DIRECTORY_HOME to the folder of quarkus-run.jar."
  for jar in "$home"/app/*.jar; do :; done
  exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$jar" fr.digital113.directory.database.HeldFolder "$folder" "$@"
}

# Makes libpq ask the server that a JDBC URL names. The password stays out of the list of processes.
use_server() { # JDBC URL
  local address=${1#jdbc:} parameter kept=
  case "$address" in postgresql:*) ;; *) fail "The URL must start with jdbc:postgresql:" ;; esac
  case "$address" in postgresql://*) ;; *) address=postgresql:///${address#postgresql:} ;; esac
  if [[ $address == *\?* ]]; then
    IFS='&' read -ra parameters <<<"${address#*\?}"
    for parameter in "${parameters[@]}"; do # the others are the driver's own, or secrets
      case "$parameter" in ssl=* | sslmode=* | sslrootcert=* | sslcert=* | sslkey=*) kept=${kept:+$kept&}$parameter ;; esac
    done
  fi
  server=${address%%\?*}
  case "$server" in *@*) fail "The URL must not name a user or password: set QUARKUS_DATASOURCE_USERNAME and QUARKUS_DATASOURCE_PASSWORD." ;; esac
  server=$server${kept:+?$kept}
  [ -z "${QUARKUS_DATASOURCE_USERNAME:-}" ] || export PGUSER=$QUARKUS_DATASOURCE_USERNAME
  [ -z "${QUARKUS_DATASOURCE_PASSWORD:-}" ] || export PGPASSWORD=$QUARKUS_DATASOURCE_PASSWORD
  export PGCONNECT_TIMEOUT=10 PGOPTIONS='-c search_path=public -c client_min_messages=warning'
}

ask() { psql --no-psqlrc --no-password -qtAX -v ON_ERROR_STOP=1 -d "$server" -c "$1"; }

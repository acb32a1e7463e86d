# What the commands of this folder share. Sourced by them; not a command itself.

key=admin-key-of-the-benchmark
# The collector of garbage, as in the image
options=$(grep -E '^-XX:.*(G1|InitiatingHeap)' src/main/docker/jvm.options)
mapfile -t collector <<<"$options"

seconds() { date +%s.%N; }
between() { echo "$1 $2" | awk '{printf "%.2f", $2 - $1}'; }
median() { sort -n | awk '{v[NR] = $1} END {print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }
member() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
megabytes() { du -sm "$1" | awk '{printf "%d MB", $1}'; }
# Seconds of the processor that a process has used; of its children that have ended
used() { awk '{printf "%.2f", ($14 + $15) / 100}' "/proc/$1/stat"; }
used_by_children() { awk '{printf "%.2f", ($16 + $17) / 100}' "/proc/$1/stat"; }
postmaster() { head -1 "$1/data/postgresql/cluster/postmaster.pid"; } # of the embedded one of a folder
load() { cut -d' ' -f1 /proc/loadavg; }
resident() { awk '/VmRSS/ {printf "%d", $2 / 1024}' "/proc/$1/status"; }
peak() { awk '/VmHWM/ {printf "%d", $2 / 1024}' "/proc/$1/status"; }

# Builds the program and the classes that measure it; target/bench.classpath is what those need.
build() {
  mvn -q -B package -DskipTests
  mvn -q -B dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/bench.classpath
}
measuring() { # main class, arguments ...
  java "${measuring_heap:--Xmx1g}" -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp "target/classes:target/test-classes:$(cat target/bench.classpath)" "$@"
}

# Starts the program on a folder, and waits until it is ready. Sets "program" to its process id.
start() { # folder, port, heap
  QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=$2 DIRECTORY_DATA_DIR=$1/data DIRECTORY_DEMO=false \
    DIRECTORY_LIMITS_REQUESTS_PER_MINUTE=100000000 DIRECTORY_LIMITS_ADMIN_REQUESTS_PER_MINUTE=100000000 \
    DIRECTORY_ADMIN_KEY=$key java "-Xmx$3" "${collector[@]}" -jar target/quarkus-app/quarkus-run.jar >"$1/program.log" 2>&1 &
  program=$!
  until curl -sf -o /dev/null "http://127.0.0.1:$2/q/health/ready"; do
    kill -0 "$program" 2>/dev/null || { cat "$1/program.log" >&2 && exit 1; }
    sleep 0.1
  done
}
stop() { kill "$1" 2>/dev/null && wait "$1" || true; }
stop_all() { for each in $(jobs -pr); do stop "$each"; done; }

# Imports a file of members, and waits until it is searchable. Prints the seconds.
import_members() { # address, file
  local began id job
  began=$(seconds)
  id=$(curl -sS -H "X-API-Key: $key" -F kind=members -F "file=@$2" "$1/v1/imports" | member id)
  until job=$(curl -sS -H "X-API-Key: $key" "$1/v1/imports/$id") && [[ $job == *'"status":"done"'* ]]; do
    [[ $job != *'"status":"failed"'* ]] || { echo "$job" >&2 && return 1; }
    sleep 0.2
  done
  between "$began" "$(seconds)"
}

# A folder with so many generated companies; one that was filled before is used again.
fill() { # folder, companies, port, heap
  [ ! -e "$1/filled" ] || return 0
  mkdir -p "$1"
  java bench/Companies.java --companies "$2" --out "$1/companies.csv"
  start "$1" "$3" "$4"
  local took
  took=$(import_members "http://127.0.0.1:$3" "$1/companies.csv")
  echo "import until searchable, in $4 of heap: $took s" >"$1/filled"
  stop "$program" # all of the index goes to disk
}

# psql and pgbench on the embedded PostgreSQL of a folder, as its owner
in_database() { # folder, command, arguments ...
  local folder=$1
  shift
  PGHOST=127.0.0.1 PGPORT=$(sed -n 4p "$folder/data/postgresql/cluster/postmaster.pid" | tr -d ' ') PGDATABASE=directory \
    PGUSER=postgres PGPASSWORD=$(cat "$folder/data/postgresql/superuser.password") "$@"
}

# Replaces one section of bench/RESULTS.md by what comes in; the goals come first.
write_section() { # its title
  local new begins others
  new=$(printf '## %s\n\n%s\n' "$1" "$(cat)")
  begins=$(awk '/^## / {exit} {print}' bench/RESULTS.md)
  others=$(awk -v title="## $1" '/^## / {theirs = $0 != title} theirs' bench/RESULTS.md)
  [ "$1" = Goals ] && others="$new"$'\n\n'"$others" || others="$others"$'\n\n'"$new"
  printf '%s\n\n%s\n' "$begins" "$others" >bench/RESULTS.md.new
  mv bench/RESULTS.md.new bench/RESULTS.md
}

needs() { # commands ...
  for each in "$@"; do
    command -v "$each" >/dev/null || { echo "this needs $each (Debian: wrk, haproxy, postgresql-client, postgresql-contrib)" >&2 && exit 2; }
  done
}

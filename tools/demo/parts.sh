# What the demos share; sourced from the root of the repository.

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
fail() { echo "demo: $*" >&2; exit "${2:-1}"; }

# synthetic_data EXAMPLE FOLDER SCALE: makes the folder anew; the same scale gives the same bytes.
synthetic_data() {
  dotnet build tools/Tributary.Synthetic -c Release -v quiet --nologo
  rm -rf "$2"
  artifacts/bin/Tributary.Synthetic/release/Tributary.Synthetic "$1" --out "$2" --scale "$3"
}

# Starts a real S3 server on this machine, which ends with this script. Sets `endpoint` and `configuration`, and exports the keys of its first
# user as S3_ACCESS_KEY and S3_SECRET_KEY.
start_s3_server() {
  local port monitor ready log
  log=$(mktemp)
  S3_ACCESS_KEY=$(od -An -N 10 -tx1 /dev/urandom | tr -d ' \n') S3_SECRET_KEY=$(od -An -N 20 -tx1 /dev/urandom | tr -d ' \n')
  export S3_ACCESS_KEY S3_SECRET_KEY
  for attempt in 1 2 3; do
    port=$((20000 + RANDOM % 10000)) monitor=$((30000 + RANDOM % 2000))
    coproc S3 { tools/s3-server $port $monitor 2>"$log"; }
    if read -r ready configuration <&"${S3[0]}"; then break; fi
    [ $attempt -lt 3 ] || { cat "$log" >&2; exit 1; }
  done
  endpoint=http://127.0.0.1:$port
  rm -f "$log"
}

# Text as a part of an address.
encode() {
  local text=$1 letter i
  for ((i = 0; i < ${#text}; i++)); do
    letter=${text:i:1}
    case $letter in [A-Za-z0-9._~-]) printf %s "$letter" ;; *) printf '%%%02X' "'$letter" ;; esac
  done
}

# put_files BUCKET/PREFIX ACCESS_KEY SECRET_KEY FILE…: puts files at the S3 server under their own names. The keys stay off the command line.
put_files() {
  local place=$1 access=$2 secret=$3 file
  shift 3
  {
    printf 'silent\nshow-error\nfail-with-body\naws-sigv4 = "aws:amz:us-east-1:s3"\nuser = "%s:%s"\nheader = "x-amz-content-sha256: UNSIGNED-PAYLOAD"\n' "$access" "$secret"
    for file in "$@"; do printf 'upload-file = "%s"\nurl = "%s/%s/%s"\noutput = "-"\n' "$file" "$endpoint" "$place" "$(encode "${file##*/}")"; done
  } | curl --config -
}

# Starts pouchdb-server, all in memory, on this machine; it ends with this script (a script with a trap of its own calls
# `stop_couch_server` there). Sets `couch`, its address.
start_couch_server() {
  local port
  couch_home=$(mktemp -d)
  for attempt in 1 2 3; do
    port=$((20000 + RANDOM % 10000))
    (cd "$couch_home" && exec node "$OLDPWD/artifacts/couch-server/node_modules/pouchdb-server/bin/pouchdb-server" \
      --in-memory --no-stdout-logs --host 127.0.0.1 --port $port --config config.json) >"$couch_home/log" 2>&1 &
    couch_process=$!
    couch=http://127.0.0.1:$port
    trap stop_couch_server EXIT
    for i in $(seq 100); do
      if curl -sf -o /dev/null "$couch/"; then return; fi
      kill -0 $couch_process 2>/dev/null || break
      sleep 0.1
    done
  done
  cat "$couch_home/log" >&2
  exit 1
}

stop_couch_server() {
  kill $couch_process 2>/dev/null || true
  rm -rf "$couch_home"
}

# fill_couch_server FOLDER: puts NAME.ndjson into the database NAME, each line a revision; a second time changes nothing.
fill_couch_server() {
  local file database
  for file in "$1"/*.ndjson; do
    database=$(basename "$file" .ndjson)
    curl -s -o /dev/null -X PUT "$couch/$database"
    COUCH_BULK="$couch/$database/_bulk_docs" split -l 1000 --filter='{ printf "{\"new_edits\":false,\"docs\":["; sed "\$!s/\$/,/"; printf "]}"; } |
      curl -sf -o /dev/null -H "Content-Type: application/json" --data-binary @- "$COUCH_BULK"' "$file"
  done
}

# Starts npm's FHIR server, empty and in memory, which ends with this script however that ends. Sets `fhir_base`.
start_fhir_server() {
  local port folder
  folder=$(mktemp -d)
  mkfifo "$folder/port"
  tail -f /dev/null --pid=$$ | node artifacts/fhir-server/server.mjs >"$folder/port" &
  read -r port <"$folder/port" || fail "the FHIR server did not start"
  rm -r "$folder"
  fhir_base=http://127.0.0.1:$port/fhir
}

# own_copy EXAMPLE FOLDER: the example as a project of its own, with a private warehouse of its own that a next run finds again.
own_copy() {
  mkdir -p "$2"
  find "$2" -mindepth 1 -maxdepth 1 ! -name .tributary ! -name exports-out -exec rm -rf {} +
  tar -C "$1" --exclude ./data --exclude ./.tributary --exclude ./exports-out --exclude ./target --exclude ./logs -cf - . | tar -C "$2" -xf -
}

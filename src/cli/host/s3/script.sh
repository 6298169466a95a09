#!/usr/bin/env bash
# S3 behind CloudFront, made from a built site; make it again after a build.
#
#   bash deploy-s3.sh setup           # once: makes the function and the policy named inkstone
#   BUCKET=my-blog bash deploy-s3.sh  # after each build
#
# The distribution, in the console:
#   origin            the bucket itself, not its website endpoint, with origin access control
#   behaviour         redirect HTTP to HTTPS; GET and HEAD; compress objects automatically;
#                     cache policy CachingOptimized; response headers policy inkstone;
#                     viewer request: the function inkstone
#   error pages       403 and 404: @BASE@404.html with status 404, minimum TTL 0
set -euo pipefail

if [ "${1:-}" = setup ]; then
  folder=$(mktemp -d)
  cat > "$folder/function.js" <<'FUNCTION'
@FUNCTION@
FUNCTION
  cat > "$folder/policy.json" <<'POLICY'
@POLICY@
POLICY
  aws cloudfront create-function --name inkstone --function-code "fileb://$folder/function.js" \
    --function-config '{"Comment": "Pages of folders", "Runtime": "cloudfront-js-2.0"}'
  etag=$(aws cloudfront describe-function --name inkstone --query ETag --output text)
  aws cloudfront publish-function --name inkstone --if-match "$etag"
  # Should the headers of the site change: update-response-headers-policy with the same file.
  aws cloudfront create-response-headers-policy \
    --response-headers-policy-config "file://$folder/policy.json"
  exit
fi

site=${SITE:-dist}
to=s3://${BUCKET:?must name the bucket}@BASE@
for_ever='@FOR_EVER@'
revalidate='@REVALIDATE@'
hash=-$(printf '[0-9a-f]%.0s' {1..16})

# An ending and its type, where aws may guess otherwise.
types=(
@TYPES@
)
hashed_folders=(@FOLDERS@)
hashed_at_root=(@ROOTS@)
last=(@LAST@)

unserved=(--exclude '*.br' --exclude '*.gz' --exclude _headers --exclude _redirects)
unserved+=(--exclude .nojekyll)
not_typed=()
for entry in "${types[@]}"; do not_typed+=(--exclude "*.${entry%%=*}"); done
not_hashed=()
for folder in "${hashed_folders[@]}"; do not_hashed+=(--exclude "$folder/*$hash.*"); done
for name in "${hashed_at_root[@]}"; do not_hashed+=(--exclude "$name$hash.json"); done
later=(--exclude '*.html')
for name in "${last[@]}"; do later+=(--exclude "$name"); done

# upload <cache time> <what sync takes>: what is new, of the names that are included.
upload() {
  local cache=$1
  shift
  aws s3 sync "$site" "$to" --exclude '*' "$@" "${unserved[@]}" --cache-control "$cache"
}

exists() { [ -n "$(find "$site" -name "$1" -print -quit)" ]; }

# 1. What carries a hash: no page names it yet.
upload "$for_ever" "${not_hashed[@]/#--exclude/--include}" "${not_typed[@]}"
for entry in "${types[@]}"; do
  ending=${entry%%=*}
  exists "*$hash.$ending" || continue
  names=()
  for folder in "${hashed_folders[@]}"; do names+=(--include "$folder/*$hash.$ending"); done
  if [ "$ending" = json ]; then
    for name in "${hashed_at_root[@]}"; do names+=(--include "$name$hash.json"); done
  fi
  upload "$for_ever" "${names[@]}" --content-type "${entry#*=}"
done

# 2. Other files.
upload "$revalidate" --include '*' "${not_typed[@]}" "${not_hashed[@]}" "${later[@]}"
for entry in "${types[@]}"; do
  exists "*.${entry%%=*}" || continue
  upload "$revalidate" --include "*.${entry%%=*}" "${not_hashed[@]}" "${later[@]}" \
    --content-type "${entry#*=}"
done

# 3. Pages, whose files are there now.
upload "$revalidate" --include '*.html' --content-type 'text/html; charset=utf-8'

# 4. What tells open pages of the new release.
for name in "${last[@]}"; do
  if [ -f "$site/$name" ]; then
    aws s3 cp "$site/$name" "$to$name" --cache-control "$revalidate" \
      --content-type "$(case $name in *.js) echo 'text/javascript; charset=utf-8' ;; *) echo application/json ;; esac)"
  fi
done

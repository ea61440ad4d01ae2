#!/usr/bin/env bash
# The hooks of .pre-commit-hooks.yaml under the real pre-commit, and the check of the GitHub action, each in
# a repository of its own. Usage: .ci/hooks.sh ARTCLEAN
set -euo pipefail
artclean=$(realpath "$1")
root=$(realpath "$(dirname "$0")/..")
work=$(mktemp -d)
log=$work/log
trap 'rm -rf "$work"' EXIT
fail() { echo "hooks: $*" >&2; exit 1; }

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pre-commit
export PATH="$(dirname "$artclean"):$work/venv/bin:$PATH" PRE_COMMIT_HOME="$work/cache"
export GIT_CONFIG_GLOBAL="$work/gitconfig" GIT_CONFIG_NOSYSTEM=1
unset GITHUB_ACTIONS GITHUB_STEP_SUMMARY GIT_DIR GIT_INDEX_FILE
git config --global user.name ci
git config --global user.email ci@localhost
git config --global init.defaultBranch main

# The hooks as a repository of their own, so that what is not committed yet is what is tried.
mkdir "$work/hooks" "$work/repo"
cp "$root/.pre-commit-hooks.yaml" "$work/hooks"
git -C "$work/hooks" init --quiet
git -C "$work/hooks" add .
git -C "$work/hooks" commit --quiet -m hooks

cd "$work/repo"
git init --quiet
hook() {
  # language: system takes the artclean that was built, in place of a build of half an hour's CPU.
  cat > .pre-commit-config.yaml <<YAML
repos:
  - repo: $work/hooks
    rev: $(git -C "$work/hooks" rev-parse HEAD)
    hooks: [{id: $1, language: system}]
YAML
  git add --all
  pre-commit run --all-files
}

printf 'sound \xe2\x80\x94 text\n' > sound.md
printf '{"name": "no corpus"}\n' > data.json
hook artclean-check > "$log" || { cat "$log"; fail "the check fails on sound text"; }
hook artclean > "$log" || { cat "$log"; fail "the repair fails on sound text"; }

printf 'it isn\xc3\xa2\xe2\x82\xac\xe2\x84\xa2t  \n' > damaged.md
hook artclean-check > "$log" && fail "the check passes damage"
grep -q 'damaged.md:1:7: E101' "$log" || { cat "$log"; fail "the check does not say where"; }
hook artclean > "$log" && fail "the repair changed a file and passed"
printf 'it isn\xe2\x80\x99t  \n' | cmp - damaged.md || fail "the repair is wrong, or touched more than the damage"
hook artclean > "$log" || { cat "$log"; fail "the repair does not come to rest"; }
hook artclean-check > "$log" || { cat "$log"; fail "damage is left after the repair"; }

# The action's own script, as the runner would run it.
"$work/venv/bin/python" - "$root/.github/actions/artclean/action.yml" > "$work/check.sh" <<'PYTHON'
import sys, yaml
action = yaml.safe_load(open(sys.argv[1]))
steps = action["runs"]["steps"]
assert all(step["shell"] == "bash" for step in steps)
print(next(step["run"] for step in steps if step["name"] == "Check"))
PYTHON
printf 'it isn\xc3\xa2\xe2\x82\xac\xe2\x84\xa2t\n' > "b c.md"
action() {
  ARTCLEAN_PATHS=$1 ARTCLEAN_ARGS=$2 GITHUB_STEP_SUMMARY=$work/summary.md \
    bash --noprofile --norc -eo pipefail "$work/check.sh" > "$log" 2>&1
}
action $'sound.md\n\ndata.json\n' '' || { cat "$log"; fail "the action fails on sound text"; }
action $'sound.md\nb c.md' '--select E1' && fail "the action passes damage"
grep -q '^::error file=b c.md,line=1,' "$log" || { cat "$log"; fail "the action does not annotate"; }
grep -q 'b c.md' "$work/summary.md" || fail "the action writes no summary"
action . '--ignore E' || { cat "$log"; fail "the action drops its arguments"; }
echo "hooks: pre-commit and the action do what they say"

# SPDX-License-Identifier: Apache-2.0
# Sourced: what ran, from the reports of the test runner; skipped tests with their reasons, so that none is taken for passed.

report_files() { find . -path './*/target/*-reports/TEST-*.xml'; }

report() {
  local files
  mapfile -t files < <(report_files)
  [[ ${#files[@]} -gt 0 ]] || return 0
  awk '
    function attribute(name) { return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : "" }
    # The element often starts on a line of its own attributes only, so what is read is kept until its end.
    /<testsuite / { suite = "" ; open = 1 }
    open { suite = suite " " $0; if (/>/) { open = 0; line = $0; $0 = suite
      run += attribute("tests"); bad += attribute("failures") + attribute("errors"); skipped += attribute("skipped"); $0 = line } }
    /<testcase / { test = attribute("classname") "." attribute("name"); sub(/.*\.dev\.defender\./, "", test) }
    # The reason is in an attribute or on the line after.
    asked { sub(/^Assumption failed: /, ""); sub(/\]\]>.*/, ""); print "  skipped " test ": " $0; asked = 0 }
    /<skipped/ { reason = attribute("message"); if (reason != "") print "  skipped " test ": " reason; else asked = 1 }
    END { printf "%d passed, %d failed, %d skipped\n", run - bad - skipped, bad, skipped }
  ' "${files[@]}"
}

# In CI nothing may be taken for tested that was not: there a machine that cannot run a test is a failure.
refuse_skipped() {
  local files skipped
  mapfile -t files < <(report_files)
  [[ ${#files[@]} -gt 0 ]] || return 0
  skipped=$(cat -- "${files[@]}" | { grep -c '<skipped' || true; })
  [[ $skipped == 0 ]] || die "$skipped tests were skipped, for the reasons below; with CI=true and DEMO_MODE=live each must run"
}

// SPDX-License-Identifier: Apache-2.0
package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const bundle = `{"ociVersion":"1.2.0","process":{"args":["/program"],"capabilities":{` +
	`"bounding":["CAP_SYS_ADMIN","CAP_SYS_RESOURCE"],"effective":["CAP_SYS_RESOURCE"],"permitted":null}},` +
	`"linux":{"resources":{"memory":{"limit":9007199254740993}}}}`

var lacking = map[string]bool{"CAP_SYS_RESOURCE": true}

func TestWhatIsLackingIsTakenOutOfABundleAndNothingElse(t *testing.T) {
	folder := t.TempDir()
	file := write(t, folder, "config.json", bundle)
	for _, arguments := range [][]string{{"--root", "/r", "create", "--bundle", folder, "id"}, {"create", "--bundle=" + folder, "id"}} {
		if err := lean(arguments, lacking); err != nil {
			t.Fatal(err)
		}
	}
	content := read(t, file)
	if strings.Contains(content, "SYS_RESOURCE") || !strings.Contains(content, `"bounding":["CAP_SYS_ADMIN"]`) {
		t.Error("capabilities: ", content)
	}
	if !strings.Contains(content, `"limit":9007199254740993`) {
		t.Error("a number has changed: ", content)
	}
}

func TestAProcessForExecIsTreatedAsWell(t *testing.T) {
	file := write(t, t.TempDir(), "process.json", `{"capabilities":{"bounding":["CAP_SYS_RESOURCE","CAP_KILL"]}}`)
	if err := lean([]string{"exec", "--process", file, "id"}, lacking); err != nil {
		t.Fatal(err)
	}
	if content := read(t, file); content != `{"capabilities":{"bounding":["CAP_KILL"]}}` {
		t.Error(content)
	}
}

func TestAFileThatAsksForNothingLackingStaysAsItIs(t *testing.T) {
	folder := t.TempDir()
	file := write(t, folder, "config.json", `{ "process": {"capabilities": {"bounding": ["CAP_KILL"]}} }`)
	before := read(t, file)
	if err := lean([]string{"create", "-b", folder, "id"}, lacking); err != nil {
		t.Fatal(err)
	}
	if read(t, file) != before {
		t.Error("rewritten: ", read(t, file))
	}
}

func TestOtherCommandsNameNoFile(t *testing.T) {
	if err := lean([]string{"--root", "/r", "kill", "id", "9"}, lacking); err != nil {
		t.Error(err)
	}
}

func write(t *testing.T, folder, name, content string) string {
	t.Helper()
	file := filepath.Join(folder, name)
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
